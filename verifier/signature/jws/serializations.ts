import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { asObject, readStrictObject, type StrictObject } from "./strict-json.ts";

/** One signature of a JWS. */
export interface SerializedSignature {
  /** base64url of the protected header. */
  readonly header: string;
  /** Names of the members of the header that nobody signed; none of them is believed. */
  readonly unprotected: readonly string[];
  /** base64url of the value. */
  readonly value: string;
}

/** A JWS taken apart (RFC 7515, 7), nothing decoded. */
export interface SerializedJws {
  /** As it stands there; `undefined` where there is no place for it. */
  readonly payload: string | undefined;
  /** At least one. */
  readonly signatures: readonly SerializedSignature[];
}

/** Each costs a signature to check. */
const MOST_SIGNATURES = 16;

/**
 * Takes a JWS apart: the compact serialization, or JSON in its flattened or general form. Refused: `file-broken`, `file-ambiguous` (a name twice, both
 * forms at once), `no-signature`, `too-large` (more than 16 signatures).
 */
export function readSerialization(file: Uint8Array): SerializedJws {
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  return /^[ \t\r\n]*\{/.test(text.slice(0, 1024)) ? readJson(file) : readCompact(text);
}

/** The three parts of a compact JWS, an empty payload as such. Refused: `file-broken`. */
export function readCompact(text: string): SerializedJws & { readonly payload: string } {
  const first = text.indexOf(".");
  const second = text.indexOf(".", first + 1);
  const isWhole = first > 0 && second > 0 && !text.includes(".", second + 1);
  refuseUnless(isWhole, "file-broken", "not the three parts of a JWS");
  const [header, payload, value] = [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
  return { payload, signatures: [{ header, unprotected: [], value }] };
}

function readJson(file: Uint8Array): SerializedJws {
  const jws = readStrictObject(file, "the JWS");
  const payload = jws.has("payload") ? textOf(jws, "payload") : undefined;
  if (!jws.has("signatures")) {
    refuseUnless(jws.has("signature"), "no-signature", "JSON without a signature");
    return { payload, signatures: [readSignature(jws)] };
  }
  const both = ["signature", "protected", "header"].some((name) => jws.has(name));
  refuseUnless(!both, "file-ambiguous", "the flattened and the general form at once");
  const list = jws.get("signatures");
  refuseUnless(Array.isArray(list), "file-broken", "signatures is no list");
  const items: readonly unknown[] = list;
  refuseUnless(items.length > 0, "no-signature", "no signature in the list");
  refuseUnless(items.length <= MOST_SIGNATURES, "too-large", `more than ${MOST_SIGNATURES} signatures`);
  return { payload, signatures: items.map((item) => readSignature(asObject(item, "a signature"))) };
}

function readSignature(jws: StrictObject): SerializedSignature {
  const unprotected = jws.has("header") ? [...asObject(jws.get("header"), "header").keys()] : [];
  return { header: textOf(jws, "protected"), unprotected, value: textOf(jws, "signature") };
}

function textOf(jws: StrictObject, name: string): string {
  const value = jws.get(name);
  if (typeof value !== "string") throw new Refusal("file-broken", `${name} is no text`);
  return value;
}
