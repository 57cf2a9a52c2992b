import { concatBytes, equalBytes } from "../../../shared/encoding/bytes.ts";
import { objectIdentifier, readElement, unsignedInteger, type Bytes } from "../../../formats/der/der.ts";
import { openDer } from "../../../formats/der/der-fields.ts";
import { hashName } from "./algorithm-identifier.ts";
import { checkAuthority, findAuthorityCertificate } from "./authority-certificate.ts";
import { verifyAuthoritySignature } from "./authority-signature.ts";
import { readToken, TST_INFO } from "./signed-statement.ts";
import { demand, TimestampFault } from "./timestamp-fault.ts";
import { readStatement } from "./tst-info.ts";

/** The most that a response may have; they have 2 to 8 KB. */
export const MAX_TIMESTAMP_RESPONSE = 64 * 1024;

const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

/** What was asked for: see `timestampRequest`. */
export interface ExpectedTimestamp {
  readonly imprint: Bytes;
  readonly nonce: Bytes;
}

/**
 * The TimeStampToken of a TimeStampResp (RFC 3161, 2.4.2), DER, for a signature to hold. It was granted; it answers this very question; it
 * is signed by the certificate in it that it names, which is for timestamps alone and was valid then. Whether that authority can be trusted is the
 * verifier's question. The response comes from a function of the page: at most 64 KB, nothing but DER, and everything else rejects with
 * {@link TimestampFault}.
 */
export async function readTimestampResponse(response: Uint8Array, expected: ExpectedTimestamp): Promise<Bytes> {
  demand(response.length <= MAX_TIMESTAMP_RESPONSE, "size", `${response.length} octets`);
  try {
    // the page may still hold the memory
    const token = readGranted(concatBytes(response));
    await checkToken(token, expected);
    return concatBytes(token);
  } catch (fault) {
    if (fault instanceof RangeError) throw new TimestampFault("encoding", fault.message);
    throw fault;
  }
}

function readGranted(response: Uint8Array): Uint8Array {
  const fields = openDer(response);
  const info = fields.inside(0x30);
  const status = info.unsigned().join(" ");
  // granted, grantedWithMods
  demand(status === "0" || status === "1", "status", `PKIStatus ${status}`);
  info.optional(0x30); // statusString
  info.optional(0x03); // failInfo
  info.end();
  const token = fields.next(0x30).encoding;
  fields.end();
  return token;
}

async function checkToken(encoding: Uint8Array, { imprint, nonce }: ExpectedTimestamp): Promise<void> {
  const token = readToken(encoding);
  const statement = readStatement(token.content);
  demand(statement.nonce !== undefined && equalBytes(statement.nonce, unsignedInteger(nonce)), "nonce", "not ours");
  const same = hashName(statement.imprintAlgorithm) === "SHA-256" && equalBytes(statement.imprint, imprint);
  demand(same, "imprint", "not ours");
  const certificate = await findAuthorityCertificate(token);
  checkAuthority(certificate, statement.time);
  const contentType = token.attributes.get(CONTENT_TYPE);
  demand(
    contentType !== undefined && equalBytes(contentType, objectIdentifier(TST_INFO)),
    "encoding",
    "the content-type attribute is not id-ct-TSTInfo",
  );
  const digest = new Uint8Array(await crypto.subtle.digest(token.digest, concatBytes(token.content)));
  const stated = token.attributes.get(MESSAGE_DIGEST);
  demand(
    stated?.[0] === 0x04 && equalBytes(readElement(stated).contents, digest),
    "digest",
    "the message-digest attribute is not that of the statement",
  );
  await verifyAuthoritySignature(token, certificate.publicKey);
}
