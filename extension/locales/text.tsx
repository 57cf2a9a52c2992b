import { createContext, type ComponentChildren } from "preact";
import { useContext, useMemo } from "preact/hooks";
import { TEXTS, type Language } from "./languages.ts";
import { parseMarkup, type TextPart } from "./markup.ts";
import type { TextKey, ValuesArgument } from "./text-types.ts";

/** How the window speaks: the language, and whether readings stand above the words (やさしい日本語 only). */
export interface Speech {
  readonly language: Language;
  readonly furigana: boolean;
}

/** The window's {@link Speech}. */
export const SpeechContext = createContext<Speech>({ language: "ja", furigana: false });

/** The window's {@link Speech}, in a component. */
export const useSpeech = (): Speech => useContext(SpeechContext);

/** A name may turn text around, and is isolated; a number does not, and stays on one line with its counter. */
const renderValue = (value: string | number | undefined, key: number): ComponentChildren =>
  typeof value === "number" ? value : <bdi key={key}>{value}</bdi>;

function renderParts(
  parts: readonly TextPart[],
  furigana: boolean,
  values: Readonly<Record<string, string | number>>,
): ComponentChildren {
  return parts.map((part, index) => {
    switch (part.kind) {
      case "words":
        return part.text;
      case "ruby":
        if (!furigana) return part.base;
        return (
          <ruby key={index}>
            {part.base}
            <rp>（</rp>
            <rt>{part.reading}</rt>
            <rp>）</rp>
          </ruby>
        );
      case "value":
        return renderValue(values[part.name], index);
      case "strong":
        return <b key={index}>{renderParts(part.parts, furigana, values)}</b>;
      case "may-break":
        return <wbr key={index} />;
      case "line-end":
        return <br key={index} />;
    }
  });
}

function MarkedText(props: { k: TextKey; values: Readonly<Record<string, string | number>> }) {
  const { language, furigana } = useSpeech();
  const marked = TEXTS[language][props.k];
  const parts = useMemo(() => parseMarkup(marked), [marked]);
  const children = renderParts(parts, furigana, props.values);
  // where a text says itself where to break, nothing else may; and one element, so that no flex box takes its pieces apart
  return <span class={marked.includes("¦") ? "phrased" : undefined}>{children}</span>;
}

/**
 * One text of the window's language, with furigana, emphasis, line breaks and isolated values:
 * `{text("pin.tries", { count: 3 })}`.
 */
export function text<Key extends TextKey>(key: Key, ...values: ValuesArgument<Key>): ComponentChildren {
  return <MarkedText k={key} values={values[0] ?? {}} />;
}
