import { readCertificate, type Certificate } from "../../../formats/x509/certificate.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { sameOctets } from "./reference-digests.ts";
import { attributesOf, ChildElements, DSIG_1_1, isNamed, octetsOf, textOf } from "./strict-elements.ts";
import { limitXml } from "./xml-work-budget.ts";

/** A certificate of KeyInfo. */
export interface KeyInfoCertificate {
  readonly der: Uint8Array;
  readonly fields: Certificate;
}

/** What KeyInfo says (XML Signature 1.1, 4.5). It is seldom signed: it only offers certificates, and can point to one of them. */
export interface KeyInfo {
  /** Each once. */
  readonly certificates: readonly KeyInfoCertificate[];
  /** What an X509IssuerSerial or X509SKI says of the signer's certificate. */
  readonly hints: readonly ((certificate: Certificate) => boolean)[];
  /** KeyValue elements, which have to agree with the certificate. */
  readonly keyValues: readonly XmlElement[];
}

const SUBJECT_KEY_IDENTIFIER = "2.5.29.14";

/**
 * Reads KeyInfo. Throws `certificate-missing` where there is none with a certificate, `certificate-unreadable`, and `file-unsupported` for keys that come by
 * another way (RetrievalMethod, PGP, SPKI, encrypted ones).
 */
export function readKeyInfo(element: XmlElement | undefined): KeyInfo {
  if (!element) throw new Refusal("certificate-missing", "no KeyInfo");
  attributesOf(element, "Id");
  const certificates: KeyInfoCertificate[] = [];
  const hints: KeyInfo["hints"][number][] = [];
  const keyValues: XmlElement[] = [];
  for (const child of new ChildElements(element).rest()) {
    if (isNamed(child, "X509Data")) readX509Data(child, certificates, hints);
    else if (isNamed(child, "KeyValue")) keyValues.push(child);
    else if (isNamed(child, "KeyName")) textOf(child);
    else throw new Refusal("file-unsupported", "KeyInfo with a key that is not in a certificate");
  }
  refuseUnless(certificates.length > 0, "certificate-missing", "KeyInfo without a certificate");
  return { certificates, hints, keyValues };
}

function readX509Data(
  element: XmlElement,
  certificates: KeyInfoCertificate[],
  hints: KeyInfo["hints"][number][],
): void {
  attributesOf(element);
  for (const child of new ChildElements(element).rest()) {
    if (isNamed(child, "X509Certificate")) {
      const der = octetsOf(child, "certificate-unreadable");
      if (certificates.some((known) => sameOctets(known.der, der))) continue;
      limitXml("certificates", certificates.length + 1);
      certificates.push({ der, fields: readKeyInfoCertificate(der) });
    } else if (isNamed(child, "X509IssuerSerial")) {
      hints.push(hasSerialNumber(child));
    } else if (isNamed(child, "X509SKI")) {
      const identifier = Buffer.concat([Uint8Array.of(0x04), lengthOf(octetsOf(child))]);
      hints.push(({ extensions }) =>
        sameOctets(extensions.get(SUBJECT_KEY_IDENTIFIER)?.value ?? new Uint8Array(), identifier),
      );
      // names, lists and digests of certificates add nothing that is asked for
    } else if (
      ["X509SubjectName", "X509CRL"].some((name) => isNamed(child, name)) ||
      isNamed(child, "X509Digest", DSIG_1_1)
    ) {
      textOf(child);
    } else throw new Refusal("file-broken", "X509Data with something unknown");
    limitXml("certificates", hints.length);
  }
}

/** An octet string's length, up to 127, and its octets. */
const lengthOf = (octets: Uint8Array): Uint8Array => Uint8Array.of(octets.length & 0x7f, ...octets.subarray(0, 0x7f));

/** `der` read strictly. Throws `certificate-unreadable`. */
function readKeyInfoCertificate(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("certificate-unreadable", "a certificate in KeyInfo");
    throw fault;
  }
}

/**
 * Whether a certificate has the serial number of an `X509IssuerSerialType`. The issuer's name stands there in one of many text forms (RFC 2253, 4514 and what
 * programs make of them) and is not compared: what chooses for sure is a digest of the certificate.
 */
export function hasSerialNumber(element: XmlElement): (certificate: Certificate) => boolean {
  const children = new ChildElements(element);
  textOf(children.next("X509IssuerName"));
  const text = textOf(children.next("X509SerialNumber")).trim();
  children.end();
  // twenty octets are fifty digits (RFC 5280, 4.1.2.2)
  refuseUnless(/^\d{1,50}$/.test(text), "file-broken", "X509SerialNumber that is no number");
  const serialNumber = BigInt(text);
  return (certificate) => {
    const octets = certificate.serialNumber.subarray(2);
    return (
      octets.length > 0 && octets.length <= 32 && BigInt(`0x${Buffer.from(octets).toString("hex")}`) === serialNumber
    );
  };
}
