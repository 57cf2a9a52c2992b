import { describe, expect, it } from "vitest";
import { stampObjects } from "./stamp-appearance.ts";
import { fontRuns, lineWidth } from "./stamp-text.ts";

describe("text", () => {
  it("is set in Helvetica where it is ASCII", () => {
    expect(fontRuns("MICHINO 道野\u0007x")).toEqual([
      { text: "MICHINO ", latin: true },
      { text: "道野", latin: false },
      { text: "x", latin: true },
    ]);
  });

  it("has the width of its advances", () => {
    expect(lineWidth("iW~")).toBeCloseTo(0.222 + 0.944 + 0.584);
    expect(lineWidth("道𠮟a")).toBeCloseTo(2.556);
    expect(lineWidth("")).toBe(0);
  });
});

describe("an appearance", () => {
  const reference = { kind: "reference", number: 1, generation: 0 } as const;
  const draw = (width: number, height: number, rotation: 0 | 90 | 180 | 270 = 0): string => {
    let next = 2;
    const allocate = () => ({ kind: "reference", number: next++, generation: 0 }) as const;
    const [form] = stampObjects(reference, { width, height, rotation }, [{ text: "道野 Haruka", size: 1 }], allocate);
    return form?.body ?? "";
  };

  it("is as large as the box allows, and no larger than a document's text", () => {
    const size = (body: string): number => Number(/ ([\d.]+) Tf/.exec(body)?.[1]);
    expect(size(draw(1000, 1000))).toBe(12);
    expect(size(draw(1000, 10))).toBeLessThan(10 / 1.3);
    const narrow = draw(30, 1000);
    expect(size(narrow) * lineWidth("道野 Haruka")).toBeLessThan(30);
  });

  it("says how long it is", () => {
    const body = draw(200, 50);
    const content = /stream\n([\s\S]*)\nendstream$/.exec(body)?.[1] ?? "";
    expect(body).toContain(`/Length ${content.length}>>`);
    expect(content).toContain("<9053 91ce>".replace(" ", ""));
  });

  it.each([
    [0, "[1 0 0 1 0 0]"],
    [90, "[0 1 -1 0 0 0]"],
    [180, "[-1 0 0 -1 0 0]"],
    [270, "[0 -1 1 0 0 0]"],
  ] as const)("is turned back by %i degrees", (rotation, matrix) => {
    expect(draw(200, 50, rotation)).toContain(`/Matrix ${matrix}`);
  });
});
