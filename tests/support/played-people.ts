import { createHash } from "node:crypto";
import type { CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import type { CertificateKind } from "../../verifier/certificate/authority.ts";
import type { CertificateFacts } from "../../verifier/certificate/resident-certificate.ts";
import type { ProvenCertificate, ProvenSigner } from "../../verifier/person/proven.ts";

const YEAR = 365 * 86_400_000;
/** "Now" of these people. */
export const PEOPLES_NOW = Date.parse("2026-11-24T03:00:00Z");
/** A site's secret, for tests. */
export const SITE_SECRET = new Uint8Array(32).fill(7);

/** A resident with all four attributes. */
export const HARUKA: CertificateAttributes = {
  name: "道野　遥",
  nameSubstitutes: [],
  birthDate: "1990-05-17",
  sex: "female",
  address: "青空県青空市緑町１－２－３",
  addressSubstitutes: [],
};

let lastSerialNumber = 0x10000000;

/** Facts of a certificate that nobody had before; valid from `from` years from now for five years. */
function newCertificate(kind: CertificateKind, from: number): CertificateFacts {
  const serialNumber = (++lastSerialNumber).toString(16);
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  return {
    kind,
    issuerNameHash: sha256(`name of ${kind}`),
    authorityFingerprint: sha256(`certificate of ${kind}`),
    serialNumber,
    sha256: sha256(`${kind} ${serialNumber}`),
    notBefore: new Date(PEOPLES_NOW + from * YEAR),
    notAfter: new Date(PEOPLES_NOW + (from + 5) * YEAR),
    test: false,
  };
}

/** A login with a new authentication certificate. */
export const playedLogin = (from = -1): ProvenCertificate => ({
  verdict: "valid",
  test: false,
  certificate: newCertificate("authentication", from),
});

/** A signature with a new signing certificate, and the content that it covers. */
export const playedSigner = (
  signer: CertificateAttributes = HARUKA,
  { from = -1, content = "" }: { from?: number; content?: string } = {},
): ProvenSigner & { coverage: { kind: "content"; octets: Uint8Array } } => ({
  verdict: "valid",
  test: false,
  certificate: newCertificate("signing", from),
  signer,
  coverage: { kind: "content", octets: new TextEncoder().encode(content) },
});
