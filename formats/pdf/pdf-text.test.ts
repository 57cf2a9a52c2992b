import { expect, it } from "vitest";
import { encodeHex } from "../../shared/encoding/hex.ts";
import { octetsOf } from "./pdf-octets.ts";
import { dateString, readText, textString } from "./pdf-text.ts";
import { pdfString } from "./pdf-value.ts";

it("writes ASCII as it is and everything else as UTF-16BE", () => {
  expect(encodeHex(textString("A-1").octets)).toBe("412d31");
  expect(encodeHex(textString("A-1", "always").octets)).toBe("feff0041002d0031");
  expect(encodeHex(textString("道𠮟").octets)).toBe("feff9053d842df9f");
  expect(encodeHex(textString("a\nb").octets)).toBe("feff0061000a0062");
});

it("reads what others write", () => {
  expect(readText(textString("道野 遥"))).toBe("道野 遥");
  expect(readText(pdfString(octetsOf("\xff\xfe\x53\x90")))).toBe("道");
  expect(readText(pdfString(octetsOf("\xef\xbb\xbf\xe9\x81\x93")))).toBe("道");
  expect(readText(pdfString(octetsOf("caf\xe9 \x80\x9e\xa0\x18")))).toBe("café •ž€˘");
});

it("says the time of Japan, over the end of a year as well", () => {
  expect(readText(dateString(new Date("2026-12-31T15:00:01.999Z")))).toBe("D:20270101000001+09'00'");
});
