import { readCertificate } from "./certificate.ts";
import type { Bytes } from "../der/der.ts";
import { DerFields, openDer } from "../der/der-fields.ts";
import { readBirthDate } from "./birth-date.ts";

const SUBJECT_ALT_NAME = "2.5.29.17";
/** The arc of the resident's data in subjectAltName, each an otherName with a UTF8String. */
const RESIDENT_DATA = "1.2.392.200149.8.5.5";

/** What a signing certificate says of its holder: `JpkiAttributes` of docs/api.webidl. Absent is what it doesn't say, or not in its form. */
export interface CertificateAttributes {
  readonly name?: string;
  readonly address?: string;
  /** `YYYY[-MM[-DD]]`. */
  readonly birthDate?: string;
  readonly sex?: "male" | "female" | "unknown";
  /** Where a substitute stands for a character outside of the standard set: indexes of code points, from 0. */
  readonly nameSubstitutes?: readonly number[];
  readonly addressSubstitutes?: readonly number[];
}

const SEXES: ReadonlyMap<string, "male" | "female"> = new Map([
  ["1", "male"],
  ["2", "female"],
]);

/**
 * Reads the holder's attributes from subjectAltName of a DER certificate. One that is missing, comes twice or has no sense is absent, and takes no
 * other with it. Throws `RangeError` when it is not a certificate. Nobody's word is taken for its signature: that is the relying party's to check.
 */
export function readCertificateAttributes(certificate: Bytes): CertificateAttributes {
  const texts = residentData(readCertificate(certificate).extensions.get(SUBJECT_ALT_NAME)?.value);
  const [name, nameFlags, sex, birth, address, addressFlags] = [1, 2, 3, 4, 5, 6].map((arc) =>
    texts.get(`${RESIDENT_DATA}.${arc}`),
  );
  const birthDate = birth === undefined ? undefined : readBirthDate(birth);
  const nameSubstitutes = substitutes(name, nameFlags);
  const addressSubstitutes = substitutes(address, addressFlags);
  return {
    ...(name && { name }),
    ...(address && { address }),
    ...(birthDate && { birthDate }),
    ...(sex && { sex: SEXES.get(sex) ?? "unknown" }),
    ...(nameSubstitutes && { nameSubstitutes }),
    ...(addressSubstitutes && { addressSubstitutes }),
  };
}

/** Exactly the attributes that were asked for, with the substitutes that belong to them. */
export function chooseAttributes(all: CertificateAttributes, wanted: readonly string[]): CertificateAttributes {
  const owners = { nameSubstitutes: "name", addressSubstitutes: "address" } as const satisfies Record<string, string>;
  return Object.fromEntries(
    Object.entries(all).filter(([member]) =>
      wanted.includes(Object.hasOwn(owners, member) ? owners[member as keyof typeof owners] : member),
    ),
  );
}

/** Indexes of the ones in `flags`; nothing unless it has one digit for each code point of `text`. */
function substitutes(text: string | undefined, flags: string | undefined): number[] | undefined {
  if (!text || flags?.length !== Array.from(text).length || /[^01]/.test(flags)) return undefined;
  return Array.from(flags).flatMap((flag, index) => (flag === "1" ? [index] : []));
}

/** The texts by their type (RFC 5280, 4.2.1.6); `undefined` for what is no text or comes twice. What is not DER has none. */
function residentData(subjectAltName: Uint8Array | undefined): Map<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  const names = subjectAltName && orNothing(() => openDer(subjectAltName));
  while (names?.done === false) {
    const otherName = orNothing(() => names.any());
    // what follows broken DER can't be told from it
    if (otherName === undefined) return texts;
    if (otherName.identifier !== 0xa0) continue;
    const fields = new DerFields(otherName.contents);
    const type = orNothing(() => fields.objectIdentifier());
    if (type !== undefined) texts.set(type, texts.has(type) ? undefined : orNothing(() => utf8String(fields)));
  }
  return texts;
}

/** The value of an otherName: [0], explicit, and a UTF8String inside. Throws `RangeError` on anything else. */
function utf8String(fields: DerFields): string {
  const explicit = fields.inside(0xa0);
  fields.end();
  const { contents } = explicit.next(0x0c);
  explicit.end();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(contents);
  } catch {
    throw new RangeError("not UTF-8");
  }
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof RangeError) return undefined;
    throw fault;
  }
}
