import { concatBytes, equalBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";
import type { ApplicationName, CardSession } from "./card-session.ts";
import type { ReceivedCommand } from "./received-command.ts";
import { respond, SW } from "./response.ts";

/** In the order in which a partial identifier finds them. No application on this card holds an individual number. */
const APPLICATIONS: readonly { readonly name: ApplicationName; readonly aid: Uint8Array }[] = [
  { name: "issuer-security-domain", aid: decodeHex("A000000151000000") },
  { name: "jpki", aid: decodeHex("D392F000260100000001") },
];

/** SELECT (ISO 7816-4, 11.2.2): an application by identifier, whole or from its start, or an elementary file under it. */
export function select(session: CardSession, command: ReceivedCommand): Uint8Array {
  if (command.p1 === 0x04) return selectApplication(session, command);
  if (command.p1 === 0x02) return selectElementaryFile(session, command);
  if (command.p1 === 0x00) return selectMasterFile(session, command);
  return respond(SW.incorrectParameters);
}

function selectApplication(session: CardSession, { data, p2 }: ReceivedCommand): Uint8Array {
  const next = (p2 & 0x03) === 0x02;
  const withoutFci = (p2 & 0x0c) === 0x0c;
  if (![0x00, 0x02, 0x0c, 0x0e].includes(p2)) return respond(SW.incorrectParameters);
  const matching = APPLICATIONS.filter(
    ({ name, aid }) => (name !== "jpki" || session.hasJpki) && equalBytes(aid.subarray(0, data.length), data),
  );
  const current = matching.findIndex(({ name }) => name === session.application);
  const found = matching[next ? current + 1 : 0];
  if (found === undefined) return respond(SW.fileNotFound);
  // PIN state outlives a reset and a second SELECT of the same application, and nothing else
  if (found.name !== session.lastSelected) session.verified.clear();
  session.application = found.name;
  session.lastSelected = found.name;
  session.currentFile = undefined;
  return withoutFci ? respond(SW.ok) : respond(SW.ok, fileControlInformation(found.aid));
}

/** FCI template `6F` with the DF name `84` and empty proprietary information `A5`. */
function fileControlInformation(aid: Uint8Array): Uint8Array {
  const content = concatBytes(Uint8Array.of(0x84, aid.length), aid, Uint8Array.of(0xa5, 0x00));
  return concatBytes(Uint8Array.of(0x6f, content.length), content);
}

function selectElementaryFile(session: CardSession, { data, p2 }: ReceivedCommand): Uint8Array {
  if (session.application !== "jpki") return respond(SW.noCurrentFile);
  if (p2 !== 0x0c) return respond(SW.incorrectParameters);
  const [high, low] = data;
  if (high === undefined || low === undefined || data.length !== 2) return respond(SW.wrongLength);
  const id = (high << 8) | low;
  if (!session.files.has(id)) return respond(SW.fileNotFound);
  session.currentFile = id;
  return respond(SW.ok);
}

/** There is no master file to reach: `3F00` is not found, and an empty SELECT does nothing. */
function selectMasterFile(session: CardSession, { data }: ReceivedCommand): Uint8Array {
  if (data.length > 0) return respond(SW.fileNotFound);
  return respond(session.application === "jpki" ? SW.ok : SW.incorrectParameters);
}
