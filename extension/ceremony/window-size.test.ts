import { expect, it } from "vitest";
import { readingRectangle } from "./window-size.ts";

const current = { width: 920, height: 760 };

it.each([
  ["a laptop", { left: 0, top: 0, width: 1440, height: 900 }, { left: 144, top: 70, width: 1152, height: 760 }],
  [
    "a large screen",
    { left: 0, top: 0, width: 2560, height: 1440 },
    { left: 580, top: 144, width: 1400, height: 1152 },
  ],
  [
    "a second screen",
    { left: 1440, top: 30, width: 1920, height: 1050 },
    { left: 1700, top: 135, width: 1400, height: 840 },
  ],
  ["a small screen", { left: 0, top: 0, width: 800, height: 600 }, { left: 0, top: 0, width: 920, height: 760 }],
])("a window with documents takes up to 80 %% of %s, in its middle", (_name, screen, expected) => {
  expect(readingRectangle(screen, current)).toEqual(expected);
});
