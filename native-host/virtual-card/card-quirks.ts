import * as v from "valibot";

const octets = (standard: number) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2048)), standard);

/**
 * How cards differ from each other, or misbehave: every field may be left out and then means an ordinary current plastic card.
 * A key that is not named here is refused.
 */
export const cardQuirksSchema = v.strictObject({
  /** `false`: short EF ids are refused (6A86) in READ BINARY, VERIFY and signing; files have to be selected first. */
  shortFileIds: v.optional(v.boolean(), true),
  /** The octet that fills a file behind its certificate; cards of both kinds were reported. */
  filler: v.optional(v.picklist(["FF", "00"]), "FF"),
  /** What VERIFY answers when no try is left; both were reported. */
  blockedStatusWord: v.optional(v.picklist(["6984", "6983"]), "6984"),
  /** A reset leaves PIN state alive, as surveyed cards do; only power loss or another application ends it. */
  keepPinStateOverReset: v.optional(v.boolean(), true),
  /** The first command after the power came on is answered 6F00, whatever it was. */
  firstCommandFails: v.optional(v.boolean(), false),
  /** How long a signature takes; a real chip needs several hundred milliseconds. */
  slowKeyMilliseconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000)), 0),
  /** A telephone: the authentication certificate can be read only after its PIN, and the token has the telephone's label. */
  phoneMode: v.optional(v.boolean(), false),
  /** No signing certificate, key or PIN, as for under-fifteens, whoever the person is. */
  noSigningKey: v.optional(v.boolean(), false),
  /** The dates of both certificates, seen from the clock of this computer. */
  certificateValidity: v.optional(v.picklist(["current", "expired", "not-yet-valid"]), "current"),
  /** Certificates are padded up to so many octets where they are shorter (1,500: six reads of 256; 2,000: eight). 0: not padded. */
  certificateOctets: v.optional(v.strictObject({ authentication: octets(1500), signing: octets(2000) }), {}),
  /** The card is gone after it has answered so many commands since it was put in; the next one finds no card. */
  removedAfterCommands: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Some other card: it knows no JPKI application (6A82). */
  anotherKindOfCard: v.optional(v.boolean(), false),
  /** In the reader, but without an answer to reset: put in the wrong way round, or broken. */
  unresponsive: v.optional(v.boolean(), false),
});

/** See {@link cardQuirksSchema}; every field that has a standard is filled. */
export type CardQuirks = v.InferOutput<typeof cardQuirksSchema>;

/** An ordinary card. */
export const ORDINARY_CARD: CardQuirks = v.parse(cardQuirksSchema, {});
