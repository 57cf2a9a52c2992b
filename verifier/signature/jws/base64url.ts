import { Refusal } from "../../verdict/failure.ts";

/**
 * Octets from base64url without padding (RFC 7515, 2), in its one form: the bits that are left over at the end are 0. Refused: `file-broken`; `what` says
 * which part it is.
 */
export function decodeBase64url(text: string, what: string): Uint8Array {
  const octets = Buffer.from(text, "base64url");
  // Buffer skips what it doesn't know, takes the other alphabet and padding too: only the one form comes back as it was
  if (octets.toString("base64url") !== text) throw new Refusal("file-broken", `${what} is no base64url`);
  return octets;
}
