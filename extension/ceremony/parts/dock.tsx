import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { plain, type Language } from "../../locales/languages.ts";
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
  list: "file",
};

/** A state must stand this long before it is said, so that a screen reader does not stumble over passing ones. */
const STABLE_MILLISECONDS = 500;

const isSame = (one: DockStatus, other: DockStatus): boolean =>
  one.text === other.text && one.counts?.count === other.counts?.count && one.counts?.left === other.counts?.left;

/** The status once it has stood still; the first one at once. */
function useStable(status: DockStatus): DockStatus {
  const [stable, setStable] = useState(status);
  const latest = useRef(status);
  if (!isSame(latest.current, status)) latest.current = status;
  const { current } = latest;
  useEffect(() => {
    const timer = setTimeout(() => setStable(current), STABLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [current]);
  return stable;
}

function statusLine(language: Language, { text, counts = { count: 0, left: 0 } }: DockStatus): string {
  if (text === "documents.status") return plain(language, text, counts);
  return text === "documents.status.all" ? plain(language, text, { count: counts.count }) : plain(language, text);
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
  const said = useStable(props.status);
  const line = props.notice ? plain(language, props.notice) : statusLine(language, said);
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
