import { referencedFile, type CardSession } from "./card-session.ts";
import type { ElementaryFile } from "./card-contents.ts";
import type { ReceivedCommand } from "./received-command.ts";
import { respond, SW } from "./response.ts";

type PinFile = Extract<ElementaryFile, { kind: "pin" }>;

function pinFile(session: CardSession, reference: number): PinFile | number {
  const file = referencedFile(session, reference);
  if (file === "refused") return SW.incorrectParameters;
  if (file === undefined) return reference === 0x80 ? SW.noCurrentFile : SW.referenceDataNotFound;
  return file.kind === "pin" ? file : SW.wrongFileType;
}

/**
 * VERIFY (ISO 7816-4, 11.6.6). Without data it asks for the tries left and always answers 63Cx, also after a right PIN and when
 * blocked. A wrong PIN takes a try and the state of an earlier right one.
 */
export function verify(session: CardSession, { p1, p2, data }: ReceivedCommand): Uint8Array {
  if (p1 !== 0x00) return respond(SW.incorrectParameters);
  const file = pinFile(session, p2);
  if (typeof file === "number") return respond(file);
  if (data.length > 16) return respond(SW.wrongLength);
  if (data.length === 0) return respond(SW.attemptsRemaining | file.reference.attemptsRemaining());
  session.verified.delete(file.key);
  if (file.reference.attemptsRemaining() === 0) {
    return respond(Number.parseInt(session.quirks.blockedStatusWord, 16));
  }
  if (!file.reference.verify(data)) return respond(SW.attemptsRemaining | file.reference.attemptsRemaining());
  session.verified.add(file.key);
  return respond(SW.ok);
}

/** CHANGE REFERENCE DATA (ISO 7816-4, 11.6.7), P1 = 01: the new PIN alone, after VERIFY of the old one. */
export function changeReferenceData(session: CardSession, { p1, p2, data }: ReceivedCommand): Uint8Array {
  if (p1 !== 0x01) return respond(SW.incorrectParameters);
  const file = pinFile(session, p2);
  if (typeof file === "number") return respond(file);
  if (!session.verified.has(file.key)) return respond(SW.securityStatusNotSatisfied);
  const { min, max } = file.reference.length;
  if (data.length < min || data.length > max) return respond(SW.wrongLength);
  file.reference.change(data);
  return respond(SW.ok);
}
