import { useMemo } from "preact/hooks";
import { limitWords, visibleRuns, type VisibleRun } from "../visible-text.ts";

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

/** Words of the site, on one line, isolated in direction, limited in length, nothing in them hidden. */
export function SiteWords({ words, limit }: { words: string; limit: number }) {
  const runs = useMemo(() => visibleRuns(limitWords(words, limit), false), [words, limit]);
  return (
    <bdi class="site-words">
      <Runs runs={runs} />
    </bdi>
  );
}
