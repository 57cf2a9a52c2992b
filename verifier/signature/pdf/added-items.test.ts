import { expect, it } from "vitest";
import { pdfNumber } from "../../../formats/pdf/pdf-value.ts";
import { addedItems } from "./added-items.ts";

const list = (...numbers: readonly number[]) => numbers.map(pdfNumber);

it.each([
  [[], [], []],
  [[1, 2], [1, 2], []],
  [[1, 2], [1, 2, 3], [3]],
  [
    [1, 2],
    [3, 1, 4, 2],
    [3, 4],
  ],
  [
    [1, 1],
    [1, 2, 1, 1],
    [2, 1],
  ],
  [[], [1], [1]],
])("%j became %j: added %j", (before, after, added) => {
  expect(addedItems(list(...before), list(...after))).toEqual(list(...added));
});

it.each([
  [[1, 2], [1]],
  [
    [1, 2],
    [2, 1],
  ],
  [[1, 1], [1]],
])("%j became %j: something was taken away or moved", (before, after) => {
  expect(addedItems(list(...before), list(...after))).toBeUndefined();
});
