import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";

const SIZES = ["normal", "large", "largest"] as const;
/** How large a document is shown. */
export type TextSize = (typeof SIZES)[number];

/** The choice of {@link TextSize}. */
export function SizeChoice({ size, onChange }: { size: TextSize; onChange: (size: TextSize) => void }) {
  const { language } = useSpeech();
  return (
    <fieldset class="sizes">
      <legend class="vh">{plain(language, "document.sizes")}</legend>
      <span aria-hidden="true">{text("document.sizes")}</span>
      <span class="set">
        {SIZES.map((name) => (
          <label key={name}>
            <input type="radio" name="size" checked={name === size} onChange={() => onChange(name)} />
            {text(`document.size.${name}`)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
