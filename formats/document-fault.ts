import type { DocumentFaultCode } from "../shared/errors.ts";

/**
 * A document that can't be signed in the way that was asked for, found before the PIN is typed. The code is all that leaves the window;
 * `detail` is a short English note for whoever debugs the site, shown under the technical details and nowhere else.
 */
export class DocumentFault extends Error {
  override readonly name = "DocumentFault";
  readonly code: DocumentFaultCode;
  readonly detail: string;

  constructor(code: DocumentFaultCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Whatever was thrown while a document was read, as a fault of the document: nothing else may come of untrusted octets. */
export const documentFault = (thrown: unknown): DocumentFault =>
  thrown instanceof DocumentFault ? thrown : new DocumentFault("document-broken", String(thrown));
