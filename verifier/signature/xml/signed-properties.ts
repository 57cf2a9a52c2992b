import { createHash } from "node:crypto";
import { openDer } from "../../../formats/der/der-fields.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import type { HashAlgorithm } from "../../cryptography/algorithms.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { digestMethod } from "./algorithm-uris.ts";
import { hasSerialNumber, type KeyInfoCertificate } from "./key-info.ts";
import { XADES } from "./qualifying-properties.ts";
import { sameOctets } from "./reference-digests.ts";
import { signingTime } from "./signing-time.ts";
import type { NamesSigner } from "./signer-certificate.ts";
import { attributesOf, ChildElements, octetsOf, textOf } from "./strict-elements.ts";
import { limitXml } from "./xml-work-budget.ts";

/** What signed properties say that counts here. */
export interface SignedProperties {
  readonly claimedTime: Date | undefined;
  readonly namesSigner: NamesSigner;
}

/**
 * Reads SignedProperties (ETSI EN 319 132-1, 5.2): SigningTime, and SigningCertificateV2 or the older SigningCertificate, of which one must be there; where both
 * are, both must name the signer. What else the signer says (place, role, policy, commitment) is signed and not looked at. Throws `signed-attributes-missing` and
 * `signed-attributes-malformed`.
 */
export function readSignedProperties(element: XmlElement): SignedProperties {
  try {
    attributesOf(element, "Id");
    const children = new ChildElements(element);
    const properties = children.optional("SignedSignatureProperties", XADES);
    children.optional("SignedDataObjectProperties", XADES);
    children.end();
    return readSignatureProperties(properties);
  } catch (fault) {
    if (fault instanceof RangeError || (fault instanceof Refusal && fault.code === "file-broken"))
      throw new Refusal("signed-attributes-malformed", fault.message);
    throw fault;
  }
}

function readSignatureProperties(element: XmlElement | undefined): SignedProperties {
  const properties = element ? new ChildElements(element) : undefined;
  if (element) attributesOf(element, "Id");
  const time = properties?.optional("SigningTime", XADES);
  const names = ["SigningCertificate", "SigningCertificateV2"].flatMap((name) => {
    const found = properties?.optional(name, XADES);
    return found ? [signingCertificate(found)] : [];
  });
  refuseUnless(names.length > 0, "signed-attributes-missing", "SignedProperties without SigningCertificate");
  // whatever follows is of another kind: the schema wants an order
  const later = properties?.rest().map(({ localName }) => localName) ?? [];
  const again = later.some((name) => name.startsWith("SigningCertificate") || name === "SigningTime");
  refuseUnless(!again, "signed-attributes-malformed", "a signed property twice or out of its place");
  return {
    claimedTime: time && signingTime(textOf(time)),
    namesSigner: (certificate) => names.every((named) => named(certificate)),
  };
}

/** One of its Cert elements must be of the certificate: others can be of those above it. */
function signingCertificate(element: XmlElement): NamesSigner {
  attributesOf(element);
  const children = new ChildElements(element);
  const certificates = [children.next("Cert", XADES), ...children.all("Cert", XADES)].map(readCert);
  children.end();
  limitXml("certificates", certificates.length);
  return (certificate) => {
    const own = certificates.find(({ hash, digest }) =>
      sameOctets(createHash(hash).update(certificate.der).digest(), digest),
    );
    const agrees = own?.issuerSerial?.(certificate) !== false;
    refuseUnless(
      agrees,
      "certificate-not-the-signers",
      "issuer and serial number of another certificate than the digest",
    );
    return own !== undefined;
  };
}

interface Cert {
  readonly hash: HashAlgorithm;
  readonly digest: Uint8Array;
  readonly issuerSerial: NamesSigner | undefined;
}

/** `CertIDTypeV2`, and `CertIDType` of which only the issuer's form differs. */
function readCert(element: XmlElement): Cert {
  attributesOf(element, "URI");
  const children = new ChildElements(element);
  const certDigest = new ChildElements(children.next("CertDigest", XADES));
  const hash = digestMethod(certDigest.next("DigestMethod"));
  const digest = octetsOf(certDigest.next("DigestValue"));
  certDigest.end();
  const first = children.optional("IssuerSerial", XADES);
  const second = children.optional("IssuerSerialV2", XADES);
  children.end();
  const byNumber = first && hasSerialNumber(first);
  const byName = second && issuerSerialV2(octetsOf(second));
  const agree: NamesSigner = (one) => (byNumber?.(one.fields) ?? true) && (byName?.(one) ?? true);
  return { hash, digest, issuerSerial: agree };
}

/** `IssuerSerial` of RFC 5035, DER: one directoryName, and the serial number. */
function issuerSerialV2(der: Uint8Array): (certificate: KeyInfoCertificate) => boolean {
  const fields = openDer(der);
  const names = fields.inside(0x30);
  const issuer = names.inside(0xa4);
  const name = issuer.next(0x30).encoding;
  issuer.end();
  names.end();
  const serialNumber = fields.next(0x02).encoding;
  fields.end();
  return ({ fields: certificate }) =>
    sameOctets(certificate.issuer, name) && sameOctets(certificate.serialNumber, serialNumber);
}
