import type { CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import { createKeyedHash } from "./keyed-hash.ts";
import type { SiteSecret } from "./person-key.ts";

/** A keyed hash over what a signing certificate says of its holder; `undefined` where it does not say enough to be compared. */
export type IdentityKey = (holder: CertificateAttributes) => string | undefined;

/**
 * Name, birth date and sex as one keyed hash (base64url), so that a store can compare people and holds nothing of them. Equal for equal people, but
 * not for equal people only: namesakes who were born on one day are real. `undefined`, which is equal to nothing, where
 * - one of the three is missing, the birth date is not known to the day, or the sex is `unknown`;
 * - the name has substitutes: several characters outside of the standard set have the same stand-in.
 *
 * The name is compared in NFC, without variation selectors, with every run of spaces (ideographic or not) as one. Throws a `TypeError` for a secret
 * under 32 octets.
 */
export function identityKey({ siteSecret }: SiteSecret): IdentityKey {
  const hash = createKeyedHash(siteSecret);
  return (holder) => {
    const texts = personTexts(holder);
    return texts && hash("kodo identity 1", ...texts);
  };
}

/** As {@link identityKey}, with the address too, which must be whole in the same way: fewer people are equal, and nobody is after moving. */
export function addressedIdentityKey({ siteSecret }: SiteSecret): IdentityKey {
  const hash = createKeyedHash(siteSecret);
  return (holder) => {
    const texts = personTexts(holder);
    const address = comparableText(holder.address, holder.addressSubstitutes);
    return texts && address && hash("kodo addressed identity 1", ...texts, address);
  };
}

function personTexts({ name, nameSubstitutes, birthDate, sex }: CertificateAttributes): string[] | undefined {
  const comparable = comparableText(name, nameSubstitutes);
  if (comparable === undefined || sex === undefined || sex === "unknown") return undefined;
  if (birthDate === undefined || !/^\d{4}-\d\d-\d\d$/.test(birthDate)) return undefined;
  return [comparable, birthDate, sex];
}

/** `undefined` for a text that is empty or missing, and for one with a character that stands for another. */
function comparableText(text = "", substitutes: readonly number[] = []): string | undefined {
  if (substitutes.length > 0) return undefined;
  const plain = text
    .normalize("NFC")
    .replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  return plain || undefined;
}
