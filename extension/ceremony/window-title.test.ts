import { describe, expect, it } from "vitest";
import { SCENES } from "../../tests/ceremony/gallery/scenes.ts";
import { LANGUAGES } from "../locales/languages.ts";
import { siteName, windowTitle } from "./window-title.ts";

const titleOf = (scene: string, language: (typeof LANGUAGES)[number] = "ja"): string => {
  const state = SCENES[scene]?.state;
  if (!state) throw new Error(`no scene ${scene}`);
  return windowTitle(state, language, false);
};

describe("the window's title", () => {
  it.each([
    ["review", "ログイン：確認 – 公道"],
    ["pin", "ログイン：暗証番号 – 公道"],
    ["sign-review", "電子署名：書類 – 公道"],
    ["sign-done", "電子署名：完了 – 公道"],
    ["reader-none", "ログイン：カードリーダーが見つかりません – 公道"],
    ["pin-test", "【テスト】ログイン：暗証番号 – 公道"],
  ])("of %s is %s", (scene, title) => expect(titleOf(scene)).toBe(title));

  it.each(LANGUAGES)("carries no marks and no readings in %s", (language) => {
    for (const scene of Object.keys(SCENES)) expect(titleOf(scene, language), scene).not.toMatch(/[{}|¦*]/);
  });

  it("and the site's name follow the language", () => {
    const state = SCENES["review"]?.state;
    expect(state && [siteName(state, "ja"), siteName(state, "en")]).toEqual(["青空市", "Aozora City"]);
  });
});
