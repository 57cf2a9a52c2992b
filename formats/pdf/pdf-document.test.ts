import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PdfDocument } from "./pdf-document.ts";

const HOSTILE = join(import.meta.dirname, "../../tests/fixtures/pdf/hostile");

it("an object stream whose length stands in itself is refused, not waited for", async () => {
  const document = await PdfDocument.open(new Uint8Array(readFileSync(join(HOSTILE, "length-in-itself.pdf"))));
  await expect(document.resolve(document.references.trailer.get("Root"))).rejects.toMatchObject({
    code: "document-broken",
    detail: expect.stringMatching(/needs itself/) as string,
  });
});
