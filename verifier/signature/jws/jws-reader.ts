import { ATTRIBUTES_PROOF_TYPE } from "../attributes-proof/proof-type.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import { checkContentBeside, contentBeside } from "../given-content.ts";
import type { DetachedContent, FoundSignature, RefusedSignature, SignatureReader } from "../found-signature.ts";
import { decodeBase64url } from "./base64url.ts";
import { readProtectedHeader, type ProtectedHeader } from "./protected-header.ts";
import { readSerialization, type SerializedSignature } from "./serializations.ts";

/** Larger files are refused unread: a document of 64 MB in base64url. */
const LARGEST = 90 * 1024 * 1024;
/** All signing inputs of a file together: each signature has one of its own, with all of the payload in it. */
const LARGEST_INPUTS = 256 * 1024 * 1024;
/** Members of a header that decide something: they have to be signed. */
const DECIDING = ["alg", "b64", "crit", "typ", "x5c", "x5t", "x5t#S256", "jku", "jwk", "x5u"];

/** The payload, or what stands beside the file in its place. */
interface Payload {
  readonly octets: Uint8Array;
  /** As it stands in the file, base64url; `undefined` for content beside it. */
  readonly encoded: string | undefined;
}

/**
 * Reads JWS (RFC 7515), compact or JSON, with the payload inside, or beside it, encoded (appendix F) or as it is (RFC 7797). Content beside a file that holds its
 * own must be the same; an empty payload with nothing beside it is an empty document. Refused as a file: `too-large`, `file-broken`, `file-ambiguous`,
 * `no-signature`, `content-missing` (also where only a digest was given: the header is hashed together with the content), `content-unexpected`,
 * `content-differs`.
 */
export const readJws: SignatureReader = (file, { content }) =>
  Promise.resolve().then(() => {
    refuseUnless(file.length <= LARGEST, "too-large", `JWS of ${file.length} octets`);
    const { payload, signatures } = readSerialization(file);
    const chosen = choosePayload(payload, content);
    const inputs = (chosen.octets.length * 4 * signatures.length) / 3;
    refuseUnless(inputs <= LARGEST_INPUTS, "too-large", `${signatures.length} signatures over so large a payload`);
    return signatures.map((signature, index) => readOne(signature, chosen, `signature ${index + 1}`));
  });

function choosePayload(payload: string | undefined, beside: DetachedContent | undefined): Payload {
  // an empty payload is one that was taken out, wherever something is given to put there
  if (payload === undefined || (payload === "" && beside !== undefined)) {
    const given = contentBeside(beside);
    refuseUnless(given instanceof Uint8Array, "content-missing", "a JWS needs all of its content");
    return { octets: given, encoded: undefined };
  }
  const octets = decodeBase64url(payload, "the payload");
  checkContentBeside(beside, octets);
  return { octets, encoded: payload };
}

function readOne(signature: SerializedSignature, payload: Payload, label: string): FoundSignature | RefusedSignature {
  try {
    const header = readProtectedHeader(signature.header);
    const proof = header.type === ATTRIBUTES_PROOF_TYPE;
    refuseUnless(!proof, "proof-is-no-document", "a proof of attributes");
    refuseUnless(
      !/(?:^|\+)jwt$/.test(header.type ?? ""),
      "file-unsupported",
      `a token of the type ${header.type ?? ""}`,
    );
    const doubled = signature.unprotected.find((name) => DECIDING.includes(name) || header.names.has(name));
    refuseUnless(doubled === undefined, "file-ambiguous", `${doubled ?? ""} outside of what is signed`);
    return {
      format: "jws",
      certificate: header.certificate,
      algorithm: header.algorithm,
      signed: signingInput(signature.header, header, payload),
      value: decodeBase64url(signature.value, "the signature"),
      claimedTime: undefined,
      coverage: { kind: "content", whole: true, octets: payload.octets },
      timestamps: [],
      label,
    };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const check = thrown.code.startsWith("content-") ? "content" : "form";
    return { refusal: thrown, label, check, format: "jws" };
  }
}

/** RFC 7515, 5.1, and RFC 7797, 3. */
function signingInput(encodedHeader: string, { unencoded }: ProtectedHeader, { octets, encoded }: Payload): Uint8Array {
  if (!unencoded) return Buffer.from(`${encodedHeader}.${encoded ?? base64url(octets)}`, "latin1");
  // an empty place in the compact form is content that was not given
  refuseUnless(encoded !== "", "content-missing", "the content is signed as it is, and not here");
  refuseUnless(encoded === undefined, "file-unsupported", "a payload inside that is not encoded");
  return Buffer.concat([Buffer.from(`${encodedHeader}.`, "latin1"), octets]);
}

const base64url = (octets: Uint8Array): string =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("base64url");
