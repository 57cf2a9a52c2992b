import type { HostResult } from "../../shared/protocol/host-messages.ts";
import type { AuthenticationToken } from "../../shared/protocol/page-messages.ts";
import { APP_VERSION } from "../../shared/protocol/version.ts";

/**
 * The Web eID authentication token (`web-eid:1.0`) of a login. The card's signature stands over `SHA-256(origin) ‖ SHA-256(challenge)`,
 * which the host made itself; certificate (DER) and signature are standard base64.
 */
export function buildAuthenticationToken(result: HostResult<"authenticate">): AuthenticationToken {
  return {
    format: "web-eid:1.0",
    algorithm: result.algorithm,
    unverifiedCertificate: result.certificate,
    signature: result.signature,
    appVersion: APP_VERSION,
  };
}
