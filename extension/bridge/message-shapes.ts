import { PAGE_ENDINGS } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/limits.ts";
import { BROKER_REASONS, type BrokerAnswer, type BrokerToBridge } from "../../shared/protocol/broker-messages.ts";
import type { CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";
import { ATTRIBUTE_NAMES } from "../../shared/protocol/document-options.ts";
import { AVAILABILITIES, type PageCall, type PageToBridge } from "../../shared/protocol/page-messages.ts";
import { blob, buffer, either, list, maybe, number, oneOf, record, text, where, type Shape } from "./shape.ts";

const short = text(64);
const maybeShort = maybe(short);
const maybeBuffer = maybe(buffer);
const lang = maybe(text(LIMITS.languageTagCharacters));

/** That it decodes to 256 bits is for the ceremony's schema to say. */
const challenge = text(LIMITS.challengeCharacters.max, LIMITS.challengeCharacters.min);
const lateChallenge = either(challenge, oneOf(null));
const purpose = text(LIMITS.purposeCharacters * 2);

const name = text(LIMITS.documentNameCharacters * 2);
const type = text(LIMITS.mediaTypeCharacters);
const option = maybe(text(LIMITS.optionCharacters * 2));
const pdf = record({
  field: option,
  reason: option,
  location: option,
  stamp: maybe(record({ page: number, x: number, y: number, width: number, height: number })),
});
const document = where(
  record({
    name,
    type,
    format: maybeShort,
    profile: maybeShort,
    packaging: maybeShort,
    xml: maybe(record({ canonicalization: maybe(text(128)), target: option })),
    pdf: maybe(pdf),
    data: maybe(blob),
    digest: maybe(blob),
    references: list(record({ name, type, data: blob }), LIMITS.referencesPerDocument),
  }),
  (given) => (given.data === undefined) !== (given.digest === undefined),
);
const attributeNames = where(
  list(oneOf(...ATTRIBUTE_NAMES), ATTRIBUTE_NAMES.length, 1),
  (names) => new Set(names).size === names.length,
);

/** From the page: any of its scripts may have made it. */
export const isPageCall: Shape<PageCall> = either(
  either(
    record({
      operation: oneOf("availability"),
      options: record({ operation: maybeShort, format: maybeShort, profile: maybeShort }),
    }),
    record({ operation: oneOf("authenticate"), lang, challenge: lateChallenge }),
  ),
  either(
    record({
      operation: oneOf("sign"),
      lang,
      purpose: maybe(purpose),
      documents: list(document, LIMITS.documentsPerCall, 1),
      timestamp: oneOf(true, false),
    }),
    record({
      operation: oneOf("readAttributes"),
      lang,
      purpose,
      attributes: attributeNames,
      challenge: maybe(lateChallenge),
    }),
  ),
);

/** From the page, on the call's own port. */
export const isPageToBridge: Shape<PageToBridge> = either(
  record({ type: oneOf("abort", "challenge-failed", "timestamp-failed") }),
  either(record({ type: oneOf("challenge"), challenge: text() }), record({ type: oneOf("timestamp"), response: blob })),
);

const id = text(36, 36);
const reason = oneOf(...BROKER_REASONS);

/** From the broker, in answer. */
export const isBrokerAnswer: Shape<BrokerAnswer> = either(
  record({ type: oneOf("accepted", "withdrawn") }),
  either(
    record({ type: oneOf("availability"), availability: oneOf(...AVAILABILITIES) }),
    record({ type: oneOf("refused"), reason }),
  ),
);

/** From the broker, unasked. */
export const isBrokerToBridge: Shape<BrokerToBridge> = either(
  record({ type: oneOf("still-there"), id }),
  record({ type: oneOf("ended"), id, reason }),
);

const signature = record({
  status: oneOf("signed", "not-signed"),
  name: text(),
  format: text(),
  algorithm: maybe(oneOf("RS256")),
  bytes: maybe(number),
  type: maybe(text()),
  digest: maybeBuffer,
  signature: maybeBuffer,
});
const token = record({
  format: oneOf("web-eid:1.0"),
  algorithm: oneOf("RS256"),
  unverifiedCertificate: text(),
  signature: text(),
  appVersion: text(),
});
const maybeText = maybe(text());
const maybeIndexes = maybe(list(number));
const attributes = record({
  name: maybeText,
  address: maybeText,
  birthDate: maybeText,
  sex: maybe(oneOf("male", "female", "unknown")),
  nameSubstitutes: maybeIndexes,
  addressSubstitutes: maybeIndexes,
  proof: maybeText,
});

/** From the ceremony window. */
export const isCeremonyToBridge: Shape<CeremonyToBridge> = either(
  either(
    either(
      record({ type: oneOf("challenge-request", "piece-taken") }),
      record({ type: oneOf("timestamp-request"), request: buffer }),
    ),
    either(
      record({ type: oneOf("ending", "end", "refused"), ending: oneOf(...PAGE_ENDINGS) }),
      record({ type: oneOf("file-piece"), signature: number, bytes: buffer }),
    ),
  ),
  either(
    either(record({ type: oneOf("token"), token }), record({ type: oneOf("attributes"), result: attributes })),
    record({
      type: oneOf("signatures"),
      result: record({ signatures: list(signature), certificate: buffer }),
    }),
  ),
);
