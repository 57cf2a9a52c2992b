import { DerFields, openDer } from "../../formats/der/der-fields.ts";
import { readElement } from "../../formats/der/der.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import { toDefiniteLengths, type Padding } from "./ber.ts";
import { distinct, type CertificateInFile, readCertificateInFile } from "./certificate-in-file.ts";

/** SignerInfo (RFC 5652, 5.3), taken apart and nothing checked: see `checkSignerInfo`. All views. */
export interface SignerInfo {
  /** IssuerAndSerialNumber (tag 30) or the subjectKeyIdentifier (tag 80), DER. */
  readonly signer: Uint8Array;
  /** AlgorithmIdentifier, DER. */
  readonly digestAlgorithm: Uint8Array;
  /** The element under its implicit tag [0]; `undefined` where there are none. */
  readonly signedAttributes: Uint8Array | undefined;
  /** AlgorithmIdentifier, DER. */
  readonly signatureAlgorithm: Uint8Array;
  /** As it stands in the file: ECDSA in DER. */
  readonly signature: Uint8Array;
  /** The element under its implicit tag [1]; nothing of it is signed. */
  readonly unsignedAttributes: Uint8Array | undefined;
}

/** A SignedData (RFC 5652, 5.1), taken apart to its last octet. All views into the definite-length form of the file. */
export interface SignedData {
  /** Dotted: the hash functions that the file says it needs. */
  readonly digestAlgorithms: ReadonlySet<string>;
  /** eContentType, dotted. */
  readonly contentType: string;
  /** eContent; `undefined` where the content is outside. */
  readonly content: Uint8Array | undefined;
  /** X.509 certificates, none twice. */
  readonly certificates: readonly CertificateInFile[];
  /** At least one. */
  readonly signers: readonly SignerInfo[];
}

/** id-data (RFC 5652, 4). */
export const ID_DATA = "1.2.840.113549.1.7.1";
const ID_SIGNED_DATA = "1.2.840.113549.1.7.2";
/** More signers or certificates are in no honest file, and each signer costs a signature to check. */
const MOST_SIGNERS = 64;
const MOST_CERTIFICATES = 256;

/**
 * Takes a ContentInfo with SignedData apart, strictly and to its last octet, BER or DER. With `padding` of `zeros`, zeros may stand behind it: the
 * unused room of a PDF's /Contents. Refused: `file-broken`, `file-unsupported` (CMS of another kind), `no-signature` (no signer), `too-large` (nested
 * deeper than 40, too many pieces, signers or certificates).
 */
export function readSignedData(source: Uint8Array, padding: Padding = "none"): SignedData {
  const der = toDefiniteLengths(source, padding);
  try {
    const contentInfo = openDer(der);
    const type = contentInfo.objectIdentifier();
    refuseUnless(type === ID_SIGNED_DATA, "file-unsupported", `CMS of type ${type}`);
    const explicit = contentInfo.inside(0xa0);
    contentInfo.end();
    const fields = explicit.inside(0x30);
    explicit.end();
    return readFields(fields);
  } catch (fault) {
    if (fault instanceof RangeError) throw new Refusal("file-broken", `SignedData: ${fault.message}`);
    throw fault;
  }
}

function readFields(fields: DerFields): SignedData {
  readVersion(fields);
  const digestAlgorithms = readDigestAlgorithms(fields.inside(0x31));
  const encapsulated = fields.inside(0x30);
  const contentType = encapsulated.objectIdentifier();
  const content = encapsulated.done ? undefined : explicitOctets(encapsulated);
  encapsulated.end();
  const certificates = readCertificates(fields.optional(0xa0)?.contents);
  fields.optional(0xa1); // crls: whoever asks about revocation has a source of its own
  const signers = readSigners(fields.inside(0x31));
  fields.end();
  return { digestAlgorithms, contentType, content, certificates, signers };
}

/** The version tells which choices are used (5.1, 5.3), and those are seen anyway. */
function readVersion(fields: DerFields): void {
  const [version = 0, ...more] = fields.unsigned();
  if (more.length > 0 || version < 1 || version > 5) throw new RangeError("version");
}

function readDigestAlgorithms(list: DerFields): Set<string> {
  const found = new Set<string>();
  while (!list.done) found.add(list.inside(0x30).objectIdentifier());
  return found;
}

function explicitOctets(fields: DerFields): Uint8Array {
  const explicit = fields.inside(0xa0);
  const { contents } = explicit.next(0x04);
  explicit.end();
  return contents;
}

function readCertificates(contents: Uint8Array | undefined): CertificateInFile[] {
  const found: CertificateInFile[] = [];
  if (contents === undefined) return found;
  for (const list = new DerFields(contents); !list.done;) {
    const { identifier, encoding } = list.any();
    // the other choices (10.2.2) are attribute certificates and what others define
    if (identifier === 0x30) found.push(readCertificateInFile(encoding));
    refuseUnless(found.length <= MOST_CERTIFICATES, "too-large", `more than ${MOST_CERTIFICATES} certificates`);
  }
  return distinct(found);
}

function readSigners(list: DerFields): SignerInfo[] {
  const found: SignerInfo[] = [];
  while (!list.done) {
    found.push(readSigner(list.inside(0x30)));
    refuseUnless(found.length <= MOST_SIGNERS, "too-large", `more than ${MOST_SIGNERS} signers`);
  }
  refuseUnless(found.length > 0, "no-signature", "SignedData without a signer");
  return found;
}

function readSigner(info: DerFields): SignerInfo {
  readVersion(info);
  const signer = info.any().encoding;
  const { identifier } = readElement(signer);
  if (identifier !== 0x30 && identifier !== 0x80) throw new RangeError("SignerIdentifier");
  const digestAlgorithm = info.next(0x30).encoding;
  const signedAttributes = info.optional(0xa0)?.encoding;
  const signatureAlgorithm = info.next(0x30).encoding;
  const signature = info.next(0x04).contents;
  const unsignedAttributes = info.optional(0xa1)?.encoding;
  info.end();
  return { signer, digestAlgorithm, signedAttributes, signatureAlgorithm, signature, unsignedAttributes };
}
