import { describe, expect, it } from "vitest";
import { timeLeft } from "./time-left.ts";

describe("the time left", () => {
  const second = 1_000;
  it.each([
    [0, 5 * second, 100, undefined],
    [10, 900, 100, undefined],
    [110, 5 * second, 100, undefined],
    [1, 1 * second, 1_000, { unit: "minutes", count: 17 }],
    [1, 1 * second, 92, { unit: "minutes", count: 2 }],
    [1, 1 * second, 91, { unit: "seconds", count: 90 }],
    [1, 1 * second, 12, { unit: "seconds", count: 20 }],
    [1, 1 * second, 11, { unit: "seconds", count: 10 }],
    [1, 1 * second, 10, { unit: "soon", count: undefined }],
    [100, 5 * second, 100, { unit: "soon", count: undefined }],
  ])("after %i octets in %i ms of %i is %j", (octets, milliseconds, size, expected) => {
    expect(timeLeft({ octets, milliseconds }, size)).toEqual(expected);
  });
});
