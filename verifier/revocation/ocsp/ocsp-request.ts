import { element, objectIdentifier, octetString, sequence, type Bytes } from "../../../formats/der/der.ts";
import { encodeCertificateId, type CertificateId } from "./certificate-id.ts";

/** The nonce extension (RFC 9654). */
export const NONCE = "1.3.6.1.5.5.7.48.1.2";

/** Octets of a nonce (RFC 9654, 2.1: at least 32 where nothing else is agreed). */
export const NONCE_OCTETS = 32;

/** An OCSPRequest for one certificate (RFC 6960, 4.1; DER), not signed, with the nonce if there is one. */
export const ocspRequest = (id: CertificateId, nonce: Uint8Array | undefined): Bytes =>
  sequence(
    sequence(
      sequence(sequence(encodeCertificateId(id))),
      ...(nonce ? [element(0xa2, sequence(sequence(objectIdentifier(NONCE), octetString(octetString(nonce)))))] : []),
    ),
  );
