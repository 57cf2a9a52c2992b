import * as v from "valibot";
import { originSchema } from "../protocol/fields.ts";

const words = v.pipe(v.string(), v.maxLength(120));

/**
 * One approved origin and the organisation behind it. For now a list in `storage.local` (key {@link APPROVALS_KEY}); sources,
 * patterns, signed lists and admin policy come with the approval of sites and keep this entry.
 */
export const approvalSchema = v.strictObject({
  origin: v.pipe(
    originSchema,
    v.check((origin) => new URL(origin).port === "", "a port is never approved"),
  ),
  organisation: v.strictObject({
    ja: words,
    en: words,
    /** Hiragana. */
    reading: words,
    /** For the stopping screens; as written on the office's page. */
    phone: v.optional(words),
    hours: v.optional(words),
  }),
  /** Whether this site may have a digest signed in place of a document, which nobody can read. */
  blindSigning: v.optional(v.boolean()),
});
/** See {@link approvalSchema}. */
export type Approval = v.InferOutput<typeof approvalSchema>;

/** The whole list, as it stands in storage. */
export const approvalsSchema = v.array(approvalSchema);

/** Key in `storage.local`. */
export const APPROVALS_KEY = "approvals";

/** The entry that approves `origin`, exactly. */
export function findApproval(approvals: readonly Approval[], origin: string): Approval | undefined {
  return approvals.find((approval) => approval.origin === origin);
}
