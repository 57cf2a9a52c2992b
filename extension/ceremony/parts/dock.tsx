import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { plain } from "../../locales/languages.ts";
import { useSpeech } from "../../locales/text.tsx";
import type { DockStatus } from "../ceremony-screen.ts";
import type { Notice } from "../window-context.ts";
import { Icon, type IconName } from "./icon.tsx";

const ICONS: Readonly<Record<DockStatus["tone"], IconName>> = {
  wait: "card",
  work: "work",
  found: "found",
  warn: "warn",
  bad: "bad",
};

/** A state must stand this long before it is said, so that a screen reader does not stumble over passing ones. */
const STABLE_MILLISECONDS = 500;

/** The value once it has stood still; the first one at once. */
function useStable<Value>(value: Value): Value {
  const [stable, setStable] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStable(value), STABLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return stable;
}

/** The foot of the window: the one live line about card and reader, then the actions, calm ones first. */
export function Dock(props: {
  status: DockStatus;
  notice: Notice | undefined;
  stacked?: boolean;
  children: ComponentChildren;
}) {
  const { language } = useSpeech();
  const { tone } = props.status;
  const said = useStable(props.status.text);
  const line = plain(language, props.notice ?? said);
  return (
    <footer class="dock">
      <p class={`status ${tone}`} role="status">
        <Icon name={ICONS[tone]} />
        <span>{line}</span>
      </p>
      <div class={props.stacked ? "actions stacked" : "actions"}>{props.children}</div>
    </footer>
  );
}
