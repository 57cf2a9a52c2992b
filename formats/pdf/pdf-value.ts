/** A number; `text` is how the file writes it, so that writing it again changes nothing. */
export interface PdfNumber {
  readonly kind: "number";
  readonly value: number;
  readonly text: string;
}

/** A name without its solidus, `#xx` resolved; one character an octet. */
export interface PdfName {
  readonly kind: "name";
  readonly name: string;
}

/** A string's octets; what they mean depends on where it stands. */
export interface PdfString {
  readonly kind: "string";
  readonly octets: Uint8Array;
}

/** An indirect reference, `number generation R`. */
export interface PdfReference {
  readonly kind: "reference";
  readonly number: number;
  readonly generation: number;
}

/** A stream; its octets begin at `start` of the file. */
export interface PdfStream {
  readonly kind: "stream";
  readonly dictionary: PdfDictionary;
  readonly start: number;
}

/** A dictionary: keys as in {@link PdfName}. */
export type PdfDictionary = ReadonlyMap<string, PdfValue>;

/** Any direct object (ISO 32000-1, 7.3). */
export type PdfValue =
  null | boolean | PdfNumber | PdfName | PdfString | PdfReference | readonly PdfValue[] | PdfDictionary;

/** What an indirect object can be. */
export type PdfObject = PdfValue | PdfStream;

/** A number as JavaScript has it. */
export const pdfNumber = (value: number): PdfNumber => ({ kind: "number", value, text: decimal(value) });

/** `/name`. */
export const pdfName = (name: string): PdfName => ({ kind: "name", name });

/** A string of these octets. */
export const pdfString = (octets: Uint8Array): PdfString => ({ kind: "string", octets });

/** A dictionary of these entries; what is `undefined` is left out. */
export const pdfDictionary = (entries: Readonly<Record<string, PdfValue | undefined>>): PdfDictionary =>
  new Map(Object.entries(entries).filter((entry): entry is [string, PdfValue] => entry[1] !== undefined));

/** Whether it is a dictionary; a stream is none. */
export const isDictionary = (value: PdfObject | undefined): value is PdfDictionary => value instanceof Map;

/** Whether it is an array. */
export const isArray = (value: PdfObject | undefined): value is readonly PdfValue[] => Array.isArray(value);

/** Whether it is of that kind. */
export function isKind<Kind extends "number" | "name" | "string" | "reference" | "stream">(
  value: PdfObject | undefined,
  kind: Kind,
): value is Extract<PdfObject, { kind: Kind }> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

/** The number, where it is a whole one. */
export const integerOf = (value: PdfObject | undefined): number | undefined =>
  isKind(value, "number") && Number.isInteger(value.value) ? value.value : undefined;

/** The name's characters, where it is a name. */
export const nameOf = (value: PdfObject | undefined): string | undefined =>
  isKind(value, "name") ? value.name : undefined;

/** PDF knows no exponents; five digits behind the point are finer than any printer. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(0) : value.toFixed(5).replace(/\.?0+$/, "");
}
