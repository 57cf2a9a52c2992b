import { PAGE_ENDINGS } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/limits.ts";
import { BROKER_REASONS, type BrokerAnswer, type BrokerToBridge } from "../../shared/protocol/broker-messages.ts";
import type { CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";
import { AVAILABILITIES, type PageCall, type PageToBridge } from "../../shared/protocol/page-messages.ts";
import { blob, buffer, either, list, maybe, oneOf, record, text, type Shape } from "./shape.ts";

const short = text(64);
const maybeShort = maybe(short);
const maybeBuffer = maybe(buffer);
const lang = maybe(text(LIMITS.languageTagCharacters));

/** That it decodes to 256 bits is for the ceremony's schema to say. */
const challenge = text(LIMITS.challengeCharacters.max, LIMITS.challengeCharacters.min);

/** From the page: any of its scripts may have made it. */
export const isPageCall: Shape<PageCall> = either(
  record({
    operation: oneOf("availability"),
    options: record({ operation: maybeShort, format: maybeShort, profile: maybeShort }),
  }),
  either(
    record({ operation: oneOf("authenticate"), lang, challenge: either(challenge, oneOf(null)) }),
    record({
      operation: oneOf("sign"),
      lang,
      purpose: maybe(text(LIMITS.purposeCharacters * 2)),
      documents: list(
        record({
          name: text(LIMITS.documentNameCharacters * 2),
          type: text(LIMITS.mediaTypeCharacters),
          format: short,
          profile: maybeShort,
          packaging: maybeShort,
          data: blob,
        }),
        LIMITS.documentsPerCall,
        1,
      ),
    }),
  ),
);

/** From the page, on the call's own port. */
export const isPageToBridge: Shape<PageToBridge> = either(
  record({ type: oneOf("abort", "challenge-failed") }),
  record({ type: oneOf("challenge"), challenge: text() }),
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

/** From the ceremony window. */
export const isCeremonyToBridge: Shape<CeremonyToBridge> = either(
  either(
    record({ type: oneOf("challenge-request") }),
    record({ type: oneOf("ending", "end"), ending: oneOf(...PAGE_ENDINGS) }),
  ),
  either(
    record({
      type: oneOf("token"),
      token: record({
        format: oneOf("web-eid:1.0"),
        algorithm: oneOf("RS256"),
        unverifiedCertificate: text(),
        signature: text(),
        appVersion: text(),
      }),
    }),
    record({
      type: oneOf("signatures"),
      result: record({
        signatures: list(
          record({
            status: oneOf("signed", "not-signed"),
            name: text(),
            format: text(),
            algorithm: maybe(oneOf("RS256")),
            file: maybeBuffer,
            type: maybe(text()),
            digest: maybeBuffer,
            signature: maybeBuffer,
          }),
        ),
        certificate: buffer,
      }),
    }),
  ),
);
