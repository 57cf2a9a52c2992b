import type { KeyName } from "../../shared/protocol/fields.ts";
import type { ElementaryFile } from "./card-contents.ts";
import type { CardQuirks } from "./card-quirks.ts";

/** The applications that can be on the virtual card. */
export type ApplicationName = "issuer-security-domain" | "jpki";

/** What a powered card remembers between commands, and what the commands need to know. */
export interface CardSession {
  /** The application that answers. After power-on and reset: the issuer security domain, without anybody having selected it. */
  application: ApplicationName;
  /** The application that was selected last by a command; a reset does not change it, power loss does. */
  lastSelected: ApplicationName | undefined;
  /** EF id of the current file. */
  currentFile: number | undefined;
  /** The PINs that were verified and still count. */
  readonly verified: Set<KeyName>;
  readonly files: ReadonlyMap<number, ElementaryFile>;
  readonly quirks: CardQuirks;
  readonly hasJpki: boolean;
  random(octets: number): Uint8Array;
  /** Resolves when a signature of the slow key is ready. */
  signatureDelay(): Promise<void>;
}

/**
 * The file that a command means by a reference of ISO 7816-4: `80`: the current file; `80` + short EF id: that one, which becomes the
 * current file. `"refused"`: the reference has no meaning here (short ids are off, or wrong bits).
 */
export function referencedFile(session: CardSession, reference: number): ElementaryFile | "refused" | undefined {
  const shortId = reference & 0x1f;
  if ((reference & 0xe0) !== 0x80) return "refused";
  if (shortId === 0) return session.currentFile === undefined ? undefined : session.files.get(session.currentFile);
  if (!session.quirks.shortFileIds) return "refused";
  const file = session.files.get(shortId);
  if (file !== undefined) session.currentFile = shortId;
  return file;
}
