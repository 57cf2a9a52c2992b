/**
 * What `sign()` can make of a document: the closed table of formats, how each may be packed, and the profiles that fix all of it to
 * what one platform takes. Page API, bridge, broker and window all ask here.
 */
export const PACKAGINGS = ["detached", "enveloping", "enveloped"] as const;
/** Where the document stands: beside the signature, inside it, or around it. */
export type Packaging = (typeof PACKAGINGS)[number];

interface FormatRow {
  /** The first is what a call without `packaging` gets. */
  readonly packagings: readonly [Packaging, ...Packaging[]];
  /** The packagings that need nothing of the document but its SHA-256 digest: open to blind signing and to documents of any size. */
  readonly byDigest: readonly Packaging[];
  /** Whether an RFC 3161 timestamp has a place in it. */
  readonly timestamp: boolean;
}

/** Every format of docs/api.webidl. */
export const SIGNING_FORMATS = {
  /** The bare RSASSA-PKCS1-v1_5 signature over the document, which must be at hand: its digest could be that of another format's signature. */
  pkcs1: { packagings: ["detached"], byDigest: [], timestamp: false },
  /** CMS with signing time (RFC 5652). */
  cms: { packagings: ["detached", "enveloping"], byDigest: ["detached"], timestamp: false },
  /** CAdES baseline B, with a timestamp T (ETSI EN 319 122-1). */
  cades: { packagings: ["detached", "enveloping"], byDigest: ["detached"], timestamp: true },
  /** JWS, RS256: compact, or with the payload outside (RFC 7515, RFC 7797). */
  jws: { packagings: ["enveloping", "detached"], byDigest: [], timestamp: false },
  /** XML signature (W3C XMLDSig 1.1). */
  xmldsig: { packagings: ["enveloped", "enveloping", "detached"], byDigest: ["detached"], timestamp: false },
  /** XAdES baseline B, with a timestamp T (ETSI EN 319 132-1). */
  xades: { packagings: ["enveloped", "enveloping", "detached"], byDigest: ["detached"], timestamp: true },
  /** PDF with `adbe.pkcs7.detached` (ISO 32000-1, 12.8.3.3). */
  pdf: { packagings: ["enveloped"], byDigest: [], timestamp: false },
  /** PAdES baseline B, with a timestamp T (ETSI EN 319 142-1). */
  pades: { packagings: ["enveloped"], byDigest: [], timestamp: true },
} as const satisfies Readonly<Record<string, FormatRow>>;
/** A key of {@link SIGNING_FORMATS}. */
export type SigningFormat = keyof typeof SIGNING_FORMATS;

/**
 * Profiles: a format and a packaging by one name, with every option fixed.
 *
 * - `egov-kousei`: the signature of e-Gov's `kousei.xml` (`<署名情報>`, a reference to 構成情報 and one to each form by file name).
 * - `moj-pdf`: the PDF signature that the registry and deposit offices ask for.
 */
export const SIGNING_PROFILES = {
  "egov-kousei": { format: "xmldsig", packaging: "enveloped" },
  "moj-pdf": { format: "pdf", packaging: "enveloped" },
} as const satisfies Readonly<Record<string, { format: SigningFormat; packaging: Packaging }>>;
/** A key of {@link SIGNING_PROFILES}. */
export type SigningProfile = keyof typeof SIGNING_PROFILES;

/** What a document is to become, in the page's words (`JpkiSignatureFormat` of docs/api.webidl). */
export interface RequestedFormat {
  readonly format?: string | undefined;
  readonly profile?: string | undefined;
  readonly packaging?: string | undefined;
}

/** A format with nothing left open. */
export interface ResolvedFormat {
  readonly format: SigningFormat;
  readonly packaging: Packaging;
  readonly profile: SigningProfile | undefined;
}

/** Whether `format` names a format. */
export function isSigningFormat(format: string | undefined): format is SigningFormat {
  return format !== undefined && Object.hasOwn(SIGNING_FORMATS, format);
}

/**
 * The page's words as one format, one packaging and at most one profile; `undefined` for anything unknown, or where a profile and
 * what stands beside it contradict each other. Every hop asks again, because any script of the page can forge a call.
 */
export function resolveFormat({ format, profile, packaging }: RequestedFormat): ResolvedFormat | undefined {
  if (profile !== undefined && !Object.hasOwn(SIGNING_PROFILES, profile)) return undefined;
  const fixed = profile === undefined ? undefined : SIGNING_PROFILES[profile as SigningProfile];
  const named = format ?? fixed?.format;
  if (!isSigningFormat(named)) return undefined;
  const { packagings } = SIGNING_FORMATS[named];
  const packed = packagings.find((one) => one === (packaging ?? fixed?.packaging ?? packagings[0]));
  if (packed === undefined || (fixed && (fixed.format !== named || fixed.packaging !== packed))) return undefined;
  return { format: named, packaging: packed, profile: profile as SigningProfile | undefined };
}

/** Whether this version can make it. */
export const isSupportedFormat = (requested: RequestedFormat): boolean => resolveFormat(requested) !== undefined;

/** Whether the digest of the document is all that the signature needs. */
export const isByDigest = ({ format, packaging }: Pick<ResolvedFormat, "format" | "packaging">): boolean =>
  (SIGNING_FORMATS[format].byDigest as readonly Packaging[]).includes(packaging);

/** Whether a signature of this format can cover further files beside its document. */
export const takesReferences = ({ format }: Pick<ResolvedFormat, "format">): boolean =>
  format === "xmldsig" || format === "xades";
