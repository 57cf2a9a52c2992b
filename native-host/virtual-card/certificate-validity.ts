const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The dates of a certificate. */
export interface CertificateDates {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/**
 * When a certificate issued at `issued` ends: at 23:59:59 Japan time of the holder's fifth birthday from then. `birth` is
 * `EYYYYMMDD`; an unknown month or day counts as the first, and who was born on 29 February has birthday on the 28th otherwise.
 */
export function fifthBirthday(birth: string, issued: Date): Date {
  const month = Math.max(1, Number(birth.slice(5, 7)));
  const day = Math.max(1, Number(birth.slice(7, 9)));
  // the end of the birthday in Japan, 9 hours ahead, written in UTC
  const endOfBirthday = (year: number): Date => {
    const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1, Math.min(day, lastDay), 14, 59, 59));
  };
  const inJapan = new Date(issued.getTime() + 9 * HOUR);
  const today = Date.UTC(inJapan.getUTCFullYear(), inJapan.getUTCMonth(), inJapan.getUTCDate());
  const first = Array.from({ length: 2 }, (_, index) => inJapan.getUTCFullYear() + index).find(
    // issued on a birthday: that one does not count
    (year) => endOfBirthday(year).getTime() >= today + DAY,
  );
  return endOfBirthday((first ?? inJapan.getUTCFullYear() + 1) + 4);
}

/**
 * When a certificate was issued so that it has this validity at `now`. Expired ones are six years old. Those of the older authority
 * are three and a half, so that they end before it does.
 */
export function issueDate(validity: "current" | "expired" | "not-yet-valid", generation: 1 | 2, now: Date): Date {
  const age = { current: generation === 1 ? 1278 : 40, expired: 6 * 366, "not-yet-valid": -30 }[validity];
  return new Date(Math.floor((now.getTime() - age * DAY) / 1000) * 1000);
}

/** The two generations of the authority overlap, as the real ones do: ten years each, the second five years after the first. */
export function authorityDates(generation: 1 | 2, now: Date): CertificateDates {
  const age = generation === 1 ? 8 : 3;
  const start = now.getUTCFullYear() - age;
  const notBefore = new Date(Date.UTC(start, now.getUTCMonth(), 1, 1, 0, 0));
  return { notBefore, notAfter: new Date(Date.UTC(start + 10, now.getUTCMonth(), 1, 14, 59, 59)) };
}
