import { listName, playAuthority, playResident } from "./played-authorities.ts";
import { named, playedTrust } from "./played-trust.ts";

/** Two generations of an authority, one resident, and the list that would name her: what tests of revocation lists are about. */
export const issuer = playAuthority("signing");
export const older = playAuthority("signing", "2019");
export const trust = playedTrust("signing", older, issuer);
/** The name of her municipality's list. */
export const point = listName("signing", "Aozora-shi");
export const resident = playResident("signing", { issuer });
export const hanako = named(resident, issuer);
export const serialNumber = Uint8Array.from(Buffer.from(hanako.serialNumber, "hex"));
export const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
