import { readResidentCertificate } from "../../../verifier/certificate/read-resident-certificate.ts";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import { checkValidity } from "../../../verifier/certificate/validity.ts";
import type { CertificateKind } from "../../../verifier/certificate/authority.ts";
import { verifySignature, type SignatureOptions } from "../../../verifier/signature/verify-signature.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { playAuthority, playResident, PLAYED_NOW } from "../../support/pki/played-authorities.ts";
import { answer, type Answer } from "./case.ts";

/** Who issues residents' certificates, and one more generation of each. */
export const ISSUERS = { authentication: playAuthority("authentication"), signing: playAuthority("signing") } as const;
/** The generation before. */
export const OLDER = {
  authentication: playAuthority("authentication", "2019"),
  signing: playAuthority("signing", "2019"),
} as const;
/** Authorities of the same names that nobody trusts. */
export const STRANGERS = {
  authentication: playAuthority("authentication", "stranger"),
  signing: playAuthority("signing", "stranger"),
} as const;

/** Trust in both generations. */
export const TRUST = createTrust({
  certificates: [],
  testAuthorities: {
    authentication: [ISSUERS.authentication.certificate, OLDER.authentication.certificate],
    signing: [ISSUERS.signing.certificate, OLDER.signing.certificate],
  },
});
/** How files are judged: nobody asks about revocation. */
export const JUDGING = { trust: TRUST, revocation: "accept-unknown", at: PLAYED_NOW } as const;
/** What openssl is told about the time. */
export const AT = ["-attime", String(PLAYED_NOW.getTime() / 1000)] as const;

/** Signs with RSA, as a card does. */
export const HANAKO = playResident("signing", { issuer: ISSUERS.signing });
/** Signs with ECDSA on P-384. */
export const TARO = playResident("signing", { issuer: ISSUERS.signing, person: "taro", keyType: "P-384" });
/** Has another certificate for the same key. */
export const RENEWED = playResident("signing", { issuer: ISSUERS.signing, person: "renewed", key: HANAKO.key });
/** Holders of whom something is wrong, who sign as well as others. */
export const DUBIOUS = {
  "an expired certificate": playResident("signing", {
    issuer: ISSUERS.signing,
    person: "expired",
    changes: { notAfter: new Date("2026-11-24T02:59:59Z") },
  }),
  "a certificate of tomorrow": playResident("signing", {
    issuer: ISSUERS.signing,
    person: "tomorrow",
    changes: { notBefore: new Date("2026-11-25T00:00:00Z") },
  }),
  "an authority of the same name": playResident("signing", { issuer: STRANGERS.signing, person: "strange" }),
  "a certificate that signs itself": playResident("signing", {
    issuer: { ...ISSUERS.signing, key: HANAKO.key },
    key: HANAKO.key,
  }),
  "a certificate by SHA-1": playResident("signing", {
    issuer: ISSUERS.signing,
    person: "weak",
    changes: { hash: "sha1" },
  }),
  "an RSA key of 1,024 bits": playResident("signing", {
    issuer: ISSUERS.signing,
    person: "small",
    keyType: "rsa-1024",
  }),
  "a login certificate": playResident("authentication", { issuer: ISSUERS.authentication }),
  "a login certificate of the signing authority": playResident("authentication", { issuer: ISSUERS.signing }),
} as const;

/** Our opinion about a signed file. */
export async function judgeFile(file: Uint8Array, options: Partial<SignatureOptions> = {}): Promise<Answer> {
  const { verdict, failure } = await verifySignature(file, { ...JUDGING, ...options });
  return answer(verdict !== "refused", failure?.code);
}

/** Our opinion about a certificate, at a time. */
export function judgeCertificate(certificate: Uint8Array, kind: CertificateKind, at: Date = PLAYED_NOW): Answer {
  try {
    checkValidity(readResidentCertificate(certificate, kind, TRUST), at.getTime());
    return answer(true);
  } catch (thrown) {
    if (thrown instanceof Refusal) return answer(false, thrown.message);
    throw thrown;
  }
}
