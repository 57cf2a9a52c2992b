import { describe, expect, it } from "vitest";
import { LIMITS } from "../../shared/limits.ts";
import { usePlayedBridge } from "./played-bridge.ts";

const bridge = usePlayedBridge();

describe("limits and formats", () => {
  const { documentNameCharacters, purposeCharacters, mediaTypeCharacters, languageTagCharacters } = LIMITS;
  it.each([
    ["longest name", `name: "🖋".repeat(${documentNameCharacters})`, "", "fulfilled arrived"],
    ["longer name", `name: "n".repeat(${documentNameCharacters + 1})`, "", "TypeError"],
    ["longest purpose", `name: "n"`, `, purpose: "公".repeat(${purposeCharacters})`, "fulfilled arrived"],
    ["longer purpose", `name: "n"`, `, purpose: "公".repeat(${purposeCharacters + 1})`, "TypeError"],
    ["longer type", `name: "n", type: "t".repeat(${mediaTypeCharacters + 1})`, "", "TypeError"],
    ["longer lang", `name: "n"`, `, lang: "l".repeat(${languageTagCharacters + 1})`, "TypeError"],
    ["a time-stamp that is no function", `name: "n"`, `, timestamp: {}`, "TypeError"],
    ["a time-stamp", `name: "n"`, `, timestamp() {}`, "fulfilled arrived"],
    ["longer reason", `name: "n", pdf: { reason: "r".repeat(${LIMITS.optionCharacters + 1}) }`, "", "TypeError"],
    ["longer target", `name: "n", xml: { target: "t".repeat(${LIMITS.optionCharacters + 1}) }`, "", "TypeError"],
    ["a stamp", `name: "n", pdf: { stamp: { x: 1, y: "2", width: 3, height: 4.5 } }`, "", "fulfilled arrived"],
    ["a stamp without a place", `name: "n", pdf: { stamp: { page: 1, width: 3, height: 4 } }`, "", "TypeError"],
    ["a stamp nowhere", `name: "n", pdf: { stamp: { x: NaN, y: 2, width: 3, height: 4 } }`, "", "TypeError"],
    ["a stamp on page 0", `name: "n", pdf: { stamp: { page: 0, x: 1, y: 2, width: 3, height: 4 } }`, "", "TypeError"],
    [
      "a stamp before all pages",
      `name: "n", pdf: { stamp: { page: -1, x: 1, y: 2, width: 3, height: 4 } }`,
      "",
      "TypeError",
    ],
    ["a stamp of no size", `name: "n", pdf: { stamp: { x: 1, y: 2, width: 0, height: 4 } }`, "", "TypeError"],
    [
      "too many referenced files",
      `name: "n", references: Array(${LIMITS.referencesPerDocument + 1}).fill({ name: "r", data: "" })`,
      "",
      "TypeError",
    ],
  ])("%s", async (_kind, document, options, expected) => {
    expect((await bridge().sign(`{ data: "d", ${document} }`, options)).ended).toBe(expected);
  });

  it("no format at all is a mistake of the caller", async () => {
    expect(await bridge().endOf("sign", `{ documents: [{ name: "n", data: "d" }] }`)).toBe("TypeError");
  });

  it("more bytes than a call may bring", async () => {
    const part = `new Blob([new Uint8Array(${LIMITS.shownDocumentBytes})])`;
    const half = `((part) => new Blob(Array(${LIMITS.documentBytesPerCall / LIMITS.shownDocumentBytes / 2}).fill(part).concat("x")))(${part})`;
    expect(
      await bridge().endOf(
        "sign",
        `{ format: "pkcs1", documents: [{ name: "a", data: ${half} }, { name: "b", data: ${half} }] }`,
      ),
    ).toBe("TypeError");
  });

  it("a document's own profile stands in place of the call's format, too", async () => {
    const { sent } = await bridge().sign(`{ name: "n", data: "d", profile: "moj-pdf" }`);
    expect(sent?.["profile"]).toBe("moj-pdf");
    expect(sent?.["format"]).toBeUndefined();
  });

  it("a document's own format, packaging and profile come before the call's", async () => {
    const { sent } = await bridge().sign(
      `{ name: "\\ud800", data: "d", type: "text/plain", format: "cades", packaging: "detached" }`,
      `, packaging: "enveloping", profile: "x"`,
    );
    expect(sent).toMatchObject({
      name: "\ufffd",
      type: "text/plain",
      format: "cades",
      packaging: "detached",
    });
    expect(sent?.["profile"]).toBeUndefined();
  });
});
