import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

/** Something to be read before going on. */
export function Note(props: {
  tone: "info" | "warn" | "bad" | "good";
  title?: ComponentChildren;
  /** The title's level, by where it stands. */
  heading?: "h2" | "h3";
  children: ComponentChildren;
}) {
  const Heading = props.heading ?? "h3";
  return (
    <div class={`note ${props.tone}${props.title === undefined ? " slim" : ""}`}>
      <Icon name={props.tone === "good" ? "found" : props.tone} />
      <div>
        {props.title !== undefined && <Heading>{props.title}</Heading>}
        {props.children}
      </div>
    </div>
  );
}
