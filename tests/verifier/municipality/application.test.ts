import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonId } from "../../../native-host/virtual-card/people.ts";
import { verifySignature, type SignatureOptions } from "../../../verifier/index.ts";
import { signDocument } from "../../support/sign-document.ts";
import { makeTestResidents, type TestHolder, type TestResidents } from "../../support/test-residents.ts";

/** Signatures with the virtual card's certificates over one document, as the example site takes them. */
const document = new TextEncoder().encode("子育て応援給付金 申請書\n給付の額 50,000円\n");
const now = new Date();

let residents: TestResidents;
beforeAll(async () => {
  residents = await makeTestResidents();
});
afterAll(() => rmSync(residents.folder, { recursive: true }));

async function signed(holder: TestHolder): Promise<Uint8Array> {
  return (await signDocument(holder, "cades", document, { signingTime: now })).file;
}
const verify = (file: Uint8Array, changes: Partial<SignatureOptions> = {}) =>
  verifySignature(file, {
    trust: residents.trust,
    revocation: "accept-unknown",
    format: "cades",
    content: document,
    ...changes,
  });
const codeOf = async (file: Uint8Array, changes?: Partial<SignatureOptions>) =>
  (await verify(file, changes)).failure?.code;

describe("an application that was signed with a virtual card", () => {
  it.each<[PersonId, string]>([
    ["ordinary", "青空　さくら"],
    ["latin-script", "LINDQVIST ANNA MARGARETA"],
  ])("is accepted and tells the name of %s", async (person, name) => {
    const report = await verify(await signed(await residents.holder("signing", person)));
    expect(report).toMatchObject({
      verdict: "accepted-unchecked",
      format: "cades",
      failure: { code: "revocation-unchecked" },
      test: true,
      signatures: [{ signer: { name }, coverage: { kind: "content", whole: true } }],
    });
    expect(report.signatures[0]?.claimedTime?.getTime()).toBe(Math.floor(now.getTime() / 1000) * 1000);
  });

  it("is refused for another document", async () => {
    const file = await signed(await residents.holder("signing"));
    expect(await codeOf(file, { content: document.with(40, 0x39) })).toBe("content-differs");
  });

  it("is refused with an authentication certificate", async () => {
    const file = await signed(await residents.holder("authentication"));
    expect(await codeOf(file)).toBe("certificate-not-for-signing");
  });

  it("is refused when another key signed", async () => {
    const [one, other] = [await residents.holder("signing"), await residents.holder("signing", "substituted")];
    expect(await codeOf(await signed({ ...one, sign: other.sign }))).toBe("signature-wrong");
  });

  it("is refused outside the certificate's validity", async () => {
    const file = await signed(await residents.holder("signing", "ordinary", "expired"));
    expect(await codeOf(file)).toBe("certificate-expired");
  });

  it("is refused with any octet of signed attributes and signature changed", async () => {
    const file = await signed(await residents.holder("signing"));
    const attributes = Buffer.from(file).indexOf(Buffer.from("2a864886f70d010903", "hex"));
    const accepted: number[] = [];
    for (let at = attributes; at < file.length; at++) {
      const { verdict } = await verify(file.with(at, (file[at] ?? 0) ^ 0x01));
      if (verdict !== "refused") accepted.push(file.length - at);
    }
    expect(accepted).toEqual([]);
  });

  it.each([
    ["nothing", new Uint8Array(), "format-unknown"],
    ["text", new TextEncoder().encode("-----BEGIN PKCS7-----"), "file-unsupported"],
    ["an empty sequence", Uint8Array.of(0x30, 0), "file-broken"],
  ])("is refused when it is %s", async (_, file, code) => {
    expect(await codeOf(file)).toBe(code);
  });
});
