import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { decodeHex } from "../../shared/encoding/hex.ts";
import { elementaryFiles, type CardContents } from "./card-contents.ts";
import type { CardQuirks } from "./card-quirks.ts";
import type { CardSession } from "./card-session.ts";
import { computeSignature } from "./compute-signature.ts";
import { readBinary } from "./read-binary.ts";
import { parseReceivedCommand, type ReceivedCommand } from "./received-command.ts";
import { respond, SW } from "./response.ts";
import { select } from "./select.ts";
import { changeReferenceData, verify } from "./verify.ts";

/** The answer to reset of the contact interface: `3B E0 00 FF 81 31 FE 45 14`, no historical octets. */
export const ANSWER_TO_RESET: Uint8Array = decodeHex("3BE000FF8131FE4514");

/** A card as a reader sees it: power, reset, and one command after the other. */
export interface VirtualCard {
  /** Answer to reset; nothing is selected and no PIN counts. */
  powerOn(): Uint8Array;
  powerOff(): void;
  /** Warm reset: nothing is selected; PIN state stays as the quirks say. */
  reset(): Uint8Array;
  /** One command APDU in, its whole response APDU out. Do not overlap. Rejects with `RangeError` while the power is off. */
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

/** What a card is made of. */
export interface VirtualCardOptions {
  readonly contents: CardContents;
  readonly quirks: CardQuirks;
  /** Octets for GET CHALLENGE. */
  readonly random?: (octets: number) => Uint8Array;
}

/**
 * The whole JPKI application of a My Number Card in software, with real keys. Everything is observable behaviour of real cards (the
 * confidence of each detail differs); applications with other personal data, above all the individual number, do not exist on it.
 */
export function createVirtualCard({ contents, quirks, random = randomBytes }: VirtualCardOptions): VirtualCard {
  const files = elementaryFiles(contents, quirks);
  let session: CardSession | undefined;
  let answered = false;

  function newSession(): CardSession {
    return {
      application: "issuer-security-domain",
      lastSelected: undefined,
      currentFile: undefined,
      verified: new Set(),
      files,
      quirks,
      hasJpki: !quirks.anotherKindOfCard,
      random,
      async signatureDelay() {
        // a card that is gone meanwhile keeps no process waiting
        if (quirks.slowKeyMilliseconds > 0) await delay(quirks.slowKeyMilliseconds, undefined, { ref: false });
      },
    };
  }
  return {
    powerOn() {
      session = newSession();
      answered = false;
      return ANSWER_TO_RESET.slice();
    },
    powerOff() {
      session = undefined;
    },
    reset() {
      if (session === undefined) return this.powerOn();
      session.application = "issuer-security-domain";
      session.currentFile = undefined;
      if (!quirks.keepPinStateOverReset) session.verified.clear();
      return ANSWER_TO_RESET.slice();
    },
    async transmit(apdu) {
      if (session === undefined) throw new RangeError("the card has no power");
      const first = !answered;
      answered = true;
      if (first && quirks.firstCommandFails) return respond(SW.noDiagnosis);
      const command = parseReceivedCommand(apdu);
      return command === undefined ? respond(SW.wrongLength) : execute(session, command);
    },
  };
}

async function execute(session: CardSession, command: ReceivedCommand): Promise<Uint8Array> {
  const { cla, ins } = command;
  const inJpki = session.application === "jpki";
  if ((cla & 0x7f) > 0x0f) return respond(SW.classNotSupported);
  if ((cla & 0x03) !== 0) return respond(SW.logicalChannelRefused);
  if ((cla & 0x0c) !== 0) return respond(inJpki ? SW.secureMessagingRefused : SW.classNotSupported);
  if (cla === 0x00 && ins === 0xa4) return select(session, command);
  if (!inJpki)
    return respond(cla === 0x00 && [0xb0, 0x20].includes(ins) ? SW.noCurrentFile : SW.instructionNotSupported);
  switch ((cla << 8) | ins) {
    case 0x00b0:
      return readBinary(session, command);
    case 0x0020:
      return verify(session, command);
    case 0x0024:
      return changeReferenceData(session, command);
    case 0x0084:
      return getChallenge(session, command);
    case 0x802a:
      return computeSignature(session, command);
    // key agreement of secure messaging: only another application has it
    case 0x80ae:
      return respond(SW.securityStatusNotSatisfied);
    // terminal certificate, and the telephone's indicator: known, and never satisfied with a length
    case 0x80a2:
    case 0x80fc:
      return respond(SW.wrongLength);
    default:
      return respond(SW.instructionNotSupported);
  }
}

/** GET CHALLENGE (ISO 7816-4, 11.6.3): 1 to 256 random octets. */
function getChallenge(session: CardSession, { p1, p2, data, le }: ReceivedCommand): Uint8Array {
  if (p1 !== 0x00 || p2 !== 0x00) return respond(SW.incorrectParameters);
  if (data.length > 0 || le === undefined) return respond(SW.wrongLength);
  return respond(SW.ok, session.random(le));
}
