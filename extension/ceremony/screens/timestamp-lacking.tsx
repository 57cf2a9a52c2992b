import { text } from "../../locales/text.tsx";
import { Button } from "../parts/button.tsx";
import { CodeLine, OfficePhone } from "../parts/code-line.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Note } from "../parts/note.tsx";
import { Icon } from "../parts/icon.tsx";
import { useWindow } from "../window-context.ts";

/** The card has signed, and the site's timestamp did not come: asked for again without a PIN, or all is thrown away. */
export function TimestampLacking() {
  const { act } = useWindow();
  return (
    <Frame
      actions={
        <>
          <Button action="cancel" look="outline" onPress={() => act("cancel")}>
            {text("action.stop")}
          </Button>
          <Button action="retry" look="solid" onPress={() => act("retry")}>
            {text("action.retry")}
          </Button>
        </>
      }
    >
      <div class="stack">
        <span class="stop-sign">
          <Icon name="warn" />
        </span>
        <StepTitle>{text("timestamp-failed.title")}</StepTitle>
        <p>{text("timestamp-failed.sentence")}</p>
        <p>
          <b>{text("timestamp-failed.next")}</b>
        </p>
      </div>
      <Note tone="info">
        <p>{text("timestamp-lacking.keeps")}</p>
      </Note>
      <OfficePhone />
      <CodeLine code="timestamp-failed" />
    </Frame>
  );
}
