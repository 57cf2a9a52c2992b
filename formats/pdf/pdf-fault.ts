import { DocumentFault } from "../document-fault.ts";

/** The file is no PDF that every reader reads alike. */
export const broken = (detail: string): DocumentFault => new DocumentFault("document-broken", detail);

/** The file is fine, but can't be signed in the way that was asked for. */
export const unsupported = (detail: string): DocumentFault => new DocumentFault("document-unsupported", detail);

/** The file is encrypted, or an earlier signer closed it to what we would add. */
export const locked = (detail: string): DocumentFault => new DocumentFault("document-locked", detail);
