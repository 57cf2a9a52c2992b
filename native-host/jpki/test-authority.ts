import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";

const TEST_ORGANISATION = new TextEncoder().encode("JPKI-TEST");

/** DER of an `organizationName` attribute (2.5.4.10) in each of the two string types that names use, up to its characters. */
const ATTRIBUTES = [0x13, 0x0c].map((stringType) =>
  concatBytes(decodeHex("060355040A"), Uint8Array.of(stringType, TEST_ORGANISATION.length), TEST_ORGANISATION),
);

/**
 * Whether a certificate, or its first 256 octets (the issuer stands within), names `O=JPKI-TEST`. Proves nothing in the other
 * direction: what a card holds is trusted by the verifier only.
 */
export function namesTestAuthority(certificate: Uint8Array): boolean {
  return ATTRIBUTES.some((attribute) =>
    certificate.some((_, at) => attribute.every((octet, index) => certificate[at + index] === octet)),
  );
}
