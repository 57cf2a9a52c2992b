import { latin1 } from "../../../formats/pdf/pdf-octets.ts";
import { isKind, type PdfValue } from "../../../formats/pdf/pdf-value.ts";

const DATE = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'00'?)?|([+-])(\d\d)'(\d\d)'?)$/;

/** A date (ISO 32000-1, 7.9.4) that says all of a time, its zone included; `undefined` for anything else, and for a day that does not exist. */
export function readClaimedTime(value: PdfValue | undefined): Date | undefined {
  if (!isKind(value, "string") || value.octets.length > 30) return undefined;
  const parts = DATE.exec(latin1(value.octets));
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, sign, zoneHours = "0", zoneMinutes = "0"] = parts;
  const local = `${year ?? ""}-${month ?? ""}-${day ?? ""}T${hour ?? ""}:${minute ?? ""}:${second ?? ""}.000Z`;
  const moment = Date.parse(local);
  // a day that doesn't exist is the next one for some engines
  if (Number.isNaN(moment) || new Date(moment).toISOString() !== local) return undefined;
  if (Number(zoneHours) > 23 || Number(zoneMinutes) > 59) return undefined;
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000;
  return new Date(sign === "-" ? moment + zone : moment - zone);
}
