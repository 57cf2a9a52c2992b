import type { ComponentChildren } from "preact";
import { plain } from "../locales/languages.ts";
import { text, useSpeech } from "../locales/text.tsx";

/** A document in three parts, of which only the middle one is signed: framed, and said in words. Empty parts are left out. */
export function CoveredPart(props: {
  before: ComponentChildren | undefined;
  covered: ComponentChildren;
  after: ComponentChildren | undefined;
}) {
  const { language } = useSpeech();
  const outside = (content: ComponentChildren) =>
    content !== undefined && (
      <div class="uncovered" role="group" aria-label={plain(language, "document.xml.outside")}>
        <p class="part-label">{text("document.xml.outside")}</p>
        {content}
      </div>
    );
  return (
    <>
      {outside(props.before)}
      <div class="covered" role="group" aria-label={plain(language, "document.xml.covered")}>
        <p class="part-label">{text("document.xml.covered")}</p>
        {props.covered}
      </div>
      {outside(props.after)}
    </>
  );
}
