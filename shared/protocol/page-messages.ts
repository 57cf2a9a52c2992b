import * as v from "valibot";
import { LIMITS } from "../limits.ts";
import { attributeNamesSchema, fileWordsEntries, formatEntries } from "./document-options.ts";
import { challengeSchema } from "./fields.ts";

/**
 * Page API ⇄ bridge. One `window.postMessage` with a fresh `MessagePort` begins a call; everything else travels on that port.
 * The page API holds no authority: the bridge parses all of this as unknown, because any script of the page can forge it.
 */

/** Marks our `window.postMessage`; the bridge stops it before the page's own listeners see it. */
export const PAGE_CALL = "navigator.jpki";

/** The values of the Web IDL enum `JpkiAvailability`. */
export const AVAILABILITIES = [
  "available",
  "unsupported",
  "not-allowed",
  "host-missing",
  "host-outdated",
  "extension-outdated",
] as const;
/** See {@link AVAILABILITIES}. */
export type Availability = (typeof AVAILABILITIES)[number];

const shortText = v.pipe(v.string(), v.maxLength(64));
const languageHint = v.optional(v.pipe(v.string(), v.maxLength(LIMITS.languageTagCharacters)));

/** What `availability()` asks about. */
export const availabilityOptionsSchema = v.strictObject({
  operation: v.optional(shortText),
  format: v.optional(shortText),
  profile: v.optional(shortText),
});

/** A file that the signature of a document covers too, its bytes as they were at the call. */
const pageReferenceSchema = v.strictObject({ ...fileWordsEntries, data: v.instance(Blob) });

/** One document of `sign()`: its bytes as they were at the call, or the 32 octets of the SHA-256 digest that is to be signed blindly. */
export const pageDocumentSchema = v.pipe(
  v.strictObject({
    ...fileWordsEntries,
    ...formatEntries,
    data: v.optional(v.instance(Blob)),
    digest: v.optional(v.instance(Blob)),
    references: v.pipe(v.array(pageReferenceSchema), v.maxLength(LIMITS.referencesPerDocument)),
  }),
  v.check(({ data, digest }) => (data === undefined) !== (digest === undefined), "either data or a digest"),
);

/** A call, after the page API has converted its arguments by Web IDL. */
export const pageCallSchema = v.variant("operation", [
  v.strictObject({ operation: v.literal("availability"), options: availabilityOptionsSchema }),
  v.strictObject({
    operation: v.literal("authenticate"),
    lang: languageHint,
    /** `null`: a function of the page, asked for late with `challenge-request`. */
    challenge: v.nullable(challengeSchema),
  }),
  v.strictObject({
    operation: v.literal("sign"),
    lang: languageHint,
    purpose: v.optional(v.pipe(v.string(), v.maxLength(LIMITS.purposeCharacters * 2))),
    documents: v.pipe(v.array(pageDocumentSchema), v.minLength(1), v.maxLength(LIMITS.documentsPerCall)),
    /** Whether the page has a function that gets timestamps; asked with `timestamp-request`. */
    timestamp: v.boolean(),
  }),
  v.strictObject({
    operation: v.literal("readAttributes"),
    lang: languageHint,
    purpose: v.pipe(v.string(), v.maxLength(LIMITS.purposeCharacters * 2)),
    attributes: attributeNamesSchema,
    /** Absent: no proof is wanted. `null`: a function of the page. */
    challenge: v.optional(v.nullable(challengeSchema)),
  }),
]);
/** See {@link pageCallSchema}. */
export type PageCall = v.InferOutput<typeof pageCallSchema>;

/** Page API to bridge, on the call's port. */
export const pageToBridgeSchema = v.variant("type", [
  v.strictObject({ type: v.literal("abort") }),
  v.strictObject({ type: v.literal("challenge"), challenge: v.string() }),
  v.strictObject({ type: v.literal("challenge-failed") }),
  v.strictObject({ type: v.literal("timestamp"), response: v.instance(Blob) }),
  v.strictObject({ type: v.literal("timestamp-failed") }),
]);
/** See {@link pageToBridgeSchema}. */
export type PageToBridge = v.InferOutput<typeof pageToBridgeSchema>;

/**
 * Every error of ours that the page can meet: the closed list behind `JpkiError.reason`, each with the one DOMException name that it
 * comes under. A reason is all that crosses a boundary; it says nothing about card or person.
 */
export const PAGE_ERRORS = {
  dismissed: "NotAllowedError",
  "other-means": "NotAllowedError",
  "not-allowed": "NotAllowedError",
  "no-activation": "NotAllowedError",
  busy: "InvalidStateError",
  "not-active": "InvalidStateError",
  unsupported: "NotSupportedError",
  navigated: "AbortError",
  unreadable: "NotReadableError",
  data: "DataError",
  failed: "OperationError",
} as const;

/** A key of {@link PAGE_ERRORS}. */
export type PageErrorReason = keyof typeof PAGE_ERRORS;

/** The result of `authenticate()`: a `web-eid:1.0` token. */
export const authenticationTokenSchema = v.strictObject({
  format: v.literal("web-eid:1.0"),
  algorithm: v.literal("RS256"),
  unverifiedCertificate: v.string(),
  signature: v.string(),
  appVersion: v.string(),
});
/** See {@link authenticationTokenSchema}. */
export type AuthenticationToken = v.InferOutput<typeof authenticationTokenSchema>;

const signatureSchema = v.strictObject({
  status: v.picklist(["signed", "not-signed"]),
  name: v.string(),
  format: v.string(),
  algorithm: v.optional(v.literal("RS256")),
  /** The size of the finished signature file, whose pieces went before; the bridge makes the `Blob` of media type `type`. */
  bytes: v.optional(v.pipe(v.number(), v.finite())),
  type: v.optional(v.string()),
  digest: v.optional(v.instance(ArrayBuffer)),
  signature: v.optional(v.instance(ArrayBuffer)),
});

/** The result of `sign()` as the ceremony window gives it; the files go before it in pieces. */
export const signResultSchema = v.strictObject({
  signatures: v.array(signatureSchema),
  certificate: v.instance(ArrayBuffer),
});
/** See {@link signResultSchema}. */
export type SignResult = v.InferOutput<typeof signResultSchema>;

/** `JpkiSignResult` of docs/api.webidl, ready for the page. */
export interface PageSignResult {
  readonly signatures: readonly (Omit<v.InferOutput<typeof signatureSchema>, "bytes" | "type"> & {
    readonly file?: Blob;
  })[];
  readonly certificate: ArrayBuffer;
}

const indexes = v.array(v.pipe(v.number(), v.finite()));

/** The result of `readAttributes()`: `JpkiAttributes` of docs/api.webidl. */
export const attributesSchema = v.strictObject({
  name: v.optional(v.string()),
  address: v.optional(v.string()),
  birthDate: v.optional(v.string()),
  sex: v.optional(v.picklist(["male", "female", "unknown"])),
  nameSubstitutes: v.optional(indexes),
  addressSubstitutes: v.optional(indexes),
  proof: v.optional(v.string()),
});
/** See {@link attributesSchema}. */
export type Attributes = v.InferOutput<typeof attributesSchema>;

/** Bridge to page API, on the call's port. The page trusts these: only the bridge holds the other end. */
export type BridgeToPage =
  | { readonly type: "acknowledged" }
  | { readonly type: "challenge-request" }
  /** A DER TimeStampReq, for the page's function. */
  | { readonly type: "timestamp-request"; readonly request: ArrayBuffer }
  /** What the promise is fulfilled with. */
  | { readonly type: "result"; readonly result: Availability | AuthenticationToken | PageSignResult | Attributes }
  | { readonly type: "error"; readonly reason: PageErrorReason };
