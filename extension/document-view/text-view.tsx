import { useMemo } from "preact/hooks";
import type { TextRange } from "../signature/signature-builder.ts";
import { CoveredPart } from "./covered-part.tsx";
import type { DocumentContent } from "./document-content.ts";
import { Runs } from "./visible-runs.tsx";
import { visibleRuns, type VisibleRun } from "./visible-text.ts";

function Plain({ runs }: { runs: readonly VisibleRun[] }) {
  return (
    <pre class="plain-text" dir="auto">
      <Runs runs={runs} />
    </pre>
  );
}

function CoveredText({ text, covered: { start, end } }: { text: string; covered: TextRange }) {
  const [before, covered, after] = useMemo(
    () => [text.slice(0, start), text.slice(start, end), text.slice(end)].map((part) => visibleRuns(part, true)),
    [text, start, end],
  );
  const part = (runs: readonly VisibleRun[] = []) => (runs.length > 0 ? <Plain runs={runs} /> : undefined);
  return <CoveredPart before={part(before)} covered={part(covered)} after={part(after)} />;
}

/** Text, character by character. Of XML that is too long for a tree the signed part is marked here. */
export function TextView(props: {
  content: Extract<DocumentContent, { kind: "text" }>;
  covered: TextRange | undefined;
}) {
  const { runs, xml } = props.content;
  return xml && props.covered ? <CoveredText text={xml.text} covered={props.covered} /> : <Plain runs={runs} />;
}
