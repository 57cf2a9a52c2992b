import type { ComponentChildren } from "preact";
import { useWindow } from "../window-context.ts";

/** The names that buttons carry for whoever drives the window from outside. */
export type ActionName =
  | "next"
  | "submit"
  | "cancel"
  | "close"
  | "other-means"
  | "retry"
  | "save"
  | "copy-code"
  | "toggle-pin"
  | "try-last"
  | "choose-seal"
  | "setup-done"
  | "setup-later"
  | "furigana"
  | "help";

/** A button: always reachable, never `disabled`; inert for a moment where a click could be meant for another window. */
export function Button(props: {
  action: ActionName;
  look: "solid" | "outline" | "text";
  /** With `form` the button submits that form. */
  form?: string;
  onPress?: () => void;
  /** For buttons that switch or open something. */
  pressed?: boolean;
  expanded?: boolean;
  describedBy?: string;
  children: ComponentChildren;
}) {
  const { isInert } = useWindow();
  const { action, look, form, onPress, pressed, expanded, describedBy, children } = props;
  const onClick = (event: Event): void => {
    if (isInert()) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      type={form ? "submit" : "button"}
      {...(form ? { form } : {})}
      class={look === "text" ? "text-button" : `button ${look}`}
      data-action={action}
      aria-disabled={isInert() ? "true" : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-describedby={describedBy}
      onClick={onClick}
    >
      <span>{children}</span>
    </button>
  );
}
