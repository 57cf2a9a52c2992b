import { LIMITS } from "../../shared/limits.ts";
import type { RequestedFormat } from "../../shared/protocol/signing-formats.ts";
import { TypeError, blobSize, exec, utf8 } from "./captured-globals.ts";
import {
  optional,
  required,
  toAbortSignal,
  toBlob,
  toByteRange,
  toCallback,
  toDictionary,
  toScalarText,
  toSequence,
  toText,
  type ByteRange,
} from "./web-idl.ts";

/**
 * The dictionaries of docs/api.webidl. Members are read once, base dictionaries first, in lexicographical order within each, so the
 * order of the statements below is part of the API. Limits are checked when everything has been read. All throw `TypeError`.
 */

/** `JpkiChallengeCallback`: called late, after the PIN is typed; may return a promise. */
export type ChallengeCallback = (signal: AbortSignal) => unknown;

/** `JpkiRequestOptions`. */
interface RequestOptions {
  readonly lang: string | undefined;
  readonly signal: AbortSignal | undefined;
}

function toRequestOptions(dictionary: Readonly<Record<string, unknown>>): RequestOptions {
  const lang = optional(dictionary["lang"], toText);
  const signal = optional(dictionary["signal"], toAbortSignal);
  return { lang, signal };
}

/** `JpkiAvailabilityOptions`. Nothing known is as long as what is left out here, so that it stays unknown. */
export function toAvailabilityOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const format = optional(dictionary["format"], toText);
  const operation = optional(dictionary["operation"], toText);
  const profile = optional(dictionary["profile"], toText);
  return { format: short(format), operation: short(operation), profile: short(profile) };
}

/** `JpkiAuthenticateOptions`. */
export function toAuthenticateOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const options = toRequestOptions(dictionary);
  const challenge = required(dictionary["challenge"], toChallenge);
  checkLength(options.lang, LIMITS.languageTagCharacters);
  checkChallenge(challenge);
  return { ...options, challenge };
}

/** `JpkiData`, still in the page's hands. */
export type DocumentData = { readonly size: number } & (
  { readonly blob: Blob } | { readonly blob?: undefined; readonly range: ByteRange }
);

/** One `JpkiDocument`. */
export interface DocumentOptions extends RequestedFormat {
  readonly data: DocumentData | undefined;
  readonly digest: true | undefined;
  readonly name: string;
  readonly type: string;
}

/** `JpkiSignOptions`, the call's formats merged into the documents that give none. */
export function toSignOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const options = toRequestOptions(dictionary);
  const given = required(dictionary["documents"], (documents) =>
    toSequence(documents, toDocument, LIMITS.documentsPerCall),
  );
  const format = optional(dictionary["format"], toText);
  const packaging = optional(dictionary["packaging"], toText);
  const profile = optional(dictionary["profile"], toText);
  const purpose = optional(dictionary["purpose"], toScalarText);
  const timestamp = optional(dictionary["timestamp"], toCallback<object>);
  checkLength(options.lang, LIMITS.languageTagCharacters);
  checkCodePoints(purpose, PURPOSE_LENGTH);
  if (given.length === 0) throw new TypeError("At least one document is needed");
  let bytes = 0;
  for (let index = 0; index < given.length; index++) {
    const document = given[index] as DocumentOptions;
    checkDocument(document);
    if ((document.format ?? format) === undefined) throw new TypeError("A document needs a format");
    bytes += document.data?.size ?? 0;
  }
  if (bytes > LIMITS.documentBytesPerCall) throw new TypeError("The documents are too large");
  return { ...options, documents: given, format, packaging, profile, purpose, timestamp };
}

/** `JpkiReadAttributesOptions`. */
export function toReadAttributesOptions(value: unknown): RequestOptions {
  const dictionary = toDictionary(value);
  const options = toRequestOptions(dictionary);
  required(dictionary["attributes"], (attributes) => toSequence(attributes, toText, Infinity));
  const challenge = optional(dictionary["challenge"], toChallenge);
  const purpose = required(dictionary["purpose"], toScalarText);
  checkCodePoints(purpose, PURPOSE_LENGTH);
  if (challenge !== undefined) checkChallenge(challenge);
  return options;
}

function toDocument(value: unknown): DocumentOptions {
  const dictionary = toDictionary(value);
  const format = optional(dictionary["format"], toText);
  const packaging = optional(dictionary["packaging"], toText);
  const profile = optional(dictionary["profile"], toText);
  const data = optional(dictionary["data"], toData);
  const digest = optional(dictionary["digest"], toDigest);
  const name = required(dictionary["name"], toScalarText);
  const type = optional(dictionary["type"], toText) ?? "";
  return { format, packaging, profile, data, digest, name, type };
}

/** A string means its UTF-8 bytes. */
function toData(value: unknown): DocumentData {
  const blob = toBlob(value);
  if (blob) return { blob, size: blobSize(blob) };
  const range = toByteRange(value) ?? (toByteRange(utf8(toScalarText(value))) as ByteRange);
  return { range, size: range.length };
}

function toDigest(value: unknown): true {
  const dictionary = toDictionary(value);
  required(dictionary["algorithm"], toText);
  if (!required(dictionary["value"], toByteRange)) throw new TypeError("A digest's value must be a buffer");
  return true;
}

const toChallenge = (value: unknown): string | ChallengeCallback =>
  typeof value === "function" ? (value as ChallengeCallback) : toText(value);

/**
 * Standard base64 of at least 256 bits in at most 128 characters, the unused bits of its end zero, as `challengeSchema` has it:
 * up to 31 groups and a last one; 44 characters that end in `==` are one octet short.
 */
const CHALLENGE =
  /^(?!.{42}==$)(?:[A-Za-z0-9+/]{4}){10,31}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)$/;

function checkChallenge(challenge: string | ChallengeCallback): void {
  if (typeof challenge === "string" && exec(CHALLENGE, challenge) === null)
    throw new TypeError("A challenge must be base64 of 256 bits or more");
}

const NAME_LENGTH = /^[^]{0,255}$/u;
const PURPOSE_LENGTH = /^[^]{0,200}$/u;

function checkDocument(document: DocumentOptions): void {
  if ((document.data === undefined) === (document.digest === undefined))
    throw new TypeError("A document has exactly one of data and digest");
  checkCodePoints(document.name, NAME_LENGTH);
  checkLength(document.type, LIMITS.mediaTypeCharacters);
}

function checkCodePoints(text: string | undefined, limit: RegExp): void {
  if (text !== undefined && exec(limit, text) === null) throw new TypeError("A text is too long");
}

function checkLength(text: string | undefined, limit: number): void {
  if (text !== undefined && text.length > limit) throw new TypeError("A text is too long");
}

function short(text: string | undefined): string | undefined {
  return text !== undefined && text.length > 64 ? "" : text;
}
