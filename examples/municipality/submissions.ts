import type { AcceptedSignature } from "../../verifier/index.ts";
import type { Application } from "./application.ts";
import type { Login } from "./sessions.ts";

/**
 * What the city keeps of one application. Everything that proves something is kept as it came, with the evidence of what was checked (`signature.evidence`,
 * `login.evidence`), so that whoever may ask about revocation can check it again, later and elsewhere.
 */
export interface Submission {
  readonly application: Application;
  /** What the verifier found. */
  readonly signature: AcceptedSignature;
  /** The signature file, DER. */
  readonly signatureFile: Uint8Array;
  readonly login: Login;
  /** Somebody with the same name, address, birth date and sex came before with another certificate: a person decides. */
  readonly waitsForClerk: boolean;
  readonly received: Date;
}
