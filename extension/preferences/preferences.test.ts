import { describe, expect, it } from "vitest";
import { PREFERENCES_KEY, readPreferences, writePreferences, type PreferencesArea } from "./preferences.ts";

function memoryArea(items: Record<string, unknown> = {}): PreferencesArea {
  return {
    get: (key) => Promise.resolve({ [key]: items[key] }),
    set: (more) => Promise.resolve(void Object.assign(items, more)),
  };
}

describe("preferences", () => {
  it("come back as they were stored", async () => {
    const area = memoryArea();
    const chosen = { language: "ja-easy", furigana: true, seal: { picture: "boat", phrase: "海の見える坂" } } as const;
    await writePreferences(area, chosen);
    expect(await readPreferences(area)).toEqual(chosen);
  });

  it("may leave the seal for later", async () => {
    const area = memoryArea({ [PREFERENCES_KEY]: { language: "en", furigana: false } });
    expect(await readPreferences(area)).toEqual({ language: "en", furigana: false });
  });

  const seal = { picture: "boat", phrase: "" };
  it.each([
    undefined,
    "ja",
    { language: "fr", furigana: false },
    { language: "ja", furigana: "yes" },
    { language: "ja", furigana: false, more: 1 },
    { language: "ja", furigana: false, seal: { ...seal, picture: "dragon" } },
    { language: "ja", furigana: false, seal: { ...seal, phrase: "柿".repeat(21) } },
    { language: "ja", furigana: false, seal: { ...seal, phrase: "１ ２" } },
  ])("that are not ours count as none: %j", async (stored) => {
    expect(await readPreferences(memoryArea({ [PREFERENCES_KEY]: stored }))).toBeUndefined();
  });
});
