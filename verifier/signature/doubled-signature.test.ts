import { expect, it } from "vitest";
import { authority, content, hanako, taro } from "../../tests/verifier/cms/cms-outcome.ts";
import { playSignedData, type PlayedSigner } from "../../tests/verifier/cms/played-signed-data.ts";
import { PLAYED_NOW } from "../../tests/support/pki/played-authorities.ts";
import { playedTrust } from "../../tests/support/pki/played-trust.ts";
import { signDocument } from "../../tests/support/sign-document.ts";
import { sign } from "node:crypto";
import { verifySignature } from "./verify-signature.ts";

const options = {
  trust: playedTrust("signing", authority),
  revocation: "accept-unknown",
  at: PLAYED_NOW,
} as const;

async function outcome(file: Uint8Array): Promise<string> {
  const { verdict, signatures, failure } = await verifySignature(file, options);
  return `${signatures.length} ${verdict === "refused" ? (failure?.code ?? "") : verdict}`;
}

it("CMS: a signer twice is refused, two signers are taken, and one who signed two things", async () => {
  const cms = (...signers: PlayedSigner[]): Promise<string> => outcome(playSignedData({ content, signers }));
  const without: PlayedSigner = {
    by: hanako,
    attributes: ({ contentType, messageDigest }) => [contentType, messageDigest],
  };
  expect(await cms({ by: hanako }, { by: taro, hash: "sha384" })).toBe("2 accepted-unchecked");
  expect(await cms({ by: hanako }, without)).toBe("2 accepted-unchecked");
  expect(await cms({ by: hanako }, { by: hanako })).toBe("0 file-ambiguous");
  // unsigned attributes make the SignerInfo another one, and the signature no other
  expect(await cms({ by: hanako }, { by: hanako, unsigned: [] })).toBe("0 file-ambiguous");
});

it("JWS: a signature twice is refused", async () => {
  const signer = {
    certificate: hanako.certificate,

    sign: () => Promise.resolve(new Uint8Array(256)),
  };
  const { file } = await signDocument(signer, "jws", content);
  const [head = "", payload = ""] = new TextDecoder().decode(file).split(".");
  const signature = sign("sha256", Buffer.from(`${head}.${payload}`), hanako.key.privateKey).toString("base64url");
  const one = { protected: head, signature };
  const json = (...signatures: object[]): Uint8Array => Buffer.from(JSON.stringify({ payload, signatures }));
  expect(await outcome(json(one))).toBe("1 accepted-unchecked");
  expect(await outcome(json(one, one))).toBe("0 file-ambiguous");
  expect(await outcome(json(one, { ...one, header: { kid: "2" } }))).toBe("0 file-ambiguous");
});
