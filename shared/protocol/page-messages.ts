import * as v from "valibot";
import { LIMITS } from "../limits.ts";
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

/** One document of `sign()`, its bytes as they were at the call. */
export const pageDocumentSchema = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(LIMITS.documentNameCharacters * 2)),
  type: v.pipe(v.string(), v.maxLength(LIMITS.mediaTypeCharacters)),
  format: shortText,
  profile: v.optional(shortText),
  packaging: v.optional(shortText),
  data: v.instance(Blob),
});

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
  }),
]);
/** See {@link pageCallSchema}. */
export type PageCall = v.InferOutput<typeof pageCallSchema>;
/** The ceremony operations, as the approval and the window know them. */
export type CeremonyOperation = Exclude<PageCall["operation"], "availability">;

/** Page API to bridge, on the call's port. */
export const pageToBridgeSchema = v.variant("type", [
  v.strictObject({ type: v.literal("abort") }),
  v.strictObject({ type: v.literal("challenge"), challenge: v.string() }),
  v.strictObject({ type: v.literal("challenge-failed") }),
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
  /** The finished signature file, of media type `type`; the bridge makes the `Blob` for the page. */
  file: v.optional(v.instance(ArrayBuffer)),
  type: v.optional(v.string()),
  digest: v.optional(v.instance(ArrayBuffer)),
  signature: v.optional(v.instance(ArrayBuffer)),
});

/** The result of `sign()` as the ceremony window gives it, with bytes where the page gets a `Blob`. */
export const signResultSchema = v.strictObject({
  signatures: v.array(signatureSchema),
  certificate: v.instance(ArrayBuffer),
});
/** See {@link signResultSchema}. */
export type SignResult = v.InferOutput<typeof signResultSchema>;

/** `JpkiSignResult` of docs/api.webidl, ready for the page. */
export interface PageSignResult {
  readonly signatures: readonly (Omit<v.InferOutput<typeof signatureSchema>, "file" | "type"> & {
    readonly file?: Blob;
  })[];
  readonly certificate: ArrayBuffer;
}

/** Bridge to page API, on the call's port. The page trusts these: only the bridge holds the other end. */
export type BridgeToPage =
  | { readonly type: "acknowledged" }
  | { readonly type: "challenge-request" }
  /** What the promise is fulfilled with. */
  | { readonly type: "result"; readonly result: Availability | AuthenticationToken | PageSignResult }
  | { readonly type: "error"; readonly reason: PageErrorReason };
