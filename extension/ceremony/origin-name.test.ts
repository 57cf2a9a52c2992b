import { domainToASCII, domainToUnicode } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { originName } from "./origin-name.ts";
import { decodeHost } from "./punycode.ts";

describe("the name of an origin", () => {
  it.each([
    ["https://shinsei.city.aozora.lg.jp", "shinsei.city.", "aozora.lg.jp"],
    ["https://www.metro.tokyo.lg.jp", "www.metro.", "tokyo.lg.jp"],
    ["https://forms.example.go.jp", "forms.", "example.go.jp"],
    ["https://lg.jp.example.com", "lg.jp.", "example.com"],
    ["https://example.jp", "", "example.jp"],
    ["https://city.chiyoda.tokyo.jp", "", "city.chiyoda.tokyo.jp"],
    ["https://www.pref.osaka.jp", "www.", "pref.osaka.jp"],
    ["https://forms.example.co.uk", "forms.", "example.co.uk"],
    ["https://localhost", "", "localhost"],
  ])("%s is strong where one registrant begins", (origin, before, registrable) => {
    expect(originName(origin)).toEqual({ before, registrable });
  });

  it("stands beside its ASCII form where letters were decoded", () => {
    expect(originName("https://www.xn--eckwd4c7c.jp")).toEqual({
      before: "www.",
      registrable: "ドメイン.jp",
      ascii: "www.xn--eckwd4c7c.jp",
    });
  });
});

describe("Punycode", () => {
  it("decodes what the platform encodes", () => {
    const label = fc.string({
      unit: fc.constantFrom(...Array.from("市役所青空あおぞらабвéa1-")),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(label, (name) => {
        const ascii = domainToASCII(`${name}.jp`);
        fc.pre(ascii.startsWith("xn--"));
        expect(decodeHost(ascii)).toBe(domainToUnicode(ascii));
      }),
    );
  });

  it.each(["xn--\u0000.jp", "xn--A!.jp", "xn--99999999999.jp"])("leaves what is not Punycode: %j", (host) => {
    expect(decodeHost(host)).toBe(host);
  });
});
