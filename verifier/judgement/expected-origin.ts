import type { Trust } from "../certificate/authority.ts";

/** `http://localhost`, with or without a port: where a site is developed. */
const LOCALHOST = /^http:\/\/localhost(:\d+)?$/;
/** Characters of a challenge: 32 octets in base64 are 44, and Web eID takes 128 at most. */
const CHALLENGE_LENGTHS = { least: 44, most: 128 };

/** The https origin that was last found sound: a site has one. */
let known: unknown = Symbol("none");

/** Whether an origin is one of a developer's machine, for which only tests' certificates count. */
export const isLocalhost = (origin: string): boolean => LOCALHOST.test(origin);

/**
 * Throws `TypeError` unless `origin` is the serialization of an https origin (RFC 6454, 6.2: `https://forms.example.go.jp`; lower-case, no slash at the end, no
 * `:443`), or `http://localhost[:port]` where the trust has authorities for tests.
 */
export function requireOrigin(origin: unknown, trust: Trust): void {
  if (origin === known) return;
  const serialized = typeof origin === "string" && URL.canParse(origin) ? new URL(origin) : undefined;
  if (serialized === undefined || serialized.origin !== origin) {
    throw new TypeError(`origin must be written as https://forms.example.go.jp, and is ${String(origin)}`);
  }
  if (serialized.protocol === "https:") {
    known = origin;
    return;
  }
  if (!isLocalhost(serialized.origin)) throw new TypeError(`origin must be https, and is ${serialized.origin}`);
  if (!trust.authorities.some(({ test }) => test)) {
    throw new TypeError("an origin on http://localhost is for tests: trust has no testAuthorities");
  }
}

/** Throws `TypeError` for a challenge that `createChallengeStore` can't have issued: shorter than 44 or longer than 128 characters. */
export function requireChallenge(challenge: unknown): void {
  if (challenge === undefined) return;
  const { least, most } = CHALLENGE_LENGTHS;
  if (typeof challenge !== "string" || challenge.length < least || challenge.length > most) {
    throw new TypeError(`challenge must have ${least} to ${most} characters: base64 of 32 random octets or more`);
  }
}
