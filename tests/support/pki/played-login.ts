import { constants, sign } from "node:crypto";
import type { SignatureAlgorithm } from "../../../verifier/cryptography/algorithms.ts";
import { digest } from "../../../verifier/cryptography/hash.ts";
import { hashOf } from "../../../verifier/cryptography/signature-value.ts";
import type { IssuedCertificate } from "./certificate-maker.ts";

/** What played logins are for, unless they say otherwise. */
export const LOGIN = {
  origin: "https://forms.example.go.jp",
  challenge: "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=",
} as const;

/** What a test may want of a token. */
export interface PlannedLogin {
  readonly algorithm?: SignatureAlgorithm;
  readonly origin?: string;
  readonly challenge?: string;
  /** The certificate that is sent, in place of the signer's. */
  readonly certificate?: Uint8Array;
  readonly saltLength?: number;
  readonly dsaEncoding?: "der" | "ieee-p1363";
}

/** A Web eID token that this certificate's key signed, as planned. */
export function playLogin({ key, certificate }: IssuedCertificate, plan: PlannedLogin = {}) {
  const { algorithm = "RS256", saltLength = constants.RSA_PSS_SALTLEN_DIGEST, dsaEncoding = "ieee-p1363" } = plan;
  const hash = hashOf(algorithm);
  const parts = [plan.origin ?? LOGIN.origin, plan.challenge ?? LOGIN.challenge].map((text) =>
    digest(hash, Buffer.from(text)),
  );
  const padding = algorithm.startsWith("PS") ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } : {};
  const signature = sign(hash, Buffer.concat(parts), { key: key.privateKey, dsaEncoding, ...padding });
  return {
    format: "web-eid:1.0",
    algorithm: algorithm as string,
    unverifiedCertificate: base64(plan.certificate ?? certificate),
    signature: base64(signature),
    appVersion: "https://example.go.jp/kodo/1.0",
  };
}

const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString("base64");
