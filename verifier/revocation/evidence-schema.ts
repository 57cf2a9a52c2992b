import * as v from "valibot";
import { VERDICTS } from "../verdict/verdict.ts";
import { LABEL_LENGTH, type Evidence } from "./evidence.ts";
import { REVOCATION_REASONS, UNKNOWN_REASONS, type RevocationReason } from "./revocation-source.ts";

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);
const proof = v.variant("kind", [
  v.strictObject({
    kind: v.literal("crl"),
    sha256: hash,
    number: v.exactOptional(v.pipe(v.string(), v.regex(/^\d{1,49}$/))),
    thisUpdate: time,
    nextUpdate: time,
    revokedLater: v.exactOptional(time),
  }),
  v.strictObject({
    kind: v.literal("ocsp"),
    producedAt: time,
    thisUpdate: time,
    nextUpdate: v.exactOptional(time),
    responder: hash,
    revokedLater: v.exactOptional(time),
  }),
]);
const isReason = (reason: unknown): boolean =>
  reason !== undefined && REVOCATION_REASONS.some((known) => known === reason);

/** What is taken as {@link Evidence}: exactly that, and nothing beside it. */
export const EVIDENCE_SCHEMA: v.GenericSchema<unknown, Evidence> = v.strictObject({
  version: v.literal(1),
  subject: v.strictObject({ sha256: hash, label: v.exactOptional(v.pipe(v.string(), v.maxLength(LABEL_LENGTH))) }),
  certificate: v.strictObject({
    kind: v.picklist(["authentication", "signing"]),
    authorityFingerprint: hash,
    issuerNameHash: hash,
    serialNumber: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2}){1,20}$/)),
    distributionPointHash: v.exactOptional(hash),
    notAfter: time,
  }),
  judgedAt: time,
  judgedBy: v.picklist(["timestamp", "at", "now"]),
  verdict: v.picklist(VERDICTS),
  revocation: v.variant("status", [
    v.strictObject({ status: v.literal("good"), proof }),
    v.strictObject({
      status: v.literal("revoked"),
      revokedAt: time,
      reason: v.exactOptional(v.custom<RevocationReason>(isReason)),
      proof,
    }),
    v.strictObject({ status: v.literal("unknown"), why: v.picklist(UNKNOWN_REASONS) }),
    v.strictObject({ status: v.literal("not-asked") }),
  ]),
  test: v.boolean(),
});
