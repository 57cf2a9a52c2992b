import { playAuthority, playResident } from "../../support/pki/played-authorities.ts";
import { readX509Certificate } from "../../../verifier/certificate/x509-certificate.ts";
import { readPublicKey } from "../../../verifier/cryptography/public-key.ts";
import { verifySignatureValue } from "../../../verifier/cryptography/signature-value.ts";
import { readCms } from "../../../verifier/signature/cms/cms-reader.ts";
import type { DetachedContent, FoundSignature, RefusedSignature } from "../../../verifier/signature/found-signature.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import {
  playSignedData,
  type PlayedAttributes,
  type PlayedSignedData,
  type PlayedSigner,
} from "./played-signed-data.ts";

/** Who issued the signers' certificates. */
export const authority = playAuthority("signing");
/** Signs with RSA. */
export const hanako = playResident("signing", { issuer: authority });
/** Signs with ECDSA on P-384. */
export const taro = playResident("signing", { issuer: authority, person: "taro", keyType: "P-384" });
/** What is signed. */
export const content = new TextEncoder().encode("子育て応援給付金 申請書");

/** Reads CMS. */
export const read = (file: Uint8Array, beside?: DetachedContent) =>
  readCms(file, { content: beside, parts: undefined });
/** A file, signed by {@link hanako} unless told otherwise. */
export const play = (signer: Partial<PlayedSigner> = {}, more: Partial<PlayedSignedData> = {}): Uint8Array =>
  playSignedData({ content, signers: [{ by: hanako, ...signer }], ...more });

/** `file: code`, the codes of refused signers, or `valid` and `wrong` by the mathematics. */
export async function outcome(file: Uint8Array, beside?: DetachedContent): Promise<string> {
  try {
    return (await read(file, beside)).map(verdictOf).join(", ");
  } catch (thrown) {
    return thrown instanceof Refusal ? `file: ${thrown.code}` : String(thrown);
  }
}

/** The code of a refused signature, or what the mathematics say. */
export function verdictOf(found: FoundSignature | RefusedSignature): string {
  if ("refusal" in found) return found.refusal.code;
  const { key, keyType } = readPublicKey(readX509Certificate(found.certificate).publicKey);
  return verifySignatureValue(found.algorithm, key, keyType, found.signed, found.value) ? "valid" : "wrong";
}

/** All attributes of a sound signer. */
export const every = (sound: PlayedAttributes): Uint8Array[] => [
  sound.contentType,
  sound.messageDigest,
  sound.signingTime,
  sound.signingCertificate,
];
