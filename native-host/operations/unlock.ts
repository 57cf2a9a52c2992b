import type { PinBytes } from "../../shared/protocol/pin-frame.ts";
import { JpkiApplet } from "../jpki/jpki-applet.ts";
import type { WatchedCard } from "./card-watch.ts";
import { OperationFault } from "./operation-fault.ts";
import { pinTransaction } from "./pin-transaction.ts";
import { signDigests } from "./sign.ts";

/** A signing key that signs, for as long as machines need: between `unlock` and `finish` one transaction stays open. */
export interface UnlockedCard {
  /** The signing certificate, DER. */
  readonly certificate: Uint8Array;
  /** One exchange a digest (the first may need a SELECT). A failure ends the session, then rejects; so does every later call. */
  sign(digests: readonly Uint8Array[]): Promise<Uint8Array[]>;
  /** Ends the session, after the signatures under way; resolves when the card is left without PIN state. May be called again. */
  finish(): Promise<void>;
}

/**
 * Presents the PIN once and reads the certificate, which no card gives before. Rejects like `verify` and `readCertificate`, the card
 * being left then. A session that nobody uses for `idleMilliseconds` ends by itself.
 */
export function unlock(card: WatchedCard, pin: PinBytes, idleMilliseconds: number): Promise<UnlockedCard> {
  return new Promise((resolve, reject) => {
    const held = pinTransaction(card.connection, async (connection) => {
      const applet = await JpkiApplet.select(connection, card.shortIds);
      await applet.verify("signing", pin.expose()).finally(() => pin.wipe());
      const certificate = await applet.readCertificate("signing");
      await new Promise<void>((release) => {
        const session = keepUnlocked(applet, idleMilliseconds, release);
        resolve({
          certificate,
          sign: (digests) =>
            session.sign(digests).catch(async (error: unknown) => {
              session.end();
              await held;
              throw error;
            }),
          finish: () => {
            session.end();
            return held;
          },
        });
      });
    });
    held.catch(reject);
  });
}

/** Uses of an applet that end together: once `release` is called, which waits for a use under way, the applet is not used again. */
function keepUnlocked(applet: JpkiApplet, idleMilliseconds: number, release: () => void) {
  let open = true;
  let using: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    if (!open) return;
    open = false;
    clearTimeout(idle);
    void using.finally(release);
  };
  let idle = setTimeout(end, idleMilliseconds);
  return {
    end,
    async sign(digests: readonly Uint8Array[]): Promise<Uint8Array[]> {
      if (!open) throw new OperationFault("card-unresponsive");
      clearTimeout(idle);
      const signing = signDigests(applet, digests);
      using = signing.catch(() => undefined);
      const signatures = await signing;
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- may have ended during the await
      if (open) idle = setTimeout(end, idleMilliseconds);
      return signatures;
    },
  };
}
