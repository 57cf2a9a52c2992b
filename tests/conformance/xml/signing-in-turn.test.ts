import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Bytes } from "../../../formats/der/der.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { sourceFile, testSigner } from "./test-signer.ts";
import { hasProgram, verifyWithJdk, verifyWithXmlsec } from "./verifiers.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const signer = await testSigner(folder);
const hasJava = hasProgram("javac", "-version");
const hasXmlsec = hasProgram("xmlsec1", "--version");
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

function keep(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return name;
}

/** xmlsec1 looks at the first signature of a file unless told another. */
async function xmlsecAbout(file: string, signature: number): Promise<string> {
  const words = ["--node-xpath", `(//*[local-name()='Signature'])[${signature}]`];
  const [verdict = ""] = await verifyWithXmlsec(folder, signer.authorityFile, [file], [["Id", "条文"]], words);
  return verdict;
}

describe("several people sign one document", () => {
  const document = utf8('<契約 xmlns:x="urn:x" xml:lang="ja"><条文 Id="t">第一条</条文></契約>');
  const sign = (bytes: Bytes, format: "xmldsig" | "xades", target?: string) =>
    signer.sign({ file: sourceFile("a.xml", bytes), format, packaging: "enveloped", xml: { target } });

  it.skipIf(!hasXmlsec || !hasJava)("by target, and the last the whole: all stay valid", async () => {
    const first = await sign(document, "xmldsig", "t");
    const second = await sign(first.file, "xades", "t");
    const third = await sign(second.file, "xades", "t");
    const last = await sign(third.file, "xades");
    const file = keep("in-turn.xml", last.file);
    for (const number of [1, 2, 3, 4]) expect(await xmlsecAbout(file, number)).toBe("OK");
    expect(verifyWithJdk(folder, signer.authorityFile, [file])).toEqual(["OK"]);
  });

  it("nobody after one who signed the whole", async () => {
    const whole = await sign(document, "xmldsig");
    for (const target of [undefined, "t"])
      await expect(sign(whole.file, "xmldsig", target)).rejects.toMatchObject({ code: "document-unsupported" });
  });
});

describe("references to further files", () => {
  const files = ["申請 書.txt", "100%.bin", "a+b&c.xml", "x'y(1)!.txt"].map((name, index) =>
    sourceFile(name, utf8(`file ${index}`), "text/plain"),
  );
  for (const { name, bytes } of files) keep(name, bytes ?? new Uint8Array());

  it.skipIf(!hasXmlsec || !hasJava).each(["enveloped", "enveloping", "detached"] as const)(
    "xmlsec1 and the JDK find them: %s",
    async (packaging) => {
      const source = sourceFile("main.xml", utf8("<a/>"));
      keep(source.name, source.bytes ?? new Uint8Array());
      const { file } = await signer.sign({ file: source, references: files, format: "xades", packaging });
      const signed = keep(`references-${packaging}.xml`, file);
      expect(await verifyWithXmlsec(folder, signer.authorityFile, [signed])).toEqual(["OK"]);
      expect(verifyWithJdk(folder, signer.authorityFile, [signed])).toEqual(["OK"]);
      const [first] = files;
      keep(first?.name ?? "", utf8("file x"));
      expect(await verifyWithXmlsec(folder, signer.authorityFile, [signed])).not.toEqual(["OK"]);
      expect(verifyWithJdk(folder, signer.authorityFile, [signed])).not.toEqual(["OK"]);
      keep(first?.name ?? "", first?.bytes ?? new Uint8Array());
    },
  );
});

describe("egov-kousei", () => {
  const document = utf8(
    '<?xml version="1.0" encoding="UTF-8"?>\n<DataRoot>\n<様式ID>1</様式ID>\n<構成情報 ID="構成情報">\n<管理情報>x</管理情報>\r\n</構成情報>\n<その他/>\n</DataRoot>\n',
  );
  const form = sourceFile("申請書_01.xml", utf8("<a/>\r\n"));
  keep(form.name, form.bytes ?? new Uint8Array());
  const profile = { format: "xmldsig", packaging: "enveloped", profile: "egov-kousei", references: [form] } as const;
  const time = new Date("2026-11-24T15:30:00Z");

  it.skipIf(!hasJava)("the JDK accepts one signer and then a second in the same second", async () => {
    const first = await signer.sign({ ...profile, file: sourceFile("kousei.xml", document) }, { signingTime: time });
    const second = await signer.sign({ ...profile, file: sourceFile("kousei.xml", first.file) }, { signingTime: time });
    expect(second.name).toBe("kousei.xml");
    const text = new TextDecoder().decode(second.file);
    expect(text).toContain(
      '</構成情報>\n<署名情報><Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="20261125003000">',
    );
    expect(text).toContain('</Signature><Signature xmlns="http://www.w3.org/2000/09/xmldsig#" Id="20261125003001">');
    expect(text).toContain("</Signature></署名情報><その他/>");
    expect(text).toContain('URI="#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1"');
    expect(text).toContain('URI="%E7%94%B3%E8%AB%8B%E6%9B%B8_01.xml"><DigestMethod');
    const names = [keep("first-kousei.xml", first.file), keep("second-kousei.xml", second.file)];
    expect(verifyWithJdk(folder, signer.authorityFile, names)).toEqual(["OK", "OK"]);
    const changed = keep("changed-kousei.xml", utf8(text.replace("<管理情報>x", "<管理情報>y")));
    expect(verifyWithJdk(folder, signer.authorityFile, [changed])).not.toEqual(["OK"]);
  });

  it.skipIf(!hasXmlsec)("xmlsec1 agrees about both digests, once the fragment is bare", async () => {
    const { file } = await signer.sign({ ...profile, file: sourceFile("kousei.xml", document) });
    const bare = new TextDecoder().decode(file).replace("#%E6%A7%8B%E6%88%90%E6%83%85%E5%A0%B1", "#構成情報");
    const name = keep("bare-kousei.xml", utf8(bare));
    const [verdict] = await verifyWithXmlsec(folder, signer.authorityFile, [name], [["ID", "構成情報"]]);
    // the signature value is over the encoded fragment
    expect(verdict).toContain("References (ok/all): 2/2");
  });
});
