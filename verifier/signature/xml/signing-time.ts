import { Refusal } from "../../verdict/failure.ts";

const DATE_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|([+-])(\d\d):(\d\d))$/;

/**
 * An `xsd:dateTime` with its time zone, without which it would be another time in another country. Throws `signed-attributes-malformed` for anything else,
 * also for a day or an hour that doesn't exist.
 */
export function signingTime(text: string): Date {
  const [, day = "", time = "", fraction = "", , sign = "+", hours = "00", minutes = "00"] =
    DATE_TIME.exec(text.trim()) ?? [];
  const local = `${day}T${time}.${`${fraction}000`.slice(0, 3)}Z`;
  const at = Date.parse(local);
  // a day that doesn't exist is the next day to some
  const exists = !Number.isNaN(at) && new Date(at).toISOString() === local;
  if (!exists || Number(hours) > 14 || Number(minutes) > 59)
    throw new Refusal("signed-attributes-malformed", "SigningTime that is no time with a zone");
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(sign === "-" ? at + offset : at - offset);
}
