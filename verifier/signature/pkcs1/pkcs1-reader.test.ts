import { createHash, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { octetString, objectIdentifier, setOf } from "../../../formats/der/der.ts";
import { attribute, CMS } from "../../../tests/verifier/cms/played-signed-data.ts";
import { verdictOf } from "../../../tests/verifier/cms/cms-outcome.ts";
import { playAuthority, playResident } from "../../../tests/support/pki/played-authorities.ts";
import { Refusal } from "../../verdict/failure.ts";
import type { DetachedContent } from "../found-signature.ts";
import { readPkcs1 } from "./pkcs1-reader.ts";

const hanako = playResident("signing", { issuer: playAuthority("signing") });
const signed = (content: Uint8Array): Buffer => sign("sha256", content, hanako.key.privateKey);

function outcome(value: Uint8Array, content: DetachedContent | undefined, certificate?: Uint8Array): string {
  try {
    return verdictOf(readPkcs1(value, content, certificate));
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.code : String(thrown);
  }
}

const text = Buffer.from("申請書");
it("a bare signature is read with what stands beside it", () => {
  expect(outcome(signed(text), text, hanako.certificate)).toBe("valid");
  expect(outcome(signed(text), Buffer.from("other"), hanako.certificate)).toBe("wrong");
  expect(outcome(signed(text), text)).toBe("certificate-missing");
  expect(outcome(signed(text), undefined, hanako.certificate)).toBe("content-missing");
  expect(outcome(signed(text), new Map([["", text]]), hanako.certificate)).toBe("content-missing");
  const sha256 = createHash("sha256").update(text).digest();
  expect(outcome(signed(text), { sha256 }, hanako.certificate)).toBe("content-missing");
  expect(outcome(signed(text).subarray(0, 255), text, hanako.certificate)).toBe("file-broken");
  expect(outcome(new Uint8Array(50_000_000), text, hanako.certificate)).toBe("file-broken");
});

describe("what another format would sign is no document, though the value is right", () => {
  const digests = (hash: string): Buffer =>
    Buffer.concat(["https://example.com", "challenge"].map((part) => createHash(hash).update(part).digest()));
  it.each<[string, Uint8Array, string]>([
    ["a JWS", Buffer.from(`${Buffer.from('{"alg":"RS256"}').toString("base64url")}.e30`), "file-ambiguous"],
    [
      "signed attributes",
      setOf(
        attribute(CMS.contentType, objectIdentifier(CMS.data)),
        attribute(CMS.messageDigest, octetString(new Uint8Array(32))),
      ),
      "file-ambiguous",
    ],
    ["SignedInfo", Buffer.from('<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'), "file-ambiguous"],
    ["a login with SHA-256", digests("sha256"), "file-ambiguous"],
    ["a login with SHA-384", digests("sha384"), "file-ambiguous"],
    ["a login with SHA-512", digests("sha512"), "file-ambiguous"],
    ["text of that length", Buffer.from("a".repeat(64)), "valid"],
    ["octets of another length", digests("sha256").subarray(1), "valid"],
  ])("%s", (_name, content, expected) => {
    expect(outcome(signed(content), content, hanako.certificate)).toBe(expected);
  });
});
