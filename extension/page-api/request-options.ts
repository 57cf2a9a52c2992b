import { LIMITS } from "../../shared/limits.ts";
import { ATTRIBUTE_NAMES } from "../../shared/protocol/document-options.ts";
import { TypeError, atob, blobSize, btoa, exec } from "./captured-globals.ts";
import {
  each,
  optional,
  required,
  toAbortSignal,
  toBuffer,
  toBytes,
  toCallback,
  toDictionary,
  toDouble,
  toScalarText,
  toSequence,
  toText,
  toUnsignedLong,
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

/** `JpkiReadAttributesOptions`. */
export function toReadAttributesOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const options = toRequestOptions(dictionary);
  const attributes = required(dictionary["attributes"], (given) =>
    toSequence(given, toKeyword, ATTRIBUTE_NAMES.length),
  );
  const challenge = optional(dictionary["challenge"], toChallenge);
  const purpose = required(dictionary["purpose"], toScalarText);
  checkLength(options.lang, LIMITS.languageTagCharacters);
  checkChallenge(challenge);
  checkCodePoints(purpose, PURPOSE);
  if (attributes.length === 0) throw new TypeError("An attribute is needed");
  return { ...options, attributes, challenge, purpose };
}

type Document = ReturnType<typeof toDocument>;

/** `JpkiDocument`. */
function toDocument(value: unknown) {
  const dictionary = toDictionary(value);
  const format = toFormat(dictionary);
  const data = optional(dictionary["data"], toBytes);
  const digest = optional(dictionary["digest"], toDigest);
  const name = required(dictionary["name"], toScalarText);
  const pdf = optional(dictionary["pdf"], toPdfOptions);
  const references =
    optional(dictionary["references"], (given) => toSequence(given, toReference, LIMITS.referencesPerDocument)) ?? [];
  const type = optional(dictionary["type"], toText) ?? "";
  const xml = optional(dictionary["xml"], toXmlOptions);
  return { ...format, data, digest, name, pdf, references, type, xml };
}

/** `JpkiDigest`. */
function toDigest(value: unknown) {
  const dictionary = toDictionary(value);
  const algorithm = required(dictionary["algorithm"], toKeyword);
  return { algorithm, value: required(dictionary["value"], toBuffer) };
}

/** `JpkiReferencedFile`. */
function toReference(value: unknown) {
  const dictionary = toDictionary(value);
  const data = required(dictionary["data"], toBytes);
  const name = required(dictionary["name"], toScalarText);
  const type = optional(dictionary["type"], toText) ?? "";
  return { data, name, type };
}

/** `JpkiXmlOptions`. */
function toXmlOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const canonicalization = optional(dictionary["canonicalization"], toText);
  const target = optional(dictionary["target"], toScalarText);
  return { canonicalization, target };
}

/** `JpkiPdfOptions`. */
function toPdfOptions(value: unknown) {
  const dictionary = toDictionary(value);
  const field = optional(dictionary["field"], toScalarText);
  const location = optional(dictionary["location"], toScalarText);
  const reason = optional(dictionary["reason"], toScalarText);
  const stamp = optional(dictionary["stamp"], toPdfStamp);
  return { field, location, reason, stamp };
}

/** `JpkiPdfStamp`. */
function toPdfStamp(value: unknown) {
  const dictionary = toDictionary(value);
  const height = required(dictionary["height"], toDouble);
  const page = optional(dictionary["page"], toUnsignedLong) ?? 1;
  const width = required(dictionary["width"], toDouble);
  const x = required(dictionary["x"], toDouble);
  const y = required(dictionary["y"], toDouble);
  return { height, page, width, x, y };
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

/** The size of the document and its referenced files in bytes; also says that there is a document at all. */
function checkDocument(
  document: Document | undefined,
  defaults: { format?: string | undefined; profile?: string | undefined },
) {
  if (!document) throw new TypeError("A document is needed");
  const { data, digest, references, pdf, xml } = document;
  if (!data === !digest) throw new TypeError("A document has either data or a digest");
  if ((document.format ?? document.profile ?? defaults.format ?? defaults.profile) === undefined)
    throw new TypeError("A document needs a format");
  if (digest && blobSize(digest.value) !== 32) throw new TypeError("A digest is 32 octets");
  checkFile(document);
  checkOption(pdf?.field);
  checkOption(pdf?.location);
  checkOption(pdf?.reason);
  checkOption(xml?.target);
  checkLength(xml?.canonicalization, 128);
  const stamp = pdf?.stamp;
  if (stamp && !(stamp.page > 0 && stamp.width > 0 && stamp.height > 0))
    throw new TypeError("A stamp has a page and a size");
  let bytes = data ? blobSize(data) : 0;
  each(references, (reference) => {
    checkFile(reference);
    bytes += blobSize(reference.data);
  });
  return bytes;
}

function checkFile({ name, type }: { name: string; type: string }): void {
  checkCodePoints(name, NAME);
  checkLength(type, LIMITS.mediaTypeCharacters);
}

const checkOption = (option: string | undefined): void => checkCodePoints(option, PURPOSE);

function checkCodePoints(text: string | undefined, limit: RegExp): void {
  if (text !== undefined && !exec(limit, text)) throw new TypeError("A text is too long");
}

function checkLength(text: string | undefined, limit: number): void {
  if (text !== undefined && text.length > limit) throw new TypeError("A text is too long");
}
