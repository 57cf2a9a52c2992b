import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { PAGE_ENDINGS } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/limits.ts";
import { BROKER_REASONS, brokerAnswerSchema, brokerToBridgeSchema } from "../../shared/protocol/broker-messages.ts";
import { ceremonyToBridgeSchema } from "../../shared/protocol/ceremony-messages.ts";
import { ATTRIBUTE_NAMES } from "../../shared/protocol/document-options.ts";
import { AVAILABILITIES, pageCallSchema, pageToBridgeSchema } from "../../shared/protocol/page-messages.ts";
import { isBrokerAnswer, isBrokerToBridge, isCeremonyToBridge, isPageCall, isPageToBridge } from "./message-shapes.ts";

/** The bridge's own small parsers say the same as the schemas that are the protocol. */
const some = fc.constantFrom;
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const text = (max: number, min = 0) => fc.string({ minLength: min, maxLength: max });
const id = some("0b0a8f1c-8a0e-4f57-9d3f-0f4c5d6e7f80", "3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a");
/** Decodes to 256 bits: that it does is for the ceremony's schema to say, and left out here. */
const challenge = fc
  .uint8Array({ minLength: 33, maxLength: 33 })
  .map((octets) => Buffer.from(octets).toString("base64"));
const bytes = fc.uint8Array({ maxLength: 4 }).map((octets) => octets.slice().buffer);
const blob = fc.uint8Array({ maxLength: 4 }).map((octets) => new Blob([octets.slice()]));
const signature = fc.record(
  {
    status: some("signed", "not-signed"),
    name: text(9),
    format: text(9),
    algorithm: some("RS256"),
    bytes: fc.nat(),
    type: text(9),
    digest: bytes,
    signature: bytes,
  },
  { requiredKeys: ["status", "name", "format"] },
);

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const option = maybe(text(20));
const words = {
  name: text(LIMITS.documentNameCharacters),
  type: text(LIMITS.mediaTypeCharacters),
};
const document = fc
  .record({
    ...words,
    format: maybe(text(64)),
    profile: maybe(text(64)),
    packaging: maybe(text(64)),
    xml: maybe(fc.record({ canonicalization: option, target: option })),
    pdf: maybe(
      fc.record({
        field: option,
        reason: option,
        location: option,
        stamp: maybe(fc.record({ page: number, x: number, y: number, width: number, height: number })),
      }),
    ),
    references: fc.array(fc.record({ ...words, data: blob }), { maxLength: 2 }),
    blind: fc.boolean(),
    octets: blob,
  })
  .map(({ blind, octets, ...rest }) => ({ ...rest, ...(blind ? { digest: octets } : { data: octets }) }));
const indexes = fc.array(number, { maxLength: 2 });
const attributes = fc.record(
  {
    name: text(9),
    address: text(9),
    birthDate: text(9),
    sex: some("male", "female", "unknown"),
    nameSubstitutes: indexes,
    addressSubstitutes: indexes,
    proof: text(9),
  },
  { requiredKeys: [] },
);

const MESSAGES = {
  "a page's call": {
    shape: isPageCall,
    schema: pageCallSchema,
    valid: fc.oneof(
      fc.record({
        operation: some("availability"),
        options: fc.record({ operation: text(64), format: text(64), profile: text(64) }, { requiredKeys: [] }),
      }),
      fc.record(
        { operation: some("authenticate"), lang: text(LIMITS.languageTagCharacters), challenge: fc.option(challenge) },
        { requiredKeys: ["operation", "challenge"] },
      ),
      fc.record({
        operation: some("sign"),
        lang: maybe(text(5)),
        purpose: maybe(text(LIMITS.purposeCharacters)),
        documents: fc.array(document, { minLength: 1, maxLength: 3 }),
        timestamp: fc.boolean(),
      }),
      fc.record(
        {
          operation: some("readAttributes"),
          lang: text(5),
          purpose: text(LIMITS.purposeCharacters),
          attributes: fc.uniqueArray(some(...ATTRIBUTE_NAMES), { minLength: 1 }),
          challenge: fc.option(challenge),
        },
        { requiredKeys: ["operation", "purpose", "attributes"] },
      ),
    ),
  },
  "a page's word": {
    shape: isPageToBridge,
    schema: pageToBridgeSchema,
    valid: fc.oneof(
      fc.record({ type: some("abort", "challenge-failed", "timestamp-failed") }),
      fc.record({ type: some("timestamp"), response: blob }),
      fc.record({ type: some("challenge"), challenge: text(99) }),
    ),
  },
  "the broker's answer": {
    shape: isBrokerAnswer,
    schema: brokerAnswerSchema,
    valid: fc.oneof(
      fc.record({ type: some("accepted", "withdrawn") }),
      fc.record({ type: some("availability"), availability: some(...AVAILABILITIES) }),
      fc.record({ type: some("refused"), reason: some(...BROKER_REASONS) }),
    ),
  },
  "the broker's word": {
    shape: isBrokerToBridge,
    schema: brokerToBridgeSchema,
    valid: fc.oneof(
      fc.record({ type: some("still-there"), id }),
      fc.record({ type: some("ended"), id, reason: some(...BROKER_REASONS) }),
    ),
  },
  "the ceremony's word": {
    shape: isCeremonyToBridge,
    schema: ceremonyToBridgeSchema,
    valid: fc.oneof(
      fc.record({ type: some("challenge-request", "piece-taken") }),
      fc.record({ type: some("timestamp-request"), request: bytes }),
      fc.record({ type: some("file-piece"), signature: number, bytes }),
      fc.record({ type: some("attributes"), result: attributes }),
      fc.record({ type: some("ending", "end", "refused"), ending: some(...PAGE_ENDINGS) }),
      fc.record({
        type: some("token"),
        token: fc.record({
          format: some("web-eid:1.0"),
          algorithm: some("RS256"),
          unverifiedCertificate: text(9),
          signature: text(9),
          appVersion: text(9),
        }),
      }),
      fc.record({
        type: some("signatures"),
        result: fc.record({ signatures: fc.array(signature, { maxLength: 2 }), certificate: bytes }),
      }),
    ),
  },
} as const satisfies Record<
  string,
  { shape: (value: unknown) => boolean; schema: v.GenericSchema; valid: fc.Arbitrary<object> }
>;

/** One place somewhere in a message. */
type Place = readonly [owner: Record<string, unknown>, key: string];

function places(value: unknown): Place[] {
  if (typeof value !== "object" || value === null || value instanceof Blob || value instanceof ArrayBuffer) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key) => [[owner, key] as const, ...places(owner[key])]);
}

const junk = fc.oneof(
  some(undefined, null, true, 0, -1, "", "x".repeat(600), [], {}, new Map(), new Uint8Array(1), new Blob([])),
  fc.string(),
);

describe.each(Object.entries(MESSAGES))("%s", (_name, { shape, schema, valid }) => {
  it("is taken as the schema takes it", () => {
    fc.assert(
      fc.property(valid, (message) => {
        expect([shape(message), v.is(schema, message)]).toEqual([true, true]);
      }),
      { numRuns: 50 },
    );
  });

  it("is refused as the schema refuses it, whatever was put, left out or added at any place", () => {
    fc.assert(
      fc.property(valid, fc.nat(), junk, some("put", "drop", "add"), (original, where, value, how) => {
        const message = structuredClone(original);
        const all = places(message);
        const [owner, key] = all[where % all.length] ?? [{}, ""];
        if (how === "put") owner[key] = value;
        else if (how === "drop") Reflect.deleteProperty(owner, key);
        else owner["more"] = value;
        expect(shape(message)).toBe(v.is(schema, message));
      }),
      { numRuns: 300 },
    );
  });

  it.each([undefined, null, 1, "abort", [], {}, { type: "news" }])("is not %j", (message) => {
    expect(shape(message)).toBe(false);
  });
});
