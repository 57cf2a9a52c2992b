import { X509Certificate } from "node:crypto";
import { compactVerify, flattenedVerify } from "jose";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { verifyBareByOpenssl } from "./cms-verifiers.ts";
import type { SigningParty } from "./signing-party.ts";

/** Two opinions about a JWS: jose, by the certificate in its own header, and openssl over the signing input, by the signer's. */
export interface JwsVerdict {
  readonly jose: boolean;
  readonly openssl: boolean;
}

/** The key of the certificate in `x5c`. */
export function keyOf(jws: string): X509Certificate["publicKey"] {
  const header = JSON.parse(Buffer.from(jws.split(".")[0] ?? "", "base64url").toString()) as { x5c: string[] };
  return new X509Certificate(Buffer.from(header.x5c[0] ?? "", "base64")).publicKey;
}

/** Judges a compact JWS (RFC 7515); `payload` is what jose took out of it. */
export async function verifyCompact(
  party: SigningParty,
  file: Uint8Array,
): Promise<JwsVerdict & { payload: Uint8Array | undefined }> {
  const text = new TextDecoder().decode(file);
  const payload = await Promise.resolve()
    .then(() => compactVerify(text, keyOf(text), { algorithms: ["RS256"] }))
    .then((verified) => verified.payload)
    .catch(() => undefined);
  const dot = text.lastIndexOf(".");
  const openssl = verifyBareByOpenssl(
    party,
    Buffer.from(text.slice(dot + 1), "base64url"),
    new TextEncoder().encode(text.slice(0, dot)),
  );
  return { jose: payload !== undefined, openssl, payload };
}

/** Judges a detached JWS with an unencoded payload (RFC 7797). */
export async function verifyDetached(party: SigningParty, file: Uint8Array, document: Uint8Array): Promise<JwsVerdict> {
  const text = new TextDecoder().decode(file);
  const [header = "", middle, signature = ""] = text.split(".");
  const jose = await flattenedVerify({ protected: header, payload: document, signature }, keyOf(text), {
    algorithms: ["RS256"],
  }).then(
    () => middle === "",
    () => false,
  );
  const openssl = verifyBareByOpenssl(
    party,
    Buffer.from(signature, "base64url"),
    concatBytes(new TextEncoder().encode(`${header}.`), document),
  );
  return { jose, openssl };
}
