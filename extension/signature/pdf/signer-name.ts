import { equalBytes } from "../../../shared/encoding/bytes.ts";
import { readCertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";
import { readCertificate } from "../../../formats/x509/certificate.ts";
import { objectIdentifier, readElement, readElements, type Bytes } from "../../../formats/der/der.ts";

const COMMON_NAME = objectIdentifier("2.5.4.3");

/**
 * The signer's name as the certificate (DER, RFC 5280) has it: the holder's name of a JPKI signing certificate, else the subject's common
 * name; `undefined` where it has neither. Throws `RangeError` when it is no certificate.
 */
export function signerName(certificate: Bytes): string | undefined {
  return readCertificateAttributes(certificate).name ?? commonName(readCertificate(certificate).subject);
}

/** The last one: names go from the general to the particular. */
function commonName(subject: Uint8Array): string | undefined {
  const attributes = readElements(readElement(subject).contents).flatMap(({ contents }) => readElements(contents));
  for (const attribute of attributes.toReversed()) {
    const [type, value] = readElements(attribute.contents);
    if (type && value && equalBytes(type.encoding, COMMON_NAME)) {
      return new TextDecoder(value.identifier === 0x1e ? "utf-16be" : "utf-8").decode(value.contents);
    }
  }
  return undefined;
}
