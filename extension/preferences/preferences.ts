import * as v from "valibot";
import { LANGUAGES } from "../locales/languages.ts";

/** The pictures to choose from; each has a name in every language (`seal.…`) and a drawing in the ceremony's `seal-picture.tsx`. */
export const SEAL_PICTURES = ["persimmon", "mountain", "boat", "tree", "fish", "teacup", "kite", "moon"] as const;
/** One of {@link SEAL_PICTURES}. */
export type SealPicture = (typeof SEAL_PICTURES)[number];

/** In code points. */
export const SEAL_PHRASE_CHARACTERS = 20;

/** A phrase must not be mistaken for a place to write a PIN down: digits alone, also full-width ones, are refused. */
export const isDigitsAlone = (phrase: string): boolean => /^[\d\s-]+$/.test(phrase.normalize("NFKC").trim());

/** A resident's own picture and phrase, which an imitation of our window can't know. The phrase may be empty. */
const sealSchema = v.strictObject({
  picture: v.picklist(SEAL_PICTURES),
  phrase: v.pipe(
    v.string(),
    v.check((phrase) => Array.from(phrase).length <= SEAL_PHRASE_CHARACTERS && !isDigitsAlone(phrase)),
  ),
});
/** What the resident chose once for all ceremonies. `seal` is absent while that choice is put off. */
export const preferencesSchema = v.strictObject({
  language: v.picklist(LANGUAGES),
  /** Readings above the words; of やさしい日本語 only. */
  furigana: v.boolean(),
  seal: v.optional(sealSchema),
});
/** See {@link preferencesSchema}. */
export type Preferences = v.InferOutput<typeof preferencesSchema>;

/** Key in `storage.local`. */
export const PREFERENCES_KEY = "preferences";

/** The part of `storage.local` that this needs. */
export interface PreferencesArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
}

/** The stored preferences; `undefined` when there are none or they can't be read, and the window asks (again). */
export async function readPreferences(area: PreferencesArea): Promise<Preferences | undefined> {
  const stored = await area.get(PREFERENCES_KEY);
  const parsed = v.safeParse(preferencesSchema, stored[PREFERENCES_KEY]);
  return parsed.success ? parsed.output : undefined;
}

/** Stores all preferences at once. */
export function writePreferences(area: PreferencesArea, preferences: Preferences): Promise<void> {
  return area.set({ [PREFERENCES_KEY]: preferences });
}
