import { useMemo } from "preact/hooks";
import type { TextRange } from "../signature/signature-builder.ts";
import type { XmlDocument } from "../../formats/xml/xml-tree.ts";
import { CoveredPart } from "./covered-part.tsx";
import { Runs } from "./visible-runs.tsx";
import { xmlLines, type XmlLine } from "./xml-lines.ts";

/** Lines that are laid out together. */
const GROUP = 100;
/** In a document of more lines, groups outside the window are not laid out at all. */
const LONG = 500;
/** Deeper lines are not moved further in: the window is narrow. */
const DEEPEST = 12;

function Lines({ lines }: { lines: readonly XmlLine[] }) {
  const groups = Array.from({ length: Math.ceil(lines.length / GROUP) }, (_, index) =>
    lines.slice(index * GROUP, (index + 1) * GROUP),
  );
  const lazy = lines.length > LONG;
  return (
    <>
      {groups.map((group, index) => (
        <div class={lazy ? "xml-group lazy" : "xml-group"} key={index} style={{ "--lines": group.length }}>
          {group.map(({ depth, parts }, at) => (
            <div class="xml-line" key={at} style={{ "--depth": Math.min(depth, DEEPEST) }}>
              {parts.map(({ role, runs }, part) => (
                <span key={part} class={`xml-${role}`}>
                  <Runs runs={runs} />
                </span>
              ))}
            </div>
          ))}
        </div>
      ))}
    </>
  );
}

/** XML as an indented tree, everything that stands in it, with the part that the signature covers framed where that is not all. */
export function XmlView({ document, covered }: { document: XmlDocument; covered: TextRange | undefined }) {
  const lines = useMemo(() => xmlLines(document), [document]);
  if (!covered) {
    return (
      <div class="xml">
        <Lines lines={lines} />
      </div>
    );
  }
  const part = (belongs: (line: XmlLine) => boolean) => {
    const chosen = lines.filter(belongs);
    return chosen.length > 0 ? <Lines lines={chosen} /> : undefined;
  };
  return (
    <div class="xml">
      <CoveredPart
        before={part(({ start }) => start < covered.start)}
        covered={part(({ start, end }) => start >= covered.start && end <= covered.end)}
        after={part(({ start, end }) => start >= covered.start && end > covered.end)}
      />
    </div>
  );
}
