/** Pages beside those in sight that keep their picture; the next ones are drawn ahead. */
const AHEAD = 1;
const KEPT = 2;
/** More pictures than this are never kept, however small the pages are. */
const MOST = 12;

/** What to do next. */
export interface PagePlan {
  /** The page to draw now. */
  readonly draw: number | undefined;
  /** Pages whose picture goes. */
  readonly release: readonly number[];
}

/**
 * Which page to draw next, pages in sight first, and which pictures to give up, so that a file of any length takes the memory of a few
 * pages. `settled` are the pages that have their picture or can't be drawn.
 */
export function planPages(visible: readonly number[], settled: ReadonlySet<number>, pages: number): PagePlan {
  if (visible.length === 0) return { draw: undefined, release: [] };
  const first = Math.min(...visible);
  const last = Math.max(...visible);
  const inSight = [...visible].sort((a, b) => a - b).slice(0, MOST);
  const ahead = inSight.length < MOST ? [last + AHEAD, first - AHEAD].filter((page) => page >= 1 && page <= pages) : [];
  const wanted = [...inSight, ...ahead];
  const isKept = (page: number): boolean =>
    inSight.length < MOST ? page >= first - KEPT && page <= last + KEPT : inSight.includes(page);
  return {
    draw: wanted.find((page) => !settled.has(page)),
    release: [...settled].filter((page) => !isKept(page)),
  };
}
