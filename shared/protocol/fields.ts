import * as v from "valibot";
import { decodeBase64 } from "../encoding/base64.ts";
import { LIMITS } from "../limits.ts";

/** The two keys of the card: `authentication` (4-digit PIN) proves "it is me", `signing` (6 to 16 characters) signs documents. */
export const keySchema = v.picklist(["authentication", "signing"]);
/** See {@link keySchema}. */
export type KeyName = v.InferOutput<typeof keySchema>;

/** Standard base64 with padding of at most `bytes` octets; stays text. */
export const base64Schema = (bytes: number) =>
  v.pipe(
    v.string(),
    v.maxLength(Math.ceil(bytes / 3) * 4),
    v.check((text) => decodeBase64(text) !== undefined, "not base64"),
  );

/**
 * An https origin without path, as browsers serialise it (`https://forms.example.go.jp`). Letters, digits, hyphens and dots only: a URL
 * parser also takes `https://*.example.go.jp`, and a trailing dot, for the name of one host.
 */
export const originSchema = v.pipe(
  v.string(),
  v.maxLength(LIMITS.originCharacters),
  v.regex(/^https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?$/),
  v.check((text) => {
    try {
      const url = new URL(text);
      return url.protocol === "https:" && url.origin === text;
    } catch {
      return false;
    }
  }, "not an https origin"),
);

/** Base64 text of 256 bits or more, signed as text (Web eID authentication token, 44 to 128 characters). */
export const challengeSchema = v.pipe(
  v.string(),
  v.minLength(LIMITS.challengeCharacters.min),
  v.maxLength(LIMITS.challengeCharacters.max),
  v.check((text) => (decodeBase64(text)?.length ?? 0) >= 32, "not base64 of 256 bits"),
);

/** The identifier of one call, made by the bridge with `crypto.randomUUID()`. */
export const callIdSchema = v.pipe(v.string(), v.uuid());
