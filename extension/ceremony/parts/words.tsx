import { useMemo } from "preact/hooks";
import { Runs } from "../../document-view/visible-runs.tsx";
import { limitWords, visibleRuns } from "../../document-view/visible-text.ts";

/** Words of the site, on one line, isolated in direction, limited in length, nothing in them hidden. */
export function SiteWords({ words, limit }: { words: string; limit: number }) {
  const runs = useMemo(() => visibleRuns(limitWords(words, limit), false), [words, limit]);
  return (
    <bdi class="site-words">
      <Runs runs={runs} />
    </bdi>
  );
}
