import { createHash } from "node:crypto";
import { element, objectIdentifier, sequence } from "../../formats/der/der.ts";
import { openDer, type DerFields } from "../../formats/der/der-fields.ts";
import { digest, readHashAlgorithm } from "../cryptography/hash.ts";
import { refuseUnless } from "../verdict/failure.ts";
import { onlyValue, type Attributes } from "./attributes.ts";
import type { CertificateInFile } from "./certificate-in-file.ts";

/** ESS signing-certificate, which names by SHA-1 (RFC 2634, 5.4), and signing-certificate-v2 (RFC 5035, 3). */
const SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

/**
 * Checks that each ESS attribute that is there names this certificate first: by its hash, and by issuer and serial number where it says them. Returns which
 * one did; `v2` when both. SHA-1 is taken in the old one only: it names a certificate that an authority made before the name was. Refused:
 * `certificate-not-the-signers`, and what `readHashAlgorithm` refuses. Throws `RangeError` on anything else than the attribute.
 */
export function checkSigningCertificate(
  attributes: Attributes,
  certificate: CertificateInFile,
): "v2" | "v1" | undefined {
  const v1 = onlyValue(attributes, SIGNING_CERTIFICATE);
  const v2 = onlyValue(attributes, SIGNING_CERTIFICATE_V2);
  if (v1) {
    checkName(firstName(v1.encoding), certificate, () => createHash("sha1").update(certificate.der).digest());
  }
  if (v2) {
    const name = firstName(v2.encoding);
    // RFC 5035, 4: SHA-256 is the DEFAULT, so an OCTET STRING that comes first has no AlgorithmIdentifier before it
    const hash = name.startsWith(0x30) ? readHashAlgorithm(name.next(0x30).encoding) : "sha256";
    checkName(name, certificate, () => digest(hash, certificate.der));
  }
  return v2 ? "v2" : v1 && "v1";
}

const V2 = Buffer.from(objectIdentifier(SIGNING_CERTIFICATE_V2));

/** Whether signed attributes look as if the v2 attribute were among them: for a name in a report, never for a decision. */
export const seemsToNameCertificate = (signedAttributes: Uint8Array | undefined): boolean =>
  signedAttributes !== undefined && Buffer.from(signedAttributes).includes(V2);

/** The first ESSCertID is the signer's; further ones are of the chain. */
function firstName(value: Uint8Array): DerFields {
  const fields = openDer(value);
  const list = fields.inside(0x30);
  fields.optional(0x30); // policies
  fields.end();
  const first = list.inside(0x30);
  while (!list.done) list.next(0x30);
  return first;
}

function checkName(name: DerFields, { der, issuer, serialNumber }: CertificateInFile, hash: () => Buffer): void {
  const named = name.next(0x04).contents;
  const issuerSerial = name.optional(0x30)?.encoding;
  name.end();
  refuseUnless(
    hash().equals(named),
    "certificate-not-the-signers",
    `ESS names another than this of ${der.length} octets`,
  );
  if (issuerSerial === undefined) return;
  // one directoryName, which is explicitly [4], and the serial number (RFC 5035, 5)
  const own = sequence(sequence(element(0xa4, issuer)), serialNumber);
  refuseUnless(Buffer.compare(issuerSerial, own) === 0, "certificate-not-the-signers", "ESS names another issuer");
}
