import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPinFrame, PinBytes, pinMessage, takePinFrame } from "./pin-frame.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const alphabet = Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
const pins = fc.array(fc.constantFrom(...alphabet), { minLength: 4, maxLength: 16 }).map((letters) => letters.join(""));

describe("a PIN frame", () => {
  it("is what a browser makes of the window's message, and gives back the octets", () => {
    fc.assert(
      fc.property(pins, (pin) => {
        const body = bytes(JSON.stringify(pinMessage(pin)));
        expect(isPinFrame(body)).toBe(true);
        expect(takePinFrame(body)?.expose()).toEqual(bytes(pin));
      }),
    );
  });

  it("gives a copy: overwriting the frame leaves the PIN, wiping the PIN leaves nothing", () => {
    fc.assert(
      fc.property(pins, (pin) => {
        const body = bytes(JSON.stringify({ pin }));
        const taken = takePinFrame(body);
        body.fill(0);
        expect(taken?.expose()).toEqual(bytes(pin));
        taken?.wipe();
        expect(taken?.expose().every((octet) => octet === 0)).toBe(true);
      }),
    );
  });

  it.each([
    ["too short", '{"pin":"123"}'],
    ["too long", `{"pin":"${"A".repeat(17)}"}`],
    ["lower case", '{"pin":"abcdef"}'],
    ["an escape", '{"pin":"\\u00312345"}'],
    ["a quote inside", '{"pin":"12"345"}'],
    ["another member", '{"pin":"1234","x":1}'],
    ["no end", '{"pin":"1234'],
    ["the prefix alone", '{"pin":"'],
    ["spaces", '{"pin": "1234"}'],
  ])("of the wrong form is none: %s", (_, text) => {
    expect(takePinFrame(bytes(text))).toBeUndefined();
  });

  it("that is meant as one, however broken, is recognised, so that it is never parsed as JSON", () => {
    expect(isPinFrame(bytes('{"pin":"\\u0031'))).toBe(true);
    expect(isPinFrame(bytes('{"id":1,"pin":"1234"}'))).toBe(false);
  });
});

it("a PIN prints as redacted, wherever it is printed", () => {
  fc.assert(
    fc.property(pins, (pin) => {
      const held = new PinBytes(bytes(pin));
      for (const printed of [String(held), JSON.stringify({ held }), inspect(held), inspect({ deep: [held] })]) {
        expect(printed).toContain("redacted");
        expect(printed).not.toContain(bytes(pin).join(", "));
      }
    }),
  );
});
