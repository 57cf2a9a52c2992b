import { sha256DigestInfo } from "../jpki/digest-info.ts";
import type { JpkiApplet } from "../jpki/jpki-applet.ts";

/**
 * Signs SHA-256 digests with the unlocked signing key, in order, one after the other: all of them, or it rejects with what stopped
 * the first that failed.
 */
export async function signDigests(applet: JpkiApplet, digests: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const signatures: Uint8Array[] = [];
  for (const digest of digests) signatures.push(await applet.sign("signing", sha256DigestInfo(digest)));
  return signatures;
}
