import { expect, it } from "vitest";
import { fuzzDocument } from "./fuzz-document.ts";

it("every kind of content and fault is met, so that each comparison was really made", () => {
  const { outcomes } = fuzzDocument(20_261_124, 3_000);
  for (const outcome of ["text", "form", "text that says it is a form", "xml", "image", "pdf"])
    expect(outcomes[outcome], outcome).toBeGreaterThan(10);
  for (const outcome of ["document-broken", "document-mismatch", "opaque: type", "opaque: unreadable"])
    expect(outcomes[outcome], outcome).toBeGreaterThan(10);
});
