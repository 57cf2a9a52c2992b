import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { Phase } from "../ceremony-state.ts";
import { Button } from "../parts/button.tsx";
import { chosenDocuments } from "../parts/chosen-documents.ts";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Picture } from "../parts/picture.tsx";
import { useWindow } from "../window-context.ts";

function Progress({ signed, total }: { signed: number; total: number }) {
  const { language } = useSpeech();
  return (
    <div class="progress">
      <progress
        aria-label={plain(language, "working.progress")}
        aria-valuetext={plain(language, "working.count", { total, count: signed })}
        max={total}
        value={signed}
      />
      <p class="row between" aria-hidden="true">
        <span>{text("working.progress")}</span>
        <b>{text("working.count", { total, count: signed })}</b>
      </p>
    </div>
  );
}

/** Card and site at work. What takes longer is said in the status line, after 5 and after 15 seconds. */
export function Working(props: { record: CeremonyRecord; phase: Extract<Phase, { name: "working" }> }) {
  const { act, state, site } = useWindow();
  const { seconds, signed, step } = props.phase;
  const total = chosenDocuments(state).length;
  const stamping = step === "timestamp";
  return (
    <Frame
      actions={
        <Button action="cancel" look="outline" onPress={() => act("cancel")}>
          {text("action.stop")}
        </Button>
      }
    >
      <div class="hero centered">
        <StepTitle>{text(stamping ? "working.timestamp.title" : `working.${props.record.operation}.title`)}</StepTitle>
        <Picture name="working" />
        {stamping ? (
          <p>{text("working.timestamp.text", { site })}</p>
        ) : (
          <p>
            <b>{text("working.keep")}</b>
            <br />
            {seconds === 0 && text("working.usual")}
          </p>
        )}
        {total > 1 && <Progress signed={signed} total={total} />}
      </div>
    </Frame>
  );
}
