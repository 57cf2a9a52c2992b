import type { VisibleRun } from "./visible-text.ts";

/** Runs of a text, with a mark for every character that would otherwise not be seen. */
export function Runs({ runs }: { runs: readonly VisibleRun[] }) {
  return (
    <>
      {runs.map((run, index) =>
        run.kind === "text" ? (
          run.text
        ) : (
          <span key={index} class="hidden-mark">
            {run.code}
          </span>
        ),
      )}
    </>
  );
}
