import { createHash, verify } from "node:crypto";
import * as v from "valibot";
import type { Authorities } from "./authorities.ts";
import { parsing, refuseUnless } from "./refusal.ts";
import { checkResidentCertificate } from "./resident-certificate.ts";

/** A Web eID authentication token, in the one form that this site takes. Members that it does not know are ignored, as the format says. */
const tokenSchema = v.object({
  format: v.literal("web-eid:1.0"),
  algorithm: v.literal("RS256"),
  unverifiedCertificate: v.pipe(v.string(), v.maxLength(10_000), v.base64()),
  signature: v.pipe(v.string(), v.maxLength(1_000), v.base64()),
});

/** What the token is checked against. `origin` is the site's own, never one that a request claims. */
export interface ExpectedLogin {
  readonly origin: string;
  /** The base64 text that this session was given, already struck off so that it can't be used again. */
  readonly challenge: string;
  readonly authorities: Authorities;
  readonly now: Date;
}

/** A login that passed. There is no `valid`: whether the card was reported stolen is not known here. */
export interface AcceptedLogin {
  readonly verdict: "accepted-unchecked";
  readonly revocation: "unknown";
  /** Names the account: see `ResidentCertificate.holder`. */
  readonly holder: string;
}

/**
 * Checks what `navigator.jpki.authenticate()` returned (the JSON text that the page posted). The card signed
 * `SHA-256(origin) ‖ SHA-256(challenge)`, so a token for another site or another challenge is worth nothing here. Throws `Refusal`.
 */
export function checkLoginToken(text: string, expected: ExpectedLogin): AcceptedLogin {
  const token = parsing("token-unreadable", () => v.parse(tokenSchema, JSON.parse(text)));
  const der = Buffer.from(token.unverifiedCertificate, "base64");
  const { certificate, holder } = checkResidentCertificate(der, "authentication", expected.authorities, expected.now);
  const hash = (words: string): Buffer => createHash("sha256").update(words, "utf8").digest();
  const signed = Buffer.concat([hash(expected.origin), hash(expected.challenge)]);
  const signature = Buffer.from(token.signature, "base64");
  refuseUnless(verify("sha256", signed, certificate.publicKey, signature), "signature-wrong");
  return { verdict: "accepted-unchecked", revocation: "unknown", holder };
}
