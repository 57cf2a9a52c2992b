import { join } from "node:path";
import * as v from "valibot";
import { cardQuirksSchema } from "./card-quirks.ts";
import { PERSON_IDS } from "./people.ts";
import { readTextFile, writeTextFile } from "./private-files.ts";

/** The file in a virtual card's folder that says what lies on the reader. */
export const CARD_FILE = "card.json";

/** The PINs of a virtual card for which none were chosen: invented, public, and good for nothing else. */
export const PUBLIC_PINS = { authentication: "2580", signing: "AOZORA2580" } as const;

/**
 * `card.json`. Everything is optional; without the file an ordinary card lies on the reader. A running virtual card follows every
 * change: another person, PIN or quirk is another card put in.
 */
export const cardFileSchema = v.strictObject({
  person: v.optional(v.picklist(PERSON_IDS), "ordinary"),
  /** Four digits. A PIN other than before is a newly issued one, with all its tries. */
  authenticationPin: v.optional(v.pipe(v.string(), v.regex(/^[0-9]{4}$/)), PUBLIC_PINS.authentication),
  /** 6 to 16 capital letters and digits, as above. */
  signingPin: v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{6,16}$/)), PUBLIC_PINS.signing),
  /** `unavailable`: as if no card service ran on the computer. */
  service: v.optional(v.picklist(["running", "unavailable"]), "running"),
  /** `false`: the reader is unplugged. */
  reader: v.optional(v.boolean(), true),
  /** `false`: no card on the reader. */
  present: v.optional(v.boolean(), true),
  /** Another number than before: the card was taken out and put in again. Change it whenever a card is put in. */
  insertion: v.optional(v.pipe(v.number(), v.integer()), 0),
  quirks: v.optional(cardQuirksSchema, {}),
});

/** What somebody writes to `card.json`. */
export type CardFileInput = v.InferInput<typeof cardFileSchema>;
/** `card.json` with everything filled in. */
export type CardFile = v.InferOutput<typeof cardFileSchema>;

/** A file in the folder that can't be understood. The message names the file and every wrong place in it, and no value. */
export class CardFileError extends Error {
  override readonly name = "CardFileError";
}

/** Parses the text of a JSON file of the folder. Throws {@link CardFileError}. */
export function parseFolderFile<S extends v.GenericSchema>(path: string, text: string, schema: S): v.InferOutput<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CardFileError(`${path}: not JSON`);
  }
  // to valibot, an empty list is an object without keys
  if (Array.isArray(value)) throw new CardFileError(`${path}: a list, not an object`);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const places = result.issues.map((issue) => {
    // of a PIN that breaks its rule, not even the wrong value is repeated
    const wanted = issue.type === "regex" ? "breaks the rule of its kind" : `expected ${issue.expected ?? issue.type}`;
    return `${v.getDotPath(issue) ?? "the whole"} ${wanted}`;
  });
  throw new CardFileError(`${path}: ${places.join("; ")}`);
}

/** What `card.json` says now; all standards when there is none. Throws {@link CardFileError}. */
export function readCardFile(folder: string): CardFile {
  const path = join(folder, CARD_FILE);
  return parseFolderFile(path, readTextFile(path) ?? "{}", cardFileSchema);
}

/** Replaces `card.json` as a whole; whoever watches it never sees a half. Throws {@link CardFileError} instead of writing nonsense. */
export function writeCardFile(folder: string, card: CardFileInput): void {
  const path = join(folder, CARD_FILE);
  const text = `${JSON.stringify(card, undefined, 2)}\n`;
  parseFolderFile(path, text, cardFileSchema);
  writeTextFile(path, text);
}
