import { constants, privateEncrypt } from "node:crypto";
import { referencedFile, type CardSession } from "./card-session.ts";
import type { ReceivedCommand } from "./received-command.ts";
import { respond, SW } from "./response.ts";

/** RSA-2048 with PKCS #1 v1.5 padding leaves room for so many octets. */
const MAX_DATA = 245;

/**
 * PERFORM SECURITY OPERATION as JPKI has it (`80 2A 00 80 Lc data 00`): block type 1 padding (RFC 8017, 9.2) around the octets just as
 * they came, normally a DigestInfo, and the private key operation. The key is the current file, or named by short EF id in P2.
 */
export async function computeSignature(session: CardSession, command: ReceivedCommand): Promise<Uint8Array> {
  const { p1, p2, data, le } = command;
  if (p1 !== 0x00) return respond(SW.incorrectParameters);
  const file = referencedFile(session, p2);
  if (file === "refused") return respond(SW.incorrectParameters);
  if (file === undefined) return respond(p2 === 0x80 ? SW.noCurrentFile : SW.referenceDataNotFound);
  if (file.kind !== "key") return respond(SW.wrongFileType);
  if (data.length === 0 || data.length > MAX_DATA || le !== 256) return respond(SW.wrongLength);
  if (!session.verified.has(file.key)) return respond(SW.securityStatusNotSatisfied);
  const { privateKey } = await file.credential();
  await session.signatureDelay();
  const signature = privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, data);
  return respond(SW.ok, signature);
}
