import type { FailureCode } from "./failure-codes.ts";
import { CERTIFICATE_TEXTS } from "./failure-texts-certificate.ts";
import { FILE_TEXTS } from "./failure-texts-file.ts";
import { PROOF_TEXTS } from "./failure-texts-proof.ts";
import { SIGNATURE_TEXTS } from "./failure-texts-signature.ts";

/** One thing said in three languages: Japanese, plain Japanese (やさしい日本語) and English. Plain text. */
export interface Sentences {
  readonly ja: string;
  readonly jaEasy: string;
  readonly en: string;
}

/**
 * What is wrong and what to do next, for every code. Written for a resident, or for a clerk at a window, so without a code; nothing of the file stands
 * in them, so they can be shown as they are.
 */
export const FAILURE_TEXTS: Readonly<Record<FailureCode, Sentences>> = {
  ...FILE_TEXTS,
  ...SIGNATURE_TEXTS,
  ...CERTIFICATE_TEXTS,
  ...PROOF_TEXTS,
};
