import type { ComponentChildren } from "preact";
import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import { Icon } from "./icon.tsx";

/** What travels to the site and what stays on the card. */
export function Cargo({ goes, stays }: { goes: ComponentChildren; stays: ComponentChildren }) {
  const { language } = useSpeech();
  return (
    <section aria-label={plain(language, "cargo.label")}>
      <dl class="cargo">
        <dt class="goes">
          <Icon name="goes" />
          {text("cargo.goes")}
        </dt>
        <dd>{goes}</dd>
        <dt class="stays">
          <Icon name="stays" />
          {text("cargo.stays")}
        </dt>
        <dd>{stays}</dd>
      </dl>
    </section>
  );
}
