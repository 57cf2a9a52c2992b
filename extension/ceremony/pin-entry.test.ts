import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasFullWidth, judgePin } from "./pin-entry.ts";

const DIGITS = "0123456789";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const textOf = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });
const fullWidth = (text: string): string =>
  text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

describe("a PIN is judged before it reaches the card", () => {
  it("login: 4 digits, also full-width and with spaces around", () => {
    fc.assert(
      fc.property(textOf(DIGITS, 4, 4), (pin) => {
        for (const typed of [pin, fullWidth(pin), ` ${pin}\n`, `　${pin}`]) {
          expect(judgePin("authentication", typed)).toEqual({ kind: "pin", pin });
        }
      }),
    );
  });

  it("signing: 6 to 16 letters and digits, capitals made here", () => {
    fc.assert(
      fc.property(textOf(DIGITS + LETTERS, 6, 16), (pin) => {
        for (const typed of [pin, pin.toLowerCase(), fullWidth(pin.toLowerCase()), `${pin} `]) {
          expect(judgePin("signing", typed)).toEqual({ kind: "pin", pin });
        }
      }),
    );
  });

  it("says which form is wanted, and sees the login PIN in the signing field", () => {
    fc.assert(
      fc.property(textOf(DIGITS, 4, 4), textOf(DIGITS, 1, 3), (four, fewer) => {
        expect(judgePin("signing", fullWidth(four))).toEqual({ kind: "refused", problem: "pin.other-pin" });
        expect(judgePin("signing", fewer)).toEqual({ kind: "refused", problem: "pin.length" });
        expect(judgePin("authentication", fewer)).toEqual({ kind: "refused", problem: "pin.digits" });
        expect(judgePin("authentication", four + fewer)).toEqual({ kind: "refused", problem: "pin.digits" });
      }),
    );
  });

  it.each(["あいうえ", "abcdeか", "abc-def", "ab cd ef", "ａｂｃｄｅｆ＃", "éabcdef"])(
    "never drops a character that no PIN has: %s",
    (typed) => expect(judgePin("signing", typed)).toEqual({ kind: "refused", problem: "pin.letters" }),
  );

  it.each(["", "  ", "　"])("asks for a PIN when there is none: %j", (typed) => {
    expect(judgePin("signing", typed)).toEqual({ kind: "refused", problem: "pin.empty" });
    expect(judgePin("authentication", typed)).toEqual({ kind: "refused", problem: "pin.empty" });
  });

  it("lets nothing through but what the PIN frame takes", () => {
    fc.assert(
      fc.property(fc.constantFrom("authentication" as const, "signing" as const), fc.string(), (key, typed) => {
        const entry = judgePin(key, typed);
        expect(entry.kind === "pin" ? /^[0-9A-Z]{4,16}$/.test(entry.pin) : true).toBe(true);
      }),
    );
  });

  it("notices full-width characters", () => {
    expect([hasFullWidth("１２"), hasFullWidth("12"), hasFullWidth("ab")]).toEqual([true, false, false]);
  });
});

describe("nothing but full-width forms is made into a digit or a letter", () => {
  it.each(["1①34", "12²4", "１２３〇"])("the login PIN: %s", (typed) => {
    expect(judgePin("authentication", typed)).toEqual({ kind: "refused", problem: "pin.digits" });
  });

  it.each(["paßword1", "ﬁnger12", "ıabcde1", "ABC12３①"])("the signing PIN: %s", (typed) => {
    expect(judgePin("signing", typed)).toEqual({ kind: "refused", problem: "pin.letters" });
  });
});
