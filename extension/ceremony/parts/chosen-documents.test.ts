import { describe, expect, it } from "vitest";
import { ready, signingOf } from "../../../tests/ceremony/ceremony-events.ts";
import { walk } from "../../../tests/ceremony/walk.ts";
import { dockOf } from "../ceremony-screen.ts";
import type { CeremonyEvent, CeremonyState } from "../ceremony-state.ts";
import { chosenDocuments, nextUnticked } from "./chosen-documents.ts";

const text = { type: "text/plain", octets: new TextEncoder().encode("a") };
const files = signingOf([
  { ...text, name: "a", format: "xmldsig", packaging: "detached" },
  { ...text, name: "part of a", partOf: 0 },
  { ...text, name: "b" },
]);
const ticked = (...indexes: readonly number[]): CeremonyState =>
  walk(
    ...files,
    ready(1, 5),
    ...indexes.flatMap((index): CeremonyEvent[] => [
      { type: "show-document", index },
      { type: "tick-document", index, ticked: true },
    ]),
  ).state;

describe("the documents that are ticked", () => {
  it("are signed once all files of theirs are ticked", () => {
    expect(chosenDocuments(ticked())).toEqual([]);
    expect(chosenDocuments(ticked(0))).toEqual([]);
    expect(chosenDocuments(ticked(1))).toEqual([]);
    expect(chosenDocuments(ticked(0, 1))).toEqual([0]);
    expect(chosenDocuments(ticked(0, 1, 2))).toEqual([0, 2]);
  });

  it("are followed by the next that is not, from the shown one on and around", () => {
    expect(nextUnticked(ticked())).toBe(1);
    expect(nextUnticked(ticked(1))).toBe(2);
    expect(nextUnticked(ticked(2))).toBe(0);
    expect(nextUnticked(ticked(0, 1, 2))).toBeUndefined();
  });

  it("are counted in the status line, and the rest too", () => {
    expect(dockOf(ticked(1))).toMatchObject({ text: "documents.status", counts: { count: 1, left: 2 } });
    expect(dockOf(ticked(0, 1, 2))).toMatchObject({ text: "documents.status.all", counts: { count: 3 } });
  });
});
