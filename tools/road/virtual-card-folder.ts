import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { AUTHORITY_FOLDER } from "../../native-host/virtual-card/issue-card.ts";
import { GENERATIONS, openTestAuthority } from "../../native-host/virtual-card/test-authority.ts";

/**
 * Puts a virtual card into `folder` (the one that is there already, when no `card` is given), and has its test authority make all of its certificates, so that a server can trust them before the card is
 * ever used. Resolves to the authority's folder.
 */
export async function prepareVirtualCard(folder: string, card?: CardFileInput): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (card) writeCardFile(folder, card);
  const authorities = join(folder, AUTHORITY_FOLDER);
  const authority = openTestAuthority(authorities);
  for (const generation of GENERATIONS)
    await Promise.all([
      authority.authorityCertificate("authentication", generation),
      authority.authorityCertificate("signing", generation),
    ]);
  return authorities;
}
