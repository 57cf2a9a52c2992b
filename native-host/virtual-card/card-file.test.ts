import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { somePins, temporaryFolder } from "../../tests/support/virtual-card.ts";
import { CARD_FILE, CardFileError, readCardFile, writeCardFile, type CardFileInput } from "./card-file.ts";

let folder: string;
let remove: () => void;
beforeEach(() => ({ folder, remove } = temporaryFolder()));
afterEach(() => remove());

describe("card.json", () => {
  it("means an ordinary card on the reader when it is not there", () => {
    expect(readCardFile(folder)).toMatchObject({
      person: "ordinary",
      service: "running",
      reader: true,
      present: true,
      insertion: 0,
      quirks: { shortFileIds: true, filler: "FF", certificateOctets: { authentication: 1500, signing: 2000 } },
    });
  });

  it("comes back as it was written, for its owner only", () => {
    const card: CardFileInput = { ...somePins().file, person: "child", quirks: { removedAfterCommands: 4 } };
    writeCardFile(folder, card);
    expect(readCardFile(folder)).toMatchObject(card);
    expect(statSync(join(folder, CARD_FILE)).mode & 0o077).toBe(0);
  });

  it.each([
    ["no JSON", "{", /card\.json: not JSON/],
    ["an unknown key", '{"persons":"child"}', /persons/],
    ["an unknown person", '{"person":"nobody"}', /person expected/],
    ["an unknown quirk", '{"quirks":{"shortFileIDs":false}}', /quirks\.shortFileIDs/],
    ["a quirk of the wrong kind", '{"quirks":{"removedAfterCommands":0}}', /quirks\.removedAfterCommands/],
    ["a list", "[]", /card\.json/],
  ])("with %s is refused, naming the place", (_, text, message) => {
    writeFileSync(join(folder, CARD_FILE), text);
    expect(() => readCardFile(folder)).toThrow(CardFileError);
    expect(() => readCardFile(folder)).toThrow(message);
  });

  it("with a malformed PIN is refused without repeating it", () => {
    const malformed = `x${somePins().file.signingPin}`;
    expect(() => writeCardFile(folder, { signingPin: malformed })).toThrow(/signingPin breaks the rule/);
    expect(() => writeCardFile(folder, { signingPin: malformed })).not.toThrow(malformed);
  });
});
