import type { FaultCode } from "../../shared/errors.ts";
import type { ja } from "./ja.ts";

/** What every stopping screen says: what happened, how it came, what to do now. */
export type FaultText = Record<`${FaultCode}.${"title" | "sentence" | "next"}`, string>;

/** The name of one text. */
export type TextKey = keyof typeof ja;

/** The `{names}` in a text, without the furigana groups (`{base|reading}`). */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${string}|${string}` ? never : Inside) | Placeholders<Rest>
  : never;

/** The values that a text needs: none for most. */
export type TextValues<Key extends TextKey> = Record<Placeholders<(typeof ja)[Key]>, string | number>;

/** The values as a last argument that is there only where the text needs it. */
export type ValuesArgument<Key extends TextKey> = [Placeholders<(typeof ja)[Key]>] extends [never]
  ? []
  : [values: TextValues<Key>];

/** A text of another language, or, where its placeholders are not those of the Japanese text, the names that it must have. */
type SamePlaceholders<Text extends string, Reference extends string> = [Placeholders<Text>] extends [
  Placeholders<Reference>,
]
  ? [Placeholders<Reference>] extends [Placeholders<Text>]
    ? Text
    : { readonly missing: Placeholders<Reference> }
  : { readonly unknown: Placeholders<Text> };

/** A whole language. */
export type Texts = Readonly<Record<TextKey, string>>;

/**
 * Declares another language. A missing key, a key that Japanese does not have, a missing or an unknown placeholder: each is a type
 * error at its line, so the build fails.
 */
export function defineTexts<const Given extends Texts>(
  texts: Given & { readonly [Key in TextKey]: SamePlaceholders<Given[Key], (typeof ja)[Key]> } & Readonly<
      Record<Exclude<keyof Given, TextKey>, never>
    >,
): Texts {
  return texts;
}
