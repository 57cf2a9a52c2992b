import { text } from "../../locales/text.tsx";
import { useWindow } from "../window-context.ts";
import { Button } from "./button.tsx";
import { nextUnticked } from "./chosen-documents.ts";
import { Icon } from "./icon.tsx";

const focusOn = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

/** Under the open document of several: ticks it, and opens the next one that is not ticked yet. */
export function DocumentConfirmation() {
  const { state, showDocument, tickDocument } = useWindow();
  const shown = state.documents[state.shown];
  const next = nextUnticked(state);
  if (!shown) return null;
  const goOn = (): void => {
    if (next === undefined) focusOn("[data-action=next]");
    else showDocument(next);
  };
  const confirm = (): void => {
    tickDocument(state.shown, true);
    goOn();
  };
  return (
    <div class="confirmation">
      {shown.ticked && (
        <p class="tag ok">
          <Icon name="check" />
          {text("documents.checked")}
        </p>
      )}
      {shown.ticked && next !== undefined && (
        <Button action="next-document" look="outline" onPress={goOn}>
          {text("documents.next")}
        </Button>
      )}
      {!shown.ticked && shown.received && (
        <Button action="confirm-document" look="solid" onPress={confirm}>
          {shown.delivery === "digest"
            ? text("documents.confirm.blind")
            : text(next === undefined ? "documents.confirm.last" : "documents.confirm")}
        </Button>
      )}
      <Button action="back-to-list" look="text" onPress={() => focusOn(".documents .here button")}>
        {text("documents.back")}
      </Button>
    </div>
  );
}
