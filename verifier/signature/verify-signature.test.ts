import { expect, it } from "vitest";
import { attribute, CMS, playSignedData, type PlayedAttributes } from "../../tests/verifier/cms/played-signed-data.ts";
import { authority, content, hanako } from "../../tests/verifier/cms/cms-outcome.ts";
import { PLAYED_NOW } from "../../tests/support/pki/played-authorities.ts";
import { playedTrust } from "../../tests/support/pki/played-trust.ts";
import { nothing } from "../../formats/der/der.ts";
import { verifySignature, type SignatureOptions } from "./verify-signature.ts";

async function outcome(file: Uint8Array, options: Partial<SignatureOptions> = {}): Promise<string> {
  const trust = playedTrust("signing", authority);
  const report = await verifySignature(file, { trust, revocation: "accept-unknown", at: PLAYED_NOW, ...options });
  return report.failure?.code ?? report.verdict;
}

it("parts of XML are not asked for in vain: a file that has none is refused", async () => {
  const file = playSignedData({ content, signers: [{ by: hanako }] });
  expect(await outcome(file)).toBe("revocation-unchecked");
  expect(await outcome(file, { parts: ["answers"] })).toBe("format-unknown");
});

it("a file has so many timestamps in all, however many signers hold them", async () => {
  const unsigned = Array.from({ length: 15 }, () => attribute(CMS.signatureTimestamp, nothing));
  const signers = Array.from({ length: 14 }, (_, count) => ({
    by: hanako,
    attributes: ({ contentType, messageDigest }: PlayedAttributes) => [
      ...[contentType, messageDigest],
      attribute(`1.2.3.${count}`, nothing),
    ],
    unsigned,
  }));
  expect(await outcome(playSignedData({ content, signers: signers.slice(0, 13) }))).toBe("revocation-unchecked");
  expect(await outcome(playSignedData({ content, signers }))).toBe("too-large");
});

it("much content is not hashed for signer after signer", async () => {
  const detached = new Uint8Array(17 * 1024 * 1024);
  const file = (count: number): Uint8Array => {
    const signers = Array.from({ length: count }, () => ({
      by: hanako,
      bare: true,
      signature: () => new Uint8Array(256),
    }));
    return playSignedData({ content: new Uint8Array(1), detached: true, signers });
  };
  expect(await outcome(file(1), { content: detached })).toBe("signature-wrong");
  expect(await outcome(file(16), { content: detached })).toBe("too-large");
});
