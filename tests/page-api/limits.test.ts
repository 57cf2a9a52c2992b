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
    ["a time-stamp", `name: "n"`, `, timestamp() {}`, "NotSupportedError/unsupported"],
  ])("%s", async (_kind, document, options, expected) => {
    expect((await bridge().sign(`{ data: "d", ${document} }`, options)).ended).toBe(expected);
  });

  it("no format at all is a mistake of the caller", async () => {
    expect(await bridge().endOf("sign", `{ documents: [{ name: "n", data: "d" }] }`)).toBe("TypeError");
  });

  it("more bytes than a call may bring", async () => {
    const half = `new Blob([new Uint8Array(${LIMITS.documentBytesPerCall / 2 + 1})])`;
    expect(
      await bridge().endOf(
        "sign",
        `{ format: "pkcs1", documents: [{ name: "a", data: ${half} }, { name: "b", data: ${half} }] }`,
      ),
    ).toBe("TypeError");
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
      profile: "x",
    });
  });
});
