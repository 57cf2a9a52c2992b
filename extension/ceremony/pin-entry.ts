import type { TextKey } from "../locales/text-types.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";

/** What was typed, judged before anything reaches the card: the PIN as the card wants it, or the text that says what to mend. */
export type PinEntry =
  { readonly kind: "pin"; readonly pin: string } | { readonly kind: "refused"; readonly problem: PinProblem };

/** What can be wrong with an entry that no card has seen. */
export type PinProblem = Extract<
  TextKey,
  "pin.empty" | "pin.digits" | "pin.length" | "pin.letters" | "pin.other-pin" | "pin.malformed"
>;

/**
 * Full-width forms to half-width, spaces around away, and capitals for the signing PIN, which has no others. Nothing else is touched: a
 * compatibility normalisation would make digits of `①` and `²`, and letters of ligatures that nobody meant as such.
 */
function normalisePin(key: KeyName, typed: string): string {
  const halfWidth = typed
    .replaceAll(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll("\u3000", " ")
    .trim();
  return key === "signing" ? halfWidth.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()) : halfWidth;
}

/**
 * The rule of each PIN: exactly 4 digits for `authentication`, 6 to 16 of `0-9 A-Z` for `signing`. An old signing PIN without a
 * digit or a letter passes: the card is the judge of that. Kana that an input method left over are refused, never dropped.
 */
export function judgePin(key: KeyName, typed: string): PinEntry {
  const pin = normalisePin(key, typed);
  const refused = (problem: PinProblem): PinEntry => ({ kind: "refused", problem });
  if (pin === "") return refused("pin.empty");
  if (key === "authentication") return /^[0-9]{4}$/.test(pin) ? { kind: "pin", pin } : refused("pin.digits");
  if (/^[0-9]{4}$/.test(pin)) return refused("pin.other-pin");
  if (!/^[0-9A-Z]*$/.test(pin)) return refused("pin.letters");
  return pin.length >= 6 && pin.length <= 16 ? { kind: "pin", pin } : refused("pin.length");
}

/** Whether full-width characters were typed that {@link judgePin} will convert: said to the resident beside the field. */
export const hasFullWidth = (typed: string): boolean => /[\uFF01-\uFF5E\u3000]/.test(typed);
