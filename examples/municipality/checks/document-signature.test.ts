import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signDocument } from "../../../tests/support/sign-document.ts";
import type { PersonId } from "../../../native-host/virtual-card/people.ts";
import { checkDocumentSignature } from "./document-signature.ts";
import { makeTestResidents, type TestHolder, type TestResidents } from "./test-holder.ts";

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
const check = (file: Uint8Array, changes: object = {}) =>
  checkDocumentSignature(file, { document, authorities: residents.authorities, now, ...changes });

describe("a document's signature", () => {
  it.each<[PersonId, string]>([
    ["ordinary", "青空　さくら"],
    ["latin-script", "LINDQVIST ANNA MARGARETA"],
  ])("passes and tells the name of %s", async (person, signer) => {
    const accepted = check(await signed(await residents.holder("signing", person)));
    expect(accepted).toMatchObject({ verdict: "accepted-unchecked", revocation: "unknown", signer });
    expect(accepted.claimedTime.getTime()).toBe(Math.floor(now.getTime() / 1000) * 1000);
  });

  it("is refused for another document", async () => {
    const file = await signed(await residents.holder("signing"));
    expect(() => check(file, { document: document.with(40, 0x39) })).toThrow("document-differs");
  });

  it("is refused with an authentication certificate", async () => {
    const file = await signed(await residents.holder("authentication"));
    expect(() => check(file)).toThrow("issuer-unknown");
  });

  it("is refused when another key signed", async () => {
    const [one, other] = [await residents.holder("signing"), await residents.holder("signing", "substituted")];
    await expect(signed({ ...one, sign: other.sign }).then(check)).rejects.toThrow("signature-wrong");
  });

  it("is refused outside the certificate's validity", async () => {
    const file = await signed(await residents.holder("signing", "ordinary", "expired"));
    expect(() => check(file)).toThrow("certificate-not-valid-now");
  });

  it("is refused with any octet of signed attributes and signature changed", async () => {
    const file = await signed(await residents.holder("signing"));
    const attributes = Buffer.from(file).indexOf(Buffer.from("2a864886f70d010903", "hex"));
    const accepted: number[] = [];
    for (let at = attributes; at < file.length; at += 5) {
      // the NULL behind rsaEncryption: an empty octet string in its place says as little
      if (file.length - at === 6 + 256) continue;
      try {
        check(file.with(at, (file[at] ?? 0) ^ 0x01));
        accepted.push(file.length - at);
      } catch (error) {
        expect(error).toHaveProperty("name", "Refusal");
      }
    }
    expect(accepted).toEqual([]);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("-----BEGIN PKCS7-----")],
    ["an empty sequence", Uint8Array.of(0x30, 0)],
  ])("is refused when it is %s", (_, file) => {
    expect(() => check(file)).toThrow("signature-unreadable");
  });
});
