import { describe, expect, it } from "vitest";
import { countGestures } from "./user-gestures.ts";

/** A page whose events are the browser's own (`isTrusted`), which no script can make. */
function playedPage() {
  const listeners = new Map<string, (event: object) => void>();
  const count = countGestures({
    addEventListener: (type: string, listener: unknown, capture: unknown) => {
      expect(capture).toBe(true);
      listeners.set(type, listener as (event: object) => void);
    },
  } as Pick<Window, "addEventListener">);
  const send = (type: string, more: object = {}) => listeners.get(type)?.({ type, isTrusted: true, ...more });
  return { count, send };
}

const MOUSE = { pointerType: "mouse" };
const TOUCH = { pointerType: "touch" };

describe("one gesture", () => {
  it.each([
    ["a key", [["keydown", { key: "Enter" }]], 1],
    [
      "a key that is held",
      [
        ["keydown", { key: "a" }],
        ["keydown", { key: "a", repeat: true }],
      ],
      1,
    ],
    ["Escape", [["keydown", { key: "Escape" }]], 0],
    ["a mouse button", [["pointerdown", MOUSE], ["mousedown"], ["pointerup", MOUSE]], 1],
    [
      "two clicks",
      [["pointerdown", MOUSE], ["mousedown"], ["pointerup", MOUSE], ["pointerdown", MOUSE], ["mousedown"]],
      2,
    ],
    ["a tap with its mouse events", [["pointerdown", TOUCH], ["pointerup", TOUCH], ["mousedown"]], 1],
    [
      "a pen",
      [
        ["pointerdown", { pointerType: "pen" }],
        ["pointerup", { pointerType: "pen" }],
      ],
      1,
    ],
    ["a finger that only scrolls", [["pointerdown", TOUCH]], 0],
    ["an assistive technology's press", [["mousedown"]], 1],
    ["two of them", [["mousedown"], ["mousedown"]], 2],
    ["a press after a click", [["pointerdown", MOUSE], ["mousedown"], ["mousedown"]], 2],
    [
      "an event of a script",
      [
        ["pointerdown", { ...MOUSE, isTrusted: false }],
        ["keydown", { isTrusted: false }],
      ],
      0,
    ],
  ] as const)("%s", (_name, events, expected) => {
    const { count, send } = playedPage();
    for (const [type, more] of events) send(type, more);
    expect(count()).toBe(expected);
  });
});
