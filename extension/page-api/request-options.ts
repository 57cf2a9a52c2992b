import { LIMITS } from "../../shared/limits.ts";
import { TypeError, atob, blobSize, btoa, bufferLength, exec, isView } from "./captured-globals.ts";
import {
  optional,
  required,
  toAbortSignal,
  toBytes,
  toCallback,
  toDictionary,
  toScalarText,
  toSequence,
  toText,
} from "./web-idl.ts";

/**
 * The dictionaries of docs/api.webidl. Members are read once, base dictionaries first, in lexicographical order within each, so the
 * order of the statements below is part of the API. Limits are checked when everything has been read. All throw `TypeError`.
 */
type Dictionary = Readonly<Record<string, unknown>>;

/** `JpkiChallengeCallback`: called late, after the PIN is typed; may return a promise. */
export type ChallengeCallback = (signal: AbortSignal) => unknown;

/** `JpkiRequestOptions`. */
function toRequestOptions(dictionary: Dictionary) {
  const lang = optional(dictionary["lang"], toText);
  const signal = optional(dictionary["signal"], toAbortSignal);
  return { lang, signal };
}

/** `JpkiSignatureFormat`, which `JpkiSignOptions` repeats. */
function toFormat(dictionary: Dictionary) {
  const format = optional(dictionary["format"], toKeyword);
  const packaging = optional(dictionary["packaging"], toKeyword);
  const profile = optional(dictionary["profile"], toKeyword);
  return { format, packaging, profile };
}

/** `JpkiAvailabilityOptions`. */
export function toAvailabilityOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const format = optional(dictionary["format"], toKeyword);
  const operation = optional(dictionary["operation"], toKeyword);
  const profile = optional(dictionary["profile"], toKeyword);
  return { format, operation, profile };
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

/** `JpkiSignOptions`. */
export function toSignOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const options = toRequestOptions(dictionary);
  const documents = required(dictionary["documents"], (given) =>
    toSequence(given, toDocument, LIMITS.documentsPerCall),
  );
  const defaults = toFormat(dictionary);
  const purpose = optional(dictionary["purpose"], toScalarText);
  const timestamp = optional(dictionary["timestamp"], toCallback);
  checkLength(options.lang, LIMITS.languageTagCharacters);
  checkCodePoints(purpose, PURPOSE);
  let bytes = 0;
  for (let index = 0; index < documents.length || index === 0; index++)
    bytes += checkDocument(documents[index], defaults);
  if (bytes > LIMITS.documentBytesPerCall) throw new TypeError("The documents are too large");
  return { ...options, documents: documents as [Document, ...Document[]], defaults, purpose, timestamp };
}

/** `JpkiReadAttributesOptions`, of which nothing is used yet but the signal. */
export function toReadAttributesOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const options = toRequestOptions(dictionary);
  required(dictionary["attributes"], (attributes) => toSequence(attributes, toText, Infinity));
  const challenge = optional(dictionary["challenge"], toChallenge);
  const purpose = required(dictionary["purpose"], toScalarText);
  checkChallenge(challenge);
  checkCodePoints(purpose, PURPOSE);
  return options;
}

type Document = ReturnType<typeof toDocument>;

/** `JpkiDocument`. */
function toDocument(value: unknown) {
  const dictionary = toDictionary(value);
  const format = toFormat(dictionary);
  const data = optional(dictionary["data"], toBytes);
  const digest = optional(dictionary["digest"], toDigest);
  const name = required(dictionary["name"], toScalarText);
  const type = optional(dictionary["type"], toText) ?? "";
  return { ...format, data, digest, name, type };
}

/** `JpkiDigest`, of which nothing is used yet. */
function toDigest(value: unknown): true {
  const dictionary = toDictionary(value);
  required(dictionary["algorithm"], toText);
  required(dictionary["value"], (bytes) => isView(bytes) || bufferLength(bytes));
  return true;
}

const toChallenge = (value: unknown): string | ChallengeCallback =>
  typeof value === "function" ? (value as ChallengeCallback) : toText(value);

/** Nothing known is as long as what becomes unknown here. */
function toKeyword(value: unknown): string {
  const text = toText(value);
  return text.length > 64 ? "" : text;
}

/** Standard base64 with padding, its unused bits zero: what `challengeSchema` says, with the page's own first functions. */
function checkChallenge(challenge: string | ChallengeCallback | undefined): void {
  if (typeof challenge !== "string") return;
  try {
    const octets = atob(challenge);
    if (octets.length >= 32 && challenge.length <= LIMITS.challengeCharacters.max && btoa(octets) === challenge) return;
  } catch {
    // Not base64 at all.
  }
  throw new TypeError("A challenge is base64 of 256 bits or more");
}

/** Code points, `LIMITS.documentNameCharacters` and `LIMITS.purposeCharacters` of them. */
const NAME = /^[^]{0,255}$/u;
const PURPOSE = /^[^]{0,200}$/u;

/** The document's size in bytes; also says that there is a document at all. */
function checkDocument(document: Document | undefined, defaults: { format?: string | undefined }) {
  if (!document) throw new TypeError("A document is needed");
  if (!document.data === !document.digest) throw new TypeError("A document has either data or a digest");
  if ((document.format ?? defaults.format) === undefined) throw new TypeError("A document needs a format");
  checkCodePoints(document.name, NAME);
  checkLength(document.type, LIMITS.mediaTypeCharacters);
  return document.data ? blobSize(document.data) : 0;
}

function checkCodePoints(text: string | undefined, limit: RegExp): void {
  if (text !== undefined && !exec(limit, text)) throw new TypeError("A text is too long");
}

function checkLength(text: string | undefined, limit: number): void {
  if (text !== undefined && text.length > limit) throw new TypeError("A text is too long");
}
