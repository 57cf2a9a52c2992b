/**
 * `YYYY`, `YYYY-MM` or `YYYY-MM-DD` from the certificate's `EYYYYMMDD`: E names the era, the eight digits are of the common era already, and
 * zeros stand for what is not known. `undefined` where the year is not known, and for a month or a day that doesn't exist.
 */
export function readBirthDate(value: string): string | undefined {
  const [, year = "0000", month = "00", day = "00"] = /^\d(\d{4})(\d\d)(\d\d)$/.exec(value) ?? [];
  if (year === "0000") return undefined;
  const monthNumber = Number(month);
  // day 0 of the month after it is the month's last; years under 100 are others to Date.UTC, and nobody's here
  const lastDay = new Date(Date.UTC(Number(year), monthNumber, 0)).getUTCDate();
  if (monthNumber > 12 || Number(day) > (monthNumber === 0 ? 31 : lastDay)) return undefined;
  if (monthNumber === 0) return year;
  return day === "00" ? `${year}-${month}` : `${year}-${month}-${day}`;
}
