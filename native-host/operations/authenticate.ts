import { encodeBase64 } from "../../shared/encoding/base64.ts";
import type { HostResult } from "../../shared/protocol/host-messages.ts";
import type { PinBytes } from "../../shared/protocol/pin-frame.ts";
import { JpkiApplet } from "../jpki/jpki-applet.ts";
import type { WatchedCard } from "./card-watch.ts";
import { loginInput } from "./login-input.ts";
import { pinTransaction } from "./pin-transaction.ts";

/** Who asks, from `watch`, and what for, from `authenticate`. */
export interface LoginRequest {
  readonly origin: string;
  readonly challenge: string;
}

/**
 * Presents the PIN once and signs the login input, in one short transaction after which the card has no PIN state. `answer` is called as
 * soon as the signature is there; the promise settles when the card is left. A phone's certificate is read behind the PIN.
 */
export function authenticate(
  card: WatchedCard,
  pin: PinBytes,
  { origin, challenge }: LoginRequest,
  answer: (result: HostResult<"authenticate">) => void,
): Promise<void> {
  return pinTransaction(card.connection, async (connection) => {
    const applet = await JpkiApplet.select(connection, card.shortIds);
    await applet.verify("authentication", pin.expose()).finally(() => pin.wipe());
    const certificate = card.certificate ?? (await applet.readCertificate("authentication"));
    const signature = await applet.sign("authentication", loginInput(origin, challenge));
    answer({ algorithm: "RS256", certificate: encodeBase64(certificate), signature: encodeBase64(signature) });
  });
}
