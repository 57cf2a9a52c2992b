import type { ComponentChildren } from "preact";
import { LIMITS } from "../../../shared/limits.ts";
import { useWindow } from "../window-context.ts";
import { SiteWords } from "./words.tsx";

/** The names that buttons carry for whoever drives the window from outside. */
export type ActionName =
  | "next"
  | "submit"
  | "cancel"
  | "close"
  | "other-means"
  | "retry"
  | "save"
  | "open-document"
  | "confirm-document"
  | "next-document"
  | "back-to-list"
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
  /** For a button that leads to one of several, whether that is what is shown. */
  current?: boolean;
  /** Words of the site that tell it from others that say the same; for screen readers, before what it says. */
  of?: string;
  /** Half as high, beside other things on a line. */
  small?: boolean;
  children: ComponentChildren;
}) {
  const { isInert } = useWindow();
  const { action, look, form, onPress, pressed, expanded, describedBy, current, of, small, children } = props;
  const onClick = (event: Event): void => {
    if (isInert()) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      type={form ? "submit" : "button"}
      {...(form ? { form } : {})}
      class={look === "text" ? "text-button" : `button ${look}${small ? " sm" : ""}`}
      data-action={action}
      aria-disabled={isInert() ? "true" : undefined}
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-describedby={describedBy}
      aria-current={current ? "true" : undefined}
      onClick={onClick}
    >
      {of !== undefined && (
        <span class="vh">
          <SiteWords words={of} limit={LIMITS.documentNameCharacters} />{" "}
        </span>
      )}
      <span>{children}</span>
    </button>
  );
}
