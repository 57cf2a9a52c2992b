import { referencedFile, type CardSession } from "./card-session.ts";
import type { ReceivedCommand } from "./received-command.ts";
import { respond, SW } from "./response.ts";

/**
 * READ BINARY (ISO 7816-4, 11.3.3), by short EF id or from the current file. A read that starts outside the file is 6B00, one that
 * crosses its end gives what there is, with 9000. Behind the content comes filler.
 */
export async function readBinary(session: CardSession, { p1, p2, data, le }: ReceivedCommand): Promise<Uint8Array> {
  const byShortId = (p1 & 0x80) !== 0;
  const file = referencedFile(session, byShortId ? p1 : 0x80);
  if (file === "refused" || p1 === 0x80) return respond(SW.incorrectParameters);
  if (file === undefined) return respond(byShortId ? SW.fileNotFound : SW.noCurrentFile);
  if (file.kind !== "transparent") return respond(SW.wrongFileType);
  if (file.readableAfter && !session.verified.has(file.readableAfter)) return respond(SW.securityStatusNotSatisfied);
  if (le === undefined || data.length > 0) return respond(SW.wrongLength);
  const offset = byShortId ? p2 : (p1 << 8) | p2;
  if (offset >= file.octets) return respond(SW.offsetOutsideFile);
  const physical = new Uint8Array(file.octets).fill(Number.parseInt(session.quirks.filler, 16));
  physical.set(await file.content());
  return respond(SW.ok, physical.subarray(offset, offset + le));
}
