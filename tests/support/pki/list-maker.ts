import { sign } from "node:crypto";
import {
  element,
  objectIdentifier,
  octetString,
  sequence,
  time,
  unsignedInteger,
  yes,
  type Bytes,
} from "../../../formats/der/der.ts";
import {
  keyIdentifier,
  signatureAlgorithm,
  type IssuedCertificate,
  type PlannedExtension,
} from "./certificate-maker.ts";
import { REVOCATION_REASONS, type RevocationReason } from "../../../verifier/revocation/revocation-source.ts";

/** Types of extensions of lists and of their entries. */
export const LIST_EXTENSIONS = {
  cRLNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  invalidityDate: "2.5.29.24",
  deltaCRLIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  authorityKeyIdentifier: "2.5.29.35",
  expiredCertsOnCRL: "2.5.29.60",
} as const;

/** A revoked certificate on a played list. */
export interface PlannedEntry {
  readonly serialNumber: Uint8Array;
  readonly revocationDate: Date;
  readonly reason?: RevocationReason;
  readonly invalidityDate?: Date;
  /** In place of all of those above. */
  readonly extensions?: readonly PlannedExtension[];
}

/** Everything about a list that a test may want otherwise. */
export interface ListPlan {
  readonly issuer: IssuedCertificate;
  readonly entries?: readonly PlannedEntry[];
  readonly thisUpdate?: Date;
  /** `undefined` leaves it out. */
  readonly nextUpdate?: Date | undefined;
  readonly number?: number;
  /** `Name` (DER) of the distribution point of a partial list. */
  readonly point?: Uint8Array;
  /** In place of the extensions that follow from the above, by type; `undefined` leaves one out, others are added. */
  readonly extensions?: Readonly<Record<string, PlannedExtension | undefined>>;
  readonly hash?: "sha1" | "sha256" | "sha384";
  /** Changes the TBSCertList before it is signed, and the list after it. */
  readonly toBeSigned?: (own: Bytes) => Bytes;
  readonly version?: Bytes | undefined;
  readonly signWith?: IssuedCertificate["key"];
}

/** A revocation list (RFC 5280, 5; DER) as planned, sound or not; without anything it is empty, of the day of `PLAYED_NOW`, and covers everything. */
export function makeList(plan: ListPlan): Bytes {
  const { issuer, entries = [], thisUpdate = new Date("2026-11-24T00:00:00Z") } = plan;
  const nextUpdate = "nextUpdate" in plan ? plan.nextUpdate : new Date("2026-11-25T00:00:00Z");
  const key = plan.signWith ?? issuer.key;
  const algorithm = signatureAlgorithm(key.privateKey, plan.hash);
  const own = sequence(
    ...("version" in plan ? (plan.version ? [plan.version] : []) : [Uint8Array.of(2, 1, 1)]),
    algorithm,
    issuer.subject,
    time(thisUpdate),
    ...(nextUpdate ? [time(nextUpdate)] : []),
    ...(entries.length > 0 ? [sequence(...entries.map(entry))] : []),
    element(0xa0, sequence(...listExtensions(plan).map(extension))),
  );
  const toBeSigned = plan.toBeSigned?.(own) ?? own;
  const value = sign(plan.hash ?? "sha256", toBeSigned, key.privateKey);
  return sequence(toBeSigned, algorithm, element(0x03, Uint8Array.of(0), value));
}

/** PEM as `openssl crl` writes it. */
export const listPem = (list: Uint8Array): string =>
  `-----BEGIN X509 CRL-----\n${Buffer.from(list)
    .toString("base64")
    .replaceAll(/.{64}(?!$)/g, "$&\n")}\n-----END X509 CRL-----\n`;

/** issuingDistributionPoint: the directory name, then whatever fields else. */
export const issuingDistributionPoint = (name: Uint8Array | undefined, ...fields: Bytes[]): PlannedExtension => ({
  type: LIST_EXTENSIONS.issuingDistributionPoint,
  critical: true,
  value: sequence(...(name ? [element(0xa0, element(0xa0, element(0xa4, name)))] : []), ...fields),
});

/** reasonCode by its number, known or not. */
export const reasonCode = (code: number): PlannedExtension => ({
  type: LIST_EXTENSIONS.reasonCode,
  value: element(0x0a, Uint8Array.of(code)),
});

/** GeneralizedTime. */
export const generalizedTime = (date: Date): Bytes =>
  element(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replaceAll(/[-T:]/g, "")}Z`));

function listExtensions({ issuer, number = 1, point, extensions = {} }: ListPlan): PlannedExtension[] {
  const usual: PlannedExtension[] = [
    {
      type: LIST_EXTENSIONS.authorityKeyIdentifier,
      value: sequence(element(0x80, keyIdentifier(issuer.key))),
    },
    { type: LIST_EXTENSIONS.cRLNumber, value: unsignedInteger(Uint8Array.of(number >> 8, number & 0xff)) },
    ...(point ? [issuingDistributionPoint(point)] : []),
  ];
  return [
    ...usual.flatMap((own) => {
      const chosen = own.type in extensions ? extensions[own.type] : own;
      return chosen ? [chosen] : [];
    }),
    ...Object.values(extensions).flatMap((added) =>
      added && !usual.some(({ type }) => type === added.type) ? [added] : [],
    ),
  ];
}

function entry({ serialNumber, revocationDate, reason, invalidityDate, extensions }: PlannedEntry): Bytes {
  const wanted = extensions ?? [
    ...(reason ? [reasonCode(REVOCATION_REASONS.indexOf(reason))] : []),
    ...(invalidityDate ? [{ type: LIST_EXTENSIONS.invalidityDate, value: generalizedTime(invalidityDate) }] : []),
  ];
  return sequence(
    unsignedInteger(serialNumber),
    time(revocationDate),
    ...(wanted.length > 0 ? [sequence(...wanted.map(extension))] : []),
  );
}

/** `Extension`, DER. */
export const extension = ({ type, critical, value }: PlannedExtension): Bytes =>
  sequence(objectIdentifier(type), ...(critical === true ? [yes] : []), octetString(value));
