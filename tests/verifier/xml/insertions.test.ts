import { afterAll, expect, it } from "vitest";
import { sourceFile, testSigner } from "../../conformance/xml/test-signer.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { verdicts } from "./reading.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const signer = await testSigner(folder);

/** What an attacker would like to put somewhere: elements that a program may look for, and what decides how people see a document. */
const EVIL = ["<evil>x</evil>", "<?evil?>", "<ds:Object><evil/></ds:Object>", '<ds:Object Id="evil">eA==</ds:Object>'];

it.each([
  ["xmldsig", "enveloped"],
  ["xmldsig", "enveloping"],
  ["xades", "enveloped"],
  ["xades", "enveloping"],
] as const)("nothing can be put anywhere into a file: %s, %s", async (format, packaging) => {
  const source = new TextEncoder().encode('<form xmlns="urn:f" Id="f"><answers a="1">yes</answers></form>');
  const { file } = await signer.sign({ format, packaging, file: sourceFile("a.xml", source) });
  const text = new TextDecoder().decode(file);
  expect(await verdicts(text)).toEqual(["whole"]);
  const taken: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    // the midst of a word or of base64 is as good as its beginning
    if (/^\w\w$/.test(text.slice(at - 1, at + 1))) continue;
    for (const evil of EVIL) {
      const [verdict = ""] = await verdicts(text.slice(0, at) + evil + text.slice(at));
      if (/^(?:whole|parts)$/.test(verdict)) taken.push(`${text.slice(at - 30, at)}${evil}`);
    }
  }
  expect(taken).toEqual([]);
});
