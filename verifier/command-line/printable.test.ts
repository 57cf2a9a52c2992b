import { expect, it } from "vitest";
import { printable } from "./printable.ts";

it("leaves no character that does something to a terminal", () => {
  expect(printable("a\u001b[2Jb\r\nc\u0007")).toBe("a\\u{1b}[2Jb\\u{d}\\u{a}c\\u{7}");
  expect(printable("x\u202egnp.exe\u2066\u2028\u200b")).toBe("x\\u{202e}gnp.exe\\u{2066}\\u{2028}\\u{200b}");
  expect(printable("\ud800")).toBe("\\u{d800}");
});

it("leaves people's names alone", () => {
  expect(printable("𠮷野　髙子 (Ｔａｋａｋｏ) O'Neill")).toBe("𠮷野　髙子 (Ｔａｋａｋｏ) O'Neill");
});
