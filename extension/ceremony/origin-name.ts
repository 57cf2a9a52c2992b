import { decodeHost } from "./punycode.ts";

/** An origin as it is shown: everything before the registrable part, that part, and the ASCII form where letters were decoded. */
export interface OriginName {
  readonly before: string;
  readonly registrable: string;
  /** Present when the name above is not what goes over the wire. */
  readonly ascii?: string;
}

/** Second-level names under which Japan registers organisations by their kind (JPRS, attribute-type domain names). */
const JAPANESE_KINDS = new Set(["ac", "ad", "co", "ed", "go", "gr", "lg", "ne", "or"]);

const PREFECTURES = new Set(
  (
    "aichi akita aomori chiba ehime fukui fukuoka fukushima gifu gunma hiroshima hokkaido hyogo ibaraki ishikawa iwate kagawa " +
    "kagoshima kanagawa kochi kumamoto kyoto mie miyagi miyazaki nagano nagasaki nara niigata oita okayama okinawa osaka saga " +
    "saitama shiga shimane shizuoka tochigi tokushima tokyo tottori toyama wakayama yamagata yamaguchi yamanashi"
  ).split(" "),
);

/** How many labels at the end of a host one registrant owns together. */
function registrableLabels(labels: readonly string[]): number {
  const [top = "", second = "", third = ""] = labels.toReversed();
  if (top === "jp" && PREFECTURES.has(second)) return ["pref", "metro"].includes(third) ? 3 : 4;
  if (top === "jp") return JAPANESE_KINDS.has(second) ? 3 : 2;
  // other countries' second-level registries all look like this; where they do not, one label too few is strong, never too many
  return top.length === 2 && /^(ac|co|com|edu|gov|net|org)$/.test(second) ? 3 : 2;
}

/**
 * The parts of an https origin for reading. The registrable part only says which letters are printed strong: the whole name is
 * always there, and no decision hangs on it. Japanese registries are known exactly, others by their common form.
 */
export function originName(origin: string): OriginName {
  const { host } = new URL(origin);
  const labels = host.split(".");
  const count = Math.min(registrableLabels(labels), labels.length);
  const shown = decodeHost(host);
  const shownLabels = shown.split(".");
  const before = shownLabels.slice(0, -count).map((label) => `${label}.`);
  return {
    before: before.join(""),
    registrable: shownLabels.slice(-count).join("."),
    ...(shown === host ? {} : { ascii: host }),
  };
}
