import { DerFields, openDer } from "../../formats/der/der-fields.ts";

/** Types of the extensions that are looked at (RFC 5280, 4.2.1). */
export const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  cRLDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;

/** An extension of a certificate, or of what else has such. */
export interface Extension {
  readonly critical: boolean;
  /** The DER that stands inside of extnValue. */
  readonly value: Uint8Array;
}

/** Extensions by their types. */
export type Extensions = ReadonlyMap<string, Extension>;

/**
 * Reads `Extensions` (DER; none for `undefined`) strictly: `critical` is TRUE as `ff` or not there, no type comes twice, at least one is there. Throws
 * `RangeError`.
 */
export function readExtensions(der: Uint8Array | undefined): Extensions {
  const found = new Map<string, Extension>();
  if (der === undefined) return found;
  const list = openDer(der);
  do {
    const extension = list.inside(0x30);
    const type = extension.objectIdentifier();
    const critical = isTrue(extension);
    const value = extension.next(0x04).contents;
    extension.end();
    if (found.has(type)) throw new RangeError(`two extensions ${type}`);
    found.set(type, { critical, value });
  } while (!list.done);
  return found;
}

/** A BOOLEAN DEFAULT FALSE in DER: TRUE is `01 01 ff`, FALSE is not there. */
function isTrue(fields: DerFields): boolean {
  const { contents } = fields.optional(0x01) ?? {};
  if (contents === undefined) return false;
  if (contents.length !== 1 || contents[0] !== 0xff) throw new RangeError("a BOOLEAN that is not TRUE");
  return true;
}

/** keyUsage as numbers of bits (4.2.1.3), in the shortest form: `digitalSignature` alone is `80` with 7 unused bits. Throws `RangeError`. */
export function readKeyUsage({ value }: Extension): { readonly bits: number } {
  const whole = new DerFields(value);
  const [unused = 8, first = 0, second] = whole.next(0x03).contents;
  whole.end();
  const last = second ?? first;
  // DER: the last bit that is there is set (X.690, 11.2.2)
  if (value.length > 5 || unused > 7 || last === 0 || (last & ((1 << unused) - 1)) !== 0 || !((last >> unused) & 1)) {
    throw new RangeError("keyUsage");
  }
  return { bits: (first << 8) | (second ?? 0) };
}

/** basicConstraints (4.2.1.9). Throws `RangeError`. */
export function readBasicConstraints({ value }: Extension): { readonly authority: boolean } {
  const fields = openDer(value);
  const authority = isTrue(fields);
  if (!fields.done) {
    fields.unsigned();
    if (!authority) throw new RangeError("pathLenConstraint without cA");
  }
  fields.end();
  return { authority };
}

/** Identifiers of policies (4.2.1.4), qualifiers not looked at. Throws `RangeError`. */
export function readPolicies({ value }: Extension): string[] {
  const found: string[] = [];
  const list = openDer(value);
  do {
    const policy = list.inside(0x30);
    found.push(policy.objectIdentifier());
    policy.optional(0x30);
    policy.end();
  } while (!list.done);
  return found;
}

/** Purposes of extendedKeyUsage (4.2.1.12). Throws `RangeError`. */
export function readPurposes({ value }: Extension): string[] {
  const found: string[] = [];
  const list = openDer(value);
  do found.push(list.objectIdentifier());
  while (!list.done);
  return found;
}

/** `keyIdentifier` of authorityKeyIdentifier (4.2.1.1), where it has one. Throws `RangeError`. */
export function readAuthorityKeyIdentifier({ value }: Extension): Uint8Array | undefined {
  const fields = openDer(value);
  const identifier = fields.optional(0x80)?.contents;
  fields.optional(0xa1); // authorityCertIssuer
  fields.optional(0x82); // authorityCertSerialNumber
  fields.end();
  return identifier;
}

/** subjectKeyIdentifier (4.2.1.2). Throws `RangeError`. */
export function readSubjectKeyIdentifier({ value }: Extension): Uint8Array {
  const whole = new DerFields(value);
  const { contents } = whole.next(0x04);
  whole.end();
  return contents;
}

/**
 * The one `fullName` of cRLDistributionPoints (4.2.1.13): the [0] of the GeneralNames, as it stands there and, as the same octets, in a list's
 * issuingDistributionPoint. `undefined` where there are several points, or one without a full name, for some reasons only, or of another issuer. Throws
 * `RangeError`.
 */
export function readDistributionPoint({ value }: Extension): Uint8Array | undefined {
  const list = openDer(value);
  const point = list.inside(0x30);
  if (!list.done) return undefined;
  const name = point.optional(0xa0);
  if (name === undefined || !point.done) return undefined;
  const inner = new DerFields(name.contents);
  const { identifier, encoding } = inner.any();
  inner.end();
  return identifier === 0xa0 ? encoding : undefined;
}
