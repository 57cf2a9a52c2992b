import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "webidl2";
import { ROOT } from "../repository/source-files.ts";
import { CHALLENGE, usePlayedBridge } from "./played-bridge.ts";

const bridge = usePlayedBridge();
const dictionaries = parse(readFileSync(join(ROOT, "docs/api.webidl"), "utf8")).filter(
  ({ type }) => type === "dictionary",
);

/** The members of a dictionary in the order in which Web IDL reads them. */
function readingOrder(name: string): string[] {
  const dictionary = dictionaries.find((definition) => definition.name === name);
  if (!dictionary) throw new Error(`docs/api.webidl has no dictionary ${name}`);
  const own = dictionary.members.map((member) => member.name ?? "").sort();
  return [...(dictionary.inheritance ? readingOrder(dictionary.inheritance) : []), ...own];
}

describe("members are read once, base dictionaries first, in lexicographical order", () => {
  it.each([
    ["availability", "JpkiAvailabilityOptions", "{}"],
    ["authenticate", "JpkiAuthenticateOptions", `{ challenge: "${CHALLENGE}" }`],
    ["sign", "JpkiSignOptions", `{ documents: [{ name: "n", data: "d", format: "pkcs1" }] }`],
    ["readAttributes", "JpkiReadAttributesOptions", `{ attributes: ["name"], purpose: "p" }`],
  ])("%s reads %s", async (operation, dictionary, values) => {
    const read = await bridge().run(`(async () => {
      const read = [];
      await outcome(navigator.jpki.${operation}(watched(${values}, read)));
      return read;
    })()`);
    expect(read).toEqual(readingOrder(dictionary));
  });

  it("reads every document as its turn comes, and its digest within it", async () => {
    const read = await bridge().run(`(async () => {
      const read = [];
      const digest = watched({ algorithm: "SHA-256", value: new Uint8Array(32) }, read, "digest.");
      const document = (prefix, values) => watched({ name: "n", format: "pkcs1", ...values }, read, prefix);
      const documents = [document("0.", { digest }), document("1.", { data: "d" })];
      await outcome(navigator.jpki.sign(watched({ documents }, read)));
      return read;
    })()`);
    const document = readingOrder("JpkiDocument");
    const digest = readingOrder("JpkiDigest").map((name) => `digest.${name}`);
    expect(read).toEqual(
      readingOrder("JpkiSignOptions").flatMap((member) =>
        member === "documents"
          ? [
              member,
              ...document.flatMap((name) => (name === "digest" ? ["0.digest", ...digest] : [`0.${name}`])),
              ...document.map((name) => `1.${name}`),
            ]
          : [member],
      ),
    );
  });

  it("reads options and referenced files of a document within it", async () => {
    const read = await bridge().run(`(async () => {
      const read = [];
      const stamp = watched({ x: 1, y: 2, width: 3, height: 4 }, read, "stamp.");
      const pdf = watched({ stamp }, read, "pdf.");
      const xml = watched({}, read, "xml.");
      const references = [watched({ name: "r", data: "r" }, read, "reference.")];
      await outcome(navigator.jpki.sign({ documents: [{ name: "n", format: "xades", data: "d", pdf, xml, references }] }));
      return read;
    })()`);
    const order = (name: string, prefix: string) => readingOrder(name).map((member) => `${prefix}.${member}`);
    expect(read).toEqual([
      ...order("JpkiPdfOptions", "pdf"),
      ...order("JpkiPdfStamp", "stamp"),
      ...order("JpkiReferencedFile", "reference"),
      ...order("JpkiXmlOptions", "xml"),
    ]);
  });

  it("converts each member before it reads the next, and passes on what a getter throws", async () => {
    expect(
      await bridge().run(`(async () => {
        const own = { own: true };
        const later = [];
        const options = { get lang() { throw own; }, get signal() { later.push("signal"); } };
        const first = await navigator.jpki.authenticate(options).catch((error) => error === own);
        const second = await outcome(navigator.jpki.authenticate({ lang: Symbol(), get signal() { later.push("signal"); } }));
        return [first, second, later];
      })()`),
    ).toEqual([true, "TypeError", []]);
  });
});

describe("dictionaries", () => {
  it.each([
    ["availability", "", "fulfilled arrived"],
    ["availability", "undefined", "fulfilled arrived"],
    ["availability", "null", "fulfilled arrived"],
    ["availability", "() => 1", "fulfilled arrived"],
    ["availability", "5", "TypeError"],
    ["availability", "'text'", "TypeError"],
    ["authenticate", "null", "TypeError"],
    ["authenticate", "{}", "TypeError"],
    ["sign", "{ format: 'pkcs1' }", "TypeError"],
    ["readAttributes", "{ attributes: ['name'] }", "TypeError"],
    ["readAttributes", "{ purpose: 'p' }", "TypeError"],
    ["readAttributes", "{ purpose: 'p', attributes: ['name'] }", "fulfilled arrived"],
    ["readAttributes", "{ purpose: 'p', attributes: ['name', 'sex', 'birthDate', 'address'] }", "fulfilled arrived"],
    ["readAttributes", "{ purpose: 'p', attributes: ['name', 'number'] }", "NotSupportedError/unsupported"],
    ["readAttributes", "{ purpose: 'p', attributes: ['name', 'name'] }", "TypeError"],
    ["readAttributes", "{ purpose: 'p', attributes: [] }", "TypeError"],
    ["readAttributes", "{ purpose: 'p', attributes: ['name'], challenge: 'short' }", "TypeError"],
    ["readAttributes", `{ purpose: 'p', attributes: ['name'], challenge: "${CHALLENGE}" }`, "fulfilled arrived"],
  ])("%s(%s): %s", async (operation, argument, expected) => {
    expect(await bridge().endOf(operation, argument)).toBe(expected);
  });

  it("absent members do not come from Object.prototype when there is no dictionary", async () => {
    expect(
      await bridge().run(`(async () => {
        Object.prototype.challenge = "${CHALLENGE}";
        try { return await outcome(navigator.jpki.authenticate(undefined)); } finally { delete Object.prototype.challenge; }
      })()`),
    ).toBe("TypeError");
  });
});
