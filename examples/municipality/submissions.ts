import type { Application } from "./application.ts";
import type { AcceptedSignature } from "./checks/document-signature.ts";

/**
 * What the city keeps of one application. Everything that proves something is kept as it came, so that whoever may ask about revocation can
 * check it all again, later and elsewhere.
 */
export interface Submission {
  readonly application: Application;
  readonly signature: AcceptedSignature;
  /** The signature file, DER. */
  readonly signatureFile: Uint8Array;
  /** The login token, JSON. */
  readonly token: string;
  readonly received: Date;
}
