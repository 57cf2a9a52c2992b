import {
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
  unsignedInteger,
  yes,
  type Bytes,
} from "../../../formats/der/der.ts";
import { ALGORITHM_IDS } from "./algorithm-identifier.ts";

/**
 * A TimeStampReq (RFC 3161, 2.4.1), DER: version 1, the SHA-256 `imprint` (32 octets), `nonce` as an unsigned number, and the wish to have the
 * authority's certificate in the token. No policy is asked for: the site chose its authority.
 */
export function timestampRequest(imprint: Bytes, nonce: Bytes): Bytes {
  const messageImprint = sequence(sequence(objectIdentifier(ALGORITHM_IDS.sha256), nothing), octetString(imprint));
  return sequence(smallInteger(1), messageImprint, unsignedInteger(nonce), yes);
}
