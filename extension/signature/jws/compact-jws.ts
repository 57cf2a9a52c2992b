import { encodeBase64 } from "../../../shared/encoding/base64.ts";
import { concatBytes } from "../../../shared/encoding/bytes.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { sha256 } from "../sha256.ts";
import { encodeBase64url } from "./base64url.ts";

const DOT = new TextEncoder().encode(".");

/** What the header says beside algorithm and certificate. */
export interface JwsContent {
  /** `typ`: keeps one kind of JWS from being taken for another (RFC 8725, 3.11). */
  readonly type: string;
  /** `cty`: the payload's media type. */
  readonly contentType?: string | undefined;
  /** As it is signed: base64url of the octets, or with {@link JwsContent.unencoded} the octets themselves. */
  readonly payload: Bytes;
  /** RFC 7797: the payload is signed unencoded and stays outside. */
  readonly unencoded?: boolean;
}

/** A JWS that lacks nothing but the signature value. */
export interface PreparedJws {
  /** SHA-256 of the JWS signing input, for the card. */
  readonly toBeSigned: Bytes;
  /** The compact serialization (RFC 7515, 7.1), ASCII. */
  readonly finish: (signature: Bytes) => Bytes;
}

/**
 * A JWS with RS256 and the signer's certificate in its protected header, as `x5c` and by its hash `x5t#S256` (RFC 7515, 4.1.6 and 4.1.8). With
 * an unencoded payload, `b64` is false and critical, and the payload's place is empty (RFC 7797, 5 and 6).
 */
export async function prepareCompactJws(certificate: Bytes, content: JwsContent): Promise<PreparedJws> {
  const text = new TextEncoder();
  const header = {
    alg: "RS256",
    typ: content.type,
    ...(content.contentType && { cty: content.contentType }),
    ...(content.unencoded && { b64: false, crit: ["b64"] }),
    x5c: [encodeBase64(certificate)],
    "x5t#S256": new TextDecoder().decode(encodeBase64url(await sha256(certificate))),
  };
  const protectedHeader = encodeBase64url(text.encode(JSON.stringify(header)));
  const signingInput = concatBytes(protectedHeader, DOT, content.payload);
  const toBeSigned = await sha256(signingInput);
  const shown = content.unencoded ? concatBytes(protectedHeader, DOT) : signingInput;
  return { toBeSigned, finish: (signature) => concatBytes(shown, DOT, encodeBase64url(signature)) };
}
