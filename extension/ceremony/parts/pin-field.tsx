import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { KeyName } from "../../../shared/protocol/fields.ts";
import { text } from "../../locales/text.tsx";
import { hasFullWidth } from "../pin-entry.ts";
import { useWindow } from "../window-context.ts";
import { Button } from "./button.tsx";
import { Tries } from "./tries.tsx";

/** What password managers read: a PIN that was stored and has changed since would cost a try. Pasting stays possible. */
const NOT_TO_BE_STORED = {
  autocomplete: "off",
  "data-1p-ignore": "",
  "data-lpignore": "true",
  "data-bwignore": "",
  "data-form-type": "other",
};

const KEYBOARDS = {
  authentication: { class: "pin pin-4", inputMode: "numeric" },
  signing: { class: "pin pin-16", autocapitalize: "characters", autocorrect: "off" },
} as const satisfies Record<KeyName, object>;

/**
 * The field of one PIN. Its value lives in the element alone, never in a component's state, and is not rewritten while an input
 * method composes. `describedBy` names the error, if there is one.
 */
export function PinField(props: {
  pinKey: KeyName;
  field: RefObject<HTMLInputElement>;
  attemptsRemaining: number;
  errorId: string | undefined;
}) {
  const { pinKey, field, attemptsRemaining, errorId } = props;
  const { dropEntry } = useWindow();
  const [shown, setShown] = useState(false);
  const [fullWidth, setFullWidth] = useState(false);
  const notice = (): void => setFullWidth(hasFullWidth(field.current?.value ?? ""));

  useEffect(() => {
    const input = field.current;
    return () => {
      if (!input) return;
      if (input.value !== "") dropEntry();
      input.value = "";
    };
  }, [field]);

  const type = !shown ? "password" : pinKey === "authentication" ? "tel" : "text";
  const described = [errorId, "tries", "pin-help", fullWidth ? "pin-converted" : undefined].filter(Boolean).join(" ");
  return (
    <>
      <div class="row">
        <input
          {...KEYBOARDS[pinKey]}
          {...NOT_TO_BE_STORED}
          id="pin"
          ref={field}
          type={type}
          spellcheck={false}
          aria-invalid={errorId === undefined ? undefined : "true"}
          aria-describedby={described}
          onInput={(event) => {
            if (!event.isComposing) notice();
          }}
          onCompositionEnd={notice}
        />
        <Button action="toggle-pin" look="text" pressed={shown} onPress={() => setShown(!shown)}>
          {text(shown ? "action.toggle-pin.hide" : "action.toggle-pin.show")}
        </Button>
        <Tries pinKey={pinKey} left={attemptsRemaining} />
      </div>
      {fullWidth && (
        <p class="small" id="pin-converted">
          {text("pin.converted")}
        </p>
      )}
    </>
  );
}
