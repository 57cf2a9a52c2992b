import { describe, expect, it } from "vitest";
import { smallPdf } from "../../fixtures/pdf/small-pdf.ts";
import { changed, plan, signed, stream, verdict, type Bytes } from "./signed-pdf.ts";

describe("files that cost a lot", () => {
  it("20 MB, three signatures", async () => {
    let file = plan({ 20: stream("x".repeat(20_000_000)) });
    for (let count = 0; count < 3; count++) file = await signed(file);
    expect(await verdict(file)).toEqual(["ok", "ok", "ok"]);
  });

  it("twenty thousand objects, three signatures", async () => {
    const objects: Record<number, string> = { 1: "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 20 0 R>>" };
    for (let number = 20; number < 20_020; number++)
      objects[number] = `<</Type/StructElem/S/P/P ${number - 1} 0 R/K[${number + 1} 0 R]/Pg 3 0 R/Alt(a text)>>`;
    let file: Bytes = smallPdf(objects);
    for (let count = 0; count < 3; count++) file = await signed(file);
    expect(await verdict(file)).toEqual(["ok", "ok", "ok"]);
  });

  it("a hundred signatures", async () => {
    let file = plan();
    for (let count = 0; count < 100; count++) file = await signed(file);
    expect(await verdict(file)).toEqual(Array.from({ length: 100 }, () => "ok"));
    expect(await verdict(await signed(file))).toEqual(["too-large"]);
  });

  it("two million numbers", async () => {
    expect(await verdict(plan({ 20: `[${"0 ".repeat(2_100_000)}]` }))).toEqual(["too-large"]);
  });

  it("replaced objects that never end, one in the other", async () => {
    const count = 2000;
    const objects: Record<number, string> = {};
    for (let number = 20; number < 20 + count; number++) objects[number] = "(";
    objects[20 + count] = "x".repeat(200_000);
    const first = smallPdf(objects);
    const newest = Object.fromEntries(Object.keys(objects).map((number) => [number, "null"]));
    expect(await verdict(changed(first, newest))).toEqual(["too-large"]);
  });

  it("streams in each other, twice the same", async () => {
    const count = 1500;
    const size = 300_000;
    const block = (head: number): string => {
      let text = "";
      for (let number = 20; number < 20 + count; number++) text += `${number} 0 obj\n<</Length ${size}>>\nstream\n`;
      return `${text}${"x".repeat(size)}\n${" ".repeat(head)}`;
    };
    const at = (file: Uint8Array, from: number): number[] => {
      const places: number[] = [];
      const octets = Buffer.from(file.buffer, file.byteOffset, file.length);
      for (let number = 20; number < 20 + count; number++)
        places.push(octets.indexOf(`${number} 0 obj\n<</Length`, from));
      return places;
    };
    // both copies stand in the signed revision, and the update leads from one to the other
    const references = Array.from({ length: count }, (_, index) => `${20 + index} 0 R`).join(" ");
    const file = plan({
      1: `<</Type/Catalog/Pages 2 0 R/PieceInfo[${references}]>>`,
      10: stream(block(0)),
      11: stream(block(1)),
    });
    const first = at(file, 0);
    const second = at(file, (first.at(-1) ?? 0) + size);
    const table = (places: readonly number[]): string =>
      `xref\n20 ${count}\n${places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")}`;
    const appended = (given: Uint8Array, places: readonly number[], objects: number): Bytes => {
      const prev = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(Buffer.from(given).toString("latin1"))?.[1] ?? "";
      const trailer = `trailer\n<</Size ${objects}/Root 1 0 R/Prev ${prev}>>\nstartxref\n${given.length}\n%%EOF\n`;
      return new Uint8Array(Buffer.concat([given, Buffer.from(table(places) + trailer, "latin1")]));
    };
    const update = appended(await signed(appended(file, first, 5000)), second, 9000);
    expect(await verdict(update)).toEqual(["too-large coverage"]);
  });
});
