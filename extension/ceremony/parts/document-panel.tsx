import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS } from "../../../shared/limits.ts";
import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { WindowDocument } from "../ceremony-state.ts";
import { DocumentNotes } from "./document-notes.tsx";
import { DocumentOutside } from "./document-outside.tsx";
import { DocumentSheet } from "./document-sheet.tsx";
import { SizeChoice, type TextSize } from "./size-choice.tsx";
import { SiteWords } from "./words.tsx";

/** Whether the outside of a document stands on its sheet already, because there is nothing else to show. */
const isOutsideOnly = ({ received }: WindowDocument): boolean =>
  received === undefined || received.content.kind === "opaque";

/** The outside of a document that is shown, behind a word, for those who compare digests. */
export function DocumentDetails({ document }: { document: WindowDocument }) {
  if (isOutsideOnly(document)) return null;
  return (
    <details>
      <summary>{text("document.details")}</summary>
      <DocumentOutside document={document} />
    </details>
  );
}

/** Another document is read from its beginning, and its heading has the focus; the first one leaves the focus on the step. */
function useFocusOnDocument(index: number) {
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const focused = useRef(index);
  useLayoutEffect(() => {
    if (focused.current === index) return;
    focused.current = index;
    if (panel.current) panel.current.scrollTop = 0;
    heading.current?.focus();
  }, [index]);
  return { panel, heading };
}

/** The open document, as exactly the octets that will be signed; `children` stand under it. */
export function DocumentPanel(props: {
  document: WindowDocument;
  index: number;
  total: number;
  children?: ComponentChildren;
}) {
  const { document, index, total } = props;
  const { language } = useSpeech();
  const [size, setSize] = useState<TextSize>("normal");
  const { panel, heading } = useFocusOnDocument(index);
  const content = document.received?.content;
  return (
    <section ref={panel} class={`paper text-${size}`} tabIndex={0} aria-label={plain(language, "document.label")}>
      <div class="toolbar">
        <div>
          {total > 1 && <p class="caption">{text("document.number", { at: index + 1, total })}</p>}
          <h2 id="document-title" class="document-name" ref={heading} tabIndex={-1}>
            <SiteWords words={document.name} limit={LIMITS.documentNameCharacters} />
          </h2>
          {content?.kind === "text" && (
            <p class="caption">{text("document.encoding", { encoding: content.encoding })}</p>
          )}
        </div>
        {content && content.kind !== "opaque" && <SizeChoice size={size} onChange={setSize} />}
      </div>
      <div class="stack document" key={index}>
        <DocumentNotes document={document} />
        <DocumentSheet document={document} textSize={size} />
        {props.children}
      </div>
    </section>
  );
}
