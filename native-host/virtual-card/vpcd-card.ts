import { createConnection, type Socket } from "node:net";
import { openCardSlot, type CardSlot, type InsertedCard } from "./card-slot.ts";
import { ANSWER_TO_RESET } from "./virtual-jpki-card.ts";

/** Where the virtual reader of `pcscd` (vpcd) waits for its card. */
export const VPCD_PORT = 35963;

const RETRY_MILLISECONDS = 200;
/** The reader looks for its card a few times a second: one that comes back sooner was never away. */
const AWAY_MILLISECONDS = 1000;

/**
 * What happens to the card in the virtual reader. `powered`: it has power for the first time since it was put in, and programs can use
 * it. `absent`: `card.json` keeps it out of the reader.
 */
export type VpcdEvent = "inserted" | "powered" | "removed" | "absent";

/** How a card gets into the virtual reader. */
export interface VpcdCardOptions {
  /** The virtual card's folder, with its `card.json`. */
  readonly folder: string;
  readonly port?: number;
  /** Ends the card: it leaves the reader. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: VpcdEvent) => void;
}

/**
 * Puts the virtual card of a folder into the virtual reader of `pcscd` on this computer, so that every PC/SC program can use it. Follows
 * `card.json` (`service`, `reader` and `unresponsive` can't be played with a real service: the card is absent instead), and comes back when
 * the service was away. Resolves when `signal` aborts; throws `CardFileError`.
 */
export async function runVpcdCard({ folder, port = VPCD_PORT, signal, onEvent }: VpcdCardOptions): Promise<void> {
  const slot = openCardSlot(folder);
  let awayUntil = 0;
  try {
    while (!signal.aborted) {
      const { card } = slot.state();
      if (card === undefined || card.unresponsive) {
        onEvent?.("absent");
        await change(slot, signal);
      } else if (Date.now() < awayUntil) await pause(awayUntil - Date.now(), signal);
      else if (await stayInReader(card, port, AbortSignal.any([signal, card.removed]), onEvent)) {
        awayUntil = Date.now() + AWAY_MILLISECONDS;
      } else await pause(RETRY_MILLISECONDS, signal);
    }
  } finally {
    slot.close();
  }
}

/** Resolves when the card left the reader; to `false` when it was never in. */
function stayInReader(
  card: InsertedCard,
  port: number,
  leave: AbortSignal,
  onEvent: VpcdCardOptions["onEvent"],
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port, noDelay: true });
    let inserted = false;
    // an answer that was already given still arrives
    const pullOut = (): void => socket.destroySoon();
    leave.addEventListener("abort", pullOut, { once: true });
    socket.on("connect", () => {
      inserted = true;
      onEvent?.("inserted");
    });
    answer(socket, card, () => onEvent?.("powered"));
    // a refused connection: there is no service yet
    socket.on("error", pullOut);
    socket.on("close", () => {
      leave.removeEventListener("abort", pullOut);
      // the reader is gone, and with it the power
      card.powerOff();
      if (inserted) onEvent?.("removed");
      resolve(inserted);
    });
    if (leave.aborted) pullOut();
  });
}

/** The reader's messages: two octets of length, then a control code of one octet or a command APDU; in order, one at a time. */
function answer(socket: Socket, card: InsertedCard, powered: () => void): void {
  let received = Buffer.alloc(0);
  let told = false;
  let work = Promise.resolve();
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE()) {
      const message = Uint8Array.from(received.subarray(2, 2 + received.readUInt16BE()));
      received = received.subarray(2 + message.length);
      work = work.then(() => handle(message)).catch(() => void socket.destroy());
    }
  });
  function send(message: Uint8Array): void {
    const frame = Buffer.alloc(2 + message.length);
    frame.writeUInt16BE(message.length);
    frame.set(message, 2);
    socket.write(frame);
  }
  async function handle(message: Uint8Array): Promise<void> {
    if (message.length > 1) {
      if (!card.powered) card.powerOn();
      send(await card.transmit(message));
      return;
    }
    switch (message[0]) {
      case 0x00:
        card.powerOff();
        break;
      case 0x01:
        if (!card.powered) card.powerOn();
        if (!told) powered();
        told = true;
        break;
      case 0x02:
        card.reset();
        break;
      case 0x04:
        send(ANSWER_TO_RESET);
        break;
      default:
        // no such control code: nothing that an answer could be wanted for
        break;
    }
  }
}

function change(slot: CardSlot, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      unsubscribe();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const unsubscribe = slot.subscribe(done);
    signal.addEventListener("abort", done, { once: true });
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
  });
}
