import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { cardFileSchema, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { issueCard } from "../../native-host/virtual-card/issue-card.ts";
import { createVirtualCard, type VirtualCard } from "../../native-host/virtual-card/virtual-jpki-card.ts";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { afterAll, beforeEach } from "vitest";
import { somePin } from "./card-script.ts";

/** A new folder for a virtual card, and what takes it away again. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "virtual-card-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Gives every PIN of the folder all its tries back, as the municipal office would. */
export function resetPins(folder: string): void {
  rmSync(join(folder, "state.json"), { force: true });
}

/** PINs for one test run, as `card.json` and as VERIFY want them. */
export function somePins(): {
  file: { authenticationPin: string; signingPin: string };
  wrong: Uint8Array;
} & Record<"authentication" | "signing", Uint8Array> {
  const authentication = somePin("authentication");
  const signing = somePin("signing");
  const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
  return {
    authentication,
    signing,
    // same length, another first digit
    wrong: authentication.map((octet, index) => (index === 0 ? 0x30 + ((octet - 0x2f) % 10) : octet)),
    file: { authenticationPin: text(authentication), signingPin: text(signing) },
  };
}

/** A powered card of the folder's authority and PIN memory, as `card.json` would describe it. */
export function poweredCard(folder: string, file: CardFileInput = {}): VirtualCard {
  const card = v.parse(cardFileSchema, file);
  const virtual = createVirtualCard({ contents: issueCard(folder, card), quirks: card.quirks });
  virtual.powerOn();
  return virtual;
}

/** Sends hexadecimal octets, `data` behind them with its length; answers upper-case hexadecimal. */
export async function send(
  card: { transmit(command: Uint8Array): Promise<Uint8Array> },
  header: string,
  data?: Uint8Array,
): Promise<string> {
  const body = data ? concatBytes(Uint8Array.of(data.length), data) : new Uint8Array();
  return encodeHex(await card.transmit(concatBytes(decodeHex(header), body))).toUpperCase();
}

/** SELECT of JPKI without FCI. */
export const SELECT_JPKI = "00A4040C0AD392F000260100000001";
/** SELECT of the issuer security domain without FCI. */
export const SELECT_DOMAIN = "00A4040C08A000000151000000";

/** VERIFY and signature by short id, and a card of its own for each test of the file, with new PINs and all tries. */
export function useVirtualCards() {
  const { folder, remove } = temporaryFolder();
  let pins = somePins();
  afterAll(remove);
  beforeEach(() => {
    pins = somePins();
    resetPins(folder);
  });
  const card = (file: CardFileInput = {}): VirtualCard => poweredCard(folder, { ...pins.file, ...file });
  return {
    pins: () => pins,
    /** A powered card, nothing selected. */
    card,
    /** A powered card with JPKI selected. */
    selected: async (file?: CardFileInput): Promise<VirtualCard> => {
      const powered = card(file);
      await send(powered, SELECT_JPKI);
      return powered;
    },
    /** VERIFY with the right authentication PIN. */
    unlock: (powered: VirtualCard): Promise<string> => send(powered, "00200098", pins.authentication),
    /** The signature command; `reference` is P2. */
    sign: (powered: VirtualCard, reference: string, data: Uint8Array): Promise<string> =>
      send(
        { transmit: (command) => powered.transmit(concatBytes(command, Uint8Array.of(0))) },
        `802A00${reference}`,
        data,
      ),
  };
}
