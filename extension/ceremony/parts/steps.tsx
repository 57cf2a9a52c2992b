import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { CeremonyState } from "../ceremony-state.ts";
import { Icon } from "./icon.tsx";

/** 1 review, 2 PIN and work, 3 done. */
export function positionOf({ phase }: CeremonyState): 1 | 2 | 3 {
  if (phase.name === "done") return 3;
  return phase.name === "opening" || phase.name === "review" ? 1 : 2;
}

/** The road: where the resident stands. The driven part is a solid line, the part ahead lane marks. */
export function Steps({ state }: { state: CeremonyState }) {
  const { language } = useSpeech();
  const at = positionOf(state);
  const first = state.record?.operation === "sign" ? "step.document" : "step.review";
  return (
    <nav aria-label={plain(language, "steps.label")}>
      <p class="vh">{plain(language, "steps.position", { total: 3, at })}</p>
      <ol class="road">
        {([first, "step.pin", "step.done"] as const).map((key, index) => {
          const position = index + 1;
          const passed = position < at || at === 3;
          return (
            <li
              key={key}
              class={passed ? "passed" : position === at ? "here" : "ahead"}
              aria-current={position === at ? "step" : undefined}
            >
              <span class="stop">{passed && <Icon name="check" />}</span>
              <span class="label">{text(key)}</span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
