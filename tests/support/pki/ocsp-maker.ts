import { createHash, sign } from "node:crypto";
import {
  element,
  nothing,
  objectIdentifier,
  octetString,
  readElement,
  sequence,
  unsignedInteger,
  type Bytes,
} from "../../../formats/der/der.ts";
import { openDer } from "../../../formats/der/der-fields.ts";
import { REVOCATION_REASONS, type RevocationReason } from "../../../verifier/revocation/revocation-source.ts";
import {
  authorityKeyIdentifier,
  distinguishedName,
  EXTENSIONS,
  issueCertificate,
  keyIdentifier,
  keyUsage,
  publicKeyInfo,
  signatureAlgorithm,
  type CertificatePlan,
  type IssuedCertificate,
  type PlannedExtension,
} from "./certificate-maker.ts";
import { extension, generalizedTime } from "./list-maker.ts";
import { testKey } from "./test-keys.ts";

/** Types of extensions of OCSP, and the purpose of responders' certificates. */
export const OCSP = {
  nonce: "1.3.6.1.5.5.7.48.1.2",
  noCheck: "1.3.6.1.5.5.7.48.1.5",
  archiveCutoff: "1.3.6.1.5.5.7.48.1.6",
  signing: "1.3.6.1.5.5.7.3.9",
} as const;

/** Everything about an answer that a test may want otherwise; without anything it is `good`, of an hour around `PLAYED_NOW`. */
export interface AnswerPlan {
  /** Signs, and is named as the responder: the authority, or a certificate that goes along. */
  readonly responder: IssuedCertificate;
  /** The authority whose certificate is asked about. */
  readonly issuer: IssuedCertificate;
  readonly byKey?: boolean;
  readonly status?: "good" | "unknown" | { readonly since: Date; readonly reason?: RevocationReason };
  /** In place of the one that was asked about. */
  readonly serialNumber?: Uint8Array;
  readonly issuerKey?: Uint8Array;
  readonly times?: number;
  readonly producedAt?: Date;
  readonly thisUpdate?: Date;
  /** `undefined` leaves it out. */
  readonly nextUpdate?: Date | undefined;
  /** In place of the one that was asked with; `undefined` leaves it out. */
  readonly nonce?: Uint8Array | undefined;
  readonly singleExtensions?: readonly PlannedExtension[];
  readonly extensions?: readonly PlannedExtension[];
  /** In place of the responder's own. */
  readonly certificates?: readonly Uint8Array[];
  readonly hash?: "sha1" | "sha256" | "sha384";
  readonly signWith?: IssuedCertificate["key"];
  /** Changes the ResponseData after it was signed. */
  readonly changed?: (own: Bytes) => Bytes;
}

/** What was asked: CertID's fields and the nonce. */
interface Asked {
  readonly hash: "sha1" | "sha256";
  readonly algorithm: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly nonce: Uint8Array | undefined;
}

/** An OCSPResponse (RFC 6960, 4.2; DER) to a request, as planned, sound or not. */
export function answerOcsp(request: Uint8Array, plan: AnswerPlan): Bytes {
  const asked = readAsked(request);
  const { responder, thisUpdate = new Date("2026-11-24T02:30:00Z"), producedAt = thisUpdate } = plan;
  const key = plan.signWith ?? responder.key;
  const nonce = "nonce" in plan ? plan.nonce : asked.nonce;
  const extensions = [...(nonce ? [{ type: OCSP.nonce, value: octetString(nonce) }] : []), ...(plan.extensions ?? [])];
  const data = sequence(
    plan.byKey ? element(0xa2, octetString(keyIdentifier(responder.key))) : element(0xa1, responder.subject),
    generalizedTime(producedAt),
    sequence(...Array.from({ length: plan.times ?? 1 }, () => single(asked, plan, thisUpdate))),
    ...(extensions.length > 0 ? [element(0xa1, sequence(...extensions.map(extension)))] : []),
  );
  const value = sign(plan.hash ?? "sha256", data, key.privateKey);
  const certificates = plan.certificates ?? [responder.certificate];
  const basic = sequence(
    plan.changed?.(data) ?? data,
    signatureAlgorithm(key.privateKey, plan.hash),
    element(0x03, Uint8Array.of(0), value),
    ...(certificates.length > 0 ? [element(0xa0, sequence(...certificates))] : []),
  );
  const typed = sequence(objectIdentifier("1.3.6.1.5.5.7.48.1.1"), octetString(basic));
  return sequence(element(0x0a, Uint8Array.of(0)), element(0xa0, typed));
}

/** A certificate for a responder of this authority's, as RFC 6960, 4.2.2.2 wants it. */
export function playResponder(
  issuer: IssuedCertificate,
  changes: Partial<CertificatePlan> & { readonly purposes?: readonly string[]; readonly noCheck?: boolean } = {},
): IssuedCertificate {
  const { purposes = [OCSP.signing], noCheck = true, ...plan } = changes;
  const key = testKey("rsa-2048", "responder");
  return issueCertificate({
    key,
    issuer,
    subject: distinguishedName(["C", "JP"], ["O", "JPKI-TEST"], ["CN", "OCSP responder"]),
    serialNumber: Uint8Array.of(9),
    notBefore: new Date("2026-11-01T00:00:00Z"),
    notAfter: new Date("2026-12-01T00:00:00Z"),
    extensions: [
      keyUsage(0),
      ...(purposes.length > 0
        ? [{ type: EXTENSIONS.extendedKeyUsage, value: sequence(...purposes.map(objectIdentifier)) }]
        : []),
      authorityKeyIdentifier(issuer.key),
      ...(noCheck ? [{ type: OCSP.noCheck, value: nothing }] : []),
    ],
    ...plan,
  });
}

/** An OCSPResponse that is an error's number. */
export const ocspError = (status: number): Bytes => sequence(element(0x0a, Uint8Array.of(status)));

function readAsked(request: Uint8Array): Asked {
  const toBeSigned = openDer(request).inside(0x30);
  const id = toBeSigned.inside(0x30).inside(0x30).inside(0x30);
  const algorithm = id.next(0x30).encoding;
  const hash = id.next(0x04).contents.length === 20 ? "sha1" : "sha256";
  id.next(0x04);
  const serialNumber = id.next(0x02).contents;
  const extensions = toBeSigned.optional(0xa2)?.contents;
  const nonce = extensions && openDer(extensions).inside(0x30);
  nonce?.objectIdentifier();
  return { hash, algorithm, serialNumber, nonce: nonce && readElement(nonce.next(0x04).contents).contents };
}

function single({ hash, algorithm, serialNumber }: Asked, plan: AnswerPlan, thisUpdate: Date): Bytes {
  const { issuer, status = "good", singleExtensions = [] } = plan;
  const nextUpdate = "nextUpdate" in plan ? plan.nextUpdate : new Date("2026-11-24T03:30:00Z");
  const digest = (octets: Uint8Array): Bytes => new Uint8Array(createHash(hash).update(octets).digest());
  const info = openDer(publicKeyInfo(issuer.key));
  info.next(0x30);
  return sequence(
    sequence(
      algorithm,
      octetString(digest(issuer.subject)),
      octetString(digest(plan.issuerKey ?? info.next(0x03).contents.subarray(1))),
      unsignedInteger(plan.serialNumber ?? serialNumber),
    ),
    status === "good" ? element(0x80) : status === "unknown" ? element(0x82) : revoked(status.since, status.reason),
    generalizedTime(thisUpdate),
    ...(nextUpdate ? [element(0xa0, generalizedTime(nextUpdate))] : []),
    ...(singleExtensions.length > 0 ? [element(0xa1, sequence(...singleExtensions.map(extension)))] : []),
  );
}

const revoked = (since: Date, reason: RevocationReason | undefined): Bytes =>
  element(
    0xa1,
    generalizedTime(since),
    ...(reason ? [element(0xa0, element(0x0a, Uint8Array.of(REVOCATION_REASONS.indexOf(reason))))] : []),
  );
