import { describe, expect, it } from "vitest";
import { planPages } from "./page-plan.ts";

/** Draws until there is nothing left to draw. */
function drawn(visible: readonly number[], pages: number, settled = new Set<number>()): number[] {
  const order: number[] = [];
  for (;;) {
    const { draw, release } = planPages(visible, settled, pages);
    for (const page of release) settled.delete(page);
    if (draw === undefined) return order;
    settled.add(draw);
    order.push(draw);
  }
}

describe("the plan for the pages", () => {
  it("draws what is in sight from the top, then the next page, then the one before", () => {
    expect(drawn([6, 5], 120)).toEqual([5, 6, 7, 4]);
    expect(drawn([1], 120)).toEqual([1, 2]);
    expect(drawn([120], 120)).toEqual([120, 119]);
  });

  it("draws nothing while nothing is in sight, and gives nothing up", () => {
    expect(planPages([], new Set([3]), 9)).toEqual({ draw: undefined, release: [] });
  });

  it("gives up what is far away", () => {
    expect(planPages([50], new Set([1, 47, 48, 49, 50, 51, 52, 53]), 120).release).toEqual([1, 47, 53]);
  });

  it("never keeps more than a dozen pictures, however many pages are in sight, and comes to an end", () => {
    const visible = Array.from({ length: 300 }, (_, at) => at + 1);
    const settled = new Set<number>();
    expect(drawn(visible, 300, settled)).toHaveLength(12);
    expect(settled.size).toBe(12);
  });

  it("does not draw again what can't be drawn", () => {
    expect(drawn([2, 3], 3, new Set([2]))).toEqual([3, 1]);
  });
});
