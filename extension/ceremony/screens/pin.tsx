import { useEffect, useRef, useState } from "preact/hooks";
import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { text } from "../../locales/text.tsx";
import { keyOf, type ReadyCard } from "../ceremony-state.ts";
import { signable } from "../document-steps.ts";
import { Button } from "../parts/button.tsx";
import { chosenDocuments } from "../parts/chosen-documents.ts";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Icon } from "../parts/icon.tsx";
import { Note } from "../parts/note.tsx";
import { PinField } from "../parts/pin-field.tsx";
import { Seal } from "../parts/seal.tsx";
import { WhoLine } from "../parts/who.tsx";
import { judgePin, type PinProblem } from "../pin-entry.ts";
import { useWindow } from "../window-context.ts";

/** Hints under a PIN that the card refused. */
function WrongPinHints({ signing }: { signing: boolean }) {
  return (
    <ul class="bullets" id="pin-help">
      <li>{text(signing ? "pin.signing.hint" : "pin.authentication.hint")}</li>
      {!signing && <li>{text("pin.hint.others")}</li>}
      <li>{text("pin.hint.sheet")}</li>
    </ul>
  );
}

/** Names the act, and how many signatures it makes. */
function SubmitLabel({ operation }: { operation: CeremonyRecord["operation"] }) {
  const { state } = useWindow();
  if (operation === "readAttributes") return text("action.share");
  return operation === "sign"
    ? text("action.sign", { count: chosenDocuments(state).length })
    : text("action.authenticate");
}

/** What signing means, and which documents it leaves out. */
function SigningWarning() {
  const { state } = useWindow();
  const left = signable(state).length - chosenDocuments(state).length;
  return (
    <Note tone="warn">
      <p>
        <b>{text("pin.signing.warning")}</b>
      </p>
      {left > 0 && <p>{text("documents.unsigned", { left })}</p>}
    </Note>
  );
}

/** Clears a started entry when the window loses the focus, and calls back if there was one. */
function useClearedOnLeave(field: { readonly current: HTMLInputElement | null }, onCleared: () => void): void {
  useEffect(() => {
    const clear = (): void => {
      if (!field.current?.value) return;
      field.current.value = "";
      onCleared();
    };
    window.addEventListener("blur", clear);
    return () => window.removeEventListener("blur", clear);
  });
}

/** The PIN: tries first, its own form named, nothing sent before it has that form. */
export function PinScreen(props: {
  record: CeremonyRecord;
  ready: ReadyCard;
  refused: "pin.incorrect" | "pin.malformed" | undefined;
}) {
  const { record, ready, refused } = props;
  const { act, submitPin, isInert, notify, entryDropped } = useWindow();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<PinProblem>();
  const key = keyOf(record.operation);
  const signing = key === "signing";

  useClearedOnLeave(field, () => notify("pin.cleared"));

  const submit = (event: Event): void => {
    event.preventDefault();
    const input = field.current;
    if (isInert() || !input) return;
    const entry = judgePin(key, input.value);
    input.value = "";
    if (entry.kind === "pin") {
      submitPin(entry.pin);
      return;
    }
    setProblem(entry.problem);
    input.focus();
  };

  const wrong = problem === undefined && refused === "pin.incorrect";
  const error = problem ?? refused ?? (entryDropped ? "pin.dropped" : undefined);
  return (
    <Frame
      largeSeal
      actions={
        <>
          <Button action="cancel" look="outline" onPress={() => act("cancel")}>
            {text("action.cancel")}
          </Button>
          <Button action="submit" look="solid" form="pin-form">
            <SubmitLabel operation={record.operation} />
          </Button>
        </>
      }
    >
      <div class="stack">
        <StepTitle>{text(refused === "pin.incorrect" ? "pin.again.title" : `pin.${key}.title`)}</StepTitle>
        <WhoLine approval={record.approval} />
      </div>
      <Seal />
      <form class="field" id="pin-form" autocomplete="off" noValidate onSubmit={submit}>
        <label for="pin">{text(`pin.${key}.label`)}</label>
        <PinField
          pinKey={key}
          field={field}
          attemptsRemaining={ready.attemptsRemaining}
          errorId={error === undefined ? undefined : "pin-error"}
        />
        {error !== undefined && (
          <p class="error-text" id="pin-error">
            {error === "pin.incorrect" ? text(error, { count: ready.attemptsRemaining }) : text(error)}
          </p>
        )}
        {wrong ? (
          <WrongPinHints signing={signing} />
        ) : (
          <p class="small support" id="pin-help">
            {text(`pin.${key}.help`)}
          </p>
        )}
      </form>
      {record.operation === "sign" && <SigningWarning />}
    </Frame>
  );
}

/** Before the last try: stopping is the first choice, going on needs its own yes. */
export function LastTry({ record }: { record: CeremonyRecord }) {
  const { act } = useWindow();
  return (
    <Frame
      stacked
      actions={
        <>
          <Button action="cancel" look="solid" onPress={() => act("cancel")}>
            {text("action.last-try.stop")}
          </Button>
          <Button action="try-last" look="outline" onPress={() => act("accept-last-try")}>
            {text("action.last-try.go")}
          </Button>
        </>
      }
    >
      <StepTitle>{text("last-try.title")}</StepTitle>
      <div class="note warn">
        <Icon name="warn" />
        <div>
          <h2>{text("last-try.lock")}</h2>
          <p>{text(`last-try.${keyOf(record.operation)}`)}</p>
        </div>
      </div>
      <section class="stack" aria-labelledby="unsure-title">
        <h2 id="unsure-title">{text("last-try.unsure")}</h2>
        <p class="small">{text("last-try.keeps")}</p>
        <p class="small">{text("last-try.sheet")}</p>
      </section>
    </Frame>
  );
}
