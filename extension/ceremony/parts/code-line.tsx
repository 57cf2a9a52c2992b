import { text } from "../../locales/text.tsx";
import { LIMITS } from "../../../shared/limits.ts";
import type { FaultCode } from "../../../shared/errors.ts";
import { keyOf } from "../ceremony-state.ts";
import { useWindow } from "../window-context.ts";
import { Button } from "./button.tsx";
import { SiteWords } from "./words.tsx";

/** What the resident can tell an office: the fault, and which of the two PINs it is about. Nothing of card or person. */
export function CodeLine({ code }: { code: FaultCode }) {
  const { state, notify } = useWindow();
  const key = state.record && keyOf(state.record.operation);
  const shown = `${code.toUpperCase()}${key === undefined ? "" : key === "signing" ? "-S" : "-A"}`;
  const copy = (): void => void navigator.clipboard.writeText(shown).then(() => notify("action.copied"));
  return (
    <p class="code">
      <span>
        {text("code.label")} <code lang="en">{shown}</code>
      </span>
      <Button action="copy-code" look="text" onPress={copy}>
        {text("action.copy-code")}
      </Button>
    </p>
  );
}

/** The office's telephone and hours, where the approval has them. */
export function OfficePhone() {
  const { state, site } = useWindow();
  const organisation = state.record?.approval.organisation;
  if (organisation?.phone === undefined) return null;
  return (
    <div class="phone">
      <span class="small">{text("office.label", { site })}</span>
      <bdi class="number">{organisation.phone}</bdi>
      {organisation.hours !== undefined && (
        <bdi class="small" lang="ja">
          {organisation.hours}
        </bdi>
      )}
    </div>
  );
}

/** A note in English for whoever debugs the site, where the fault has one; it stays in this window. */
export function StoppedDetail() {
  const { state } = useWindow();
  const { phase } = state;
  if (phase.name !== "stopped" || phase.detail === undefined) return null;
  return (
    <details>
      <summary>{text("code.detail")}</summary>
      <p lang="en">
        <SiteWords words={phase.detail} limit={LIMITS.purposeCharacters} />
      </p>
    </details>
  );
}
