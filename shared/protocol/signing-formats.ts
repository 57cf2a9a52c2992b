/** The signature formats that this version makes: the bare RSASSA-PKCS1-v1_5 signature, and a CMS file beside the document. */
export const SIGNING_FORMATS = ["pkcs1", "cades"] as const;
/** See {@link SIGNING_FORMATS}. */
export type SigningFormat = (typeof SIGNING_FORMATS)[number];

/** What a document is to become, in the page's words (`JpkiSignatureFormat` of docs/api.webidl). */
export interface RequestedFormat {
  readonly format?: string | undefined;
  readonly profile?: string | undefined;
  readonly packaging?: string | undefined;
}

/** Whether `format` names a format of this version. */
export function isSigningFormat(format: string | undefined): format is SigningFormat {
  return format === "pkcs1" || format === "cades";
}

/** Whether this version can make it. Every hop asks again, because any script of the page can forge a call. */
export function isSupportedFormat({ format, profile, packaging }: RequestedFormat): boolean {
  return isSigningFormat(format) && profile === undefined && (packaging === undefined || packaging === "detached");
}
