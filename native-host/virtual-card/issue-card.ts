import { join } from "node:path";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardContents } from "./card-contents.ts";
import type { CardFile } from "./card-file.ts";
import { PEOPLE } from "./people.ts";
import { openPinMemory } from "./pin-memory-file.ts";
import { createReferenceData } from "./reference-data.ts";
import { openTestAuthority } from "./test-authority.ts";

/** Where in the folder the test authority keeps its keys and certificates. */
export const AUTHORITY_FOLDER = "authority";

/**
 * What the card described by `card.json` holds: the person's credentials from the test authority in the folder, made when first
 * needed, and the PINs with the counters of `state.json`.
 */
export function issueCard(folder: string, card: CardFile): CardContents {
  const authority = openTestAuthority(join(folder, AUTHORITY_FOLDER));
  const memory = openPinMemory(folder, card.person);
  const { certificateValidity, certificateOctets, noSigningKey } = card.quirks;
  const held = (key: KeyName, pin: string) => ({
    credential: () => authority.credential(key, card.person, { certificateValidity, octets: certificateOctets[key] }),
    pin: createReferenceData(key, pin, memory),
  });
  const signing = !noSigningKey && !PEOPLE[card.person].underFifteen;
  return {
    keys: {
      authentication: held("authentication", card.authenticationPin),
      ...(signing && { signing: held("signing", card.signingPin) }),
    },
  };
}
