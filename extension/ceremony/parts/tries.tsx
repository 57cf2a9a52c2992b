import type { KeyName } from "../../../shared/protocol/fields.ts";
import { text } from "../../locales/text.tsx";

/** Wrong entries in a row after which the card locks each PIN. */
const TRIES: Readonly<Record<KeyName, number>> = { authentication: 3, signing: 5 };

/** The tries that are left, in words and dots. */
export function Tries({ pinKey, left }: { pinKey: KeyName; left: number }) {
  const dots = Array.from({ length: Math.max(TRIES[pinKey], left) }, (_, index) => index < left);
  return (
    <p class={left < TRIES[pinKey] ? "tries low" : "tries"} id="tries">
      <i aria-hidden="true">
        {dots.map((isLeft, index) => (
          <span key={index} class={isLeft ? "left" : ""} />
        ))}
      </i>
      <span>{text("pin.tries", { count: left })}</span>
    </p>
  );
}
