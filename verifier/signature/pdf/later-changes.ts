import { isKind, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import type { LaterChange } from "../found-signature.ts";
import { Comparison, type Differences } from "./comparison.ts";
import { compareForms } from "./form-changes.ts";
import { changedKeys, sameValue } from "./object-differences.ts";
import { holderNumber, referencesIn } from "./object-graph.ts";
import { comparePages } from "./page-changes.ts";
import { readValidationData } from "./validation-data.ts";

/** Keys of the catalog that show nothing. The form, pages and validation data are compared by themselves. */
const CATALOG_KEYS = new Set(["AcroForm", "DSS", "Metadata", "Extensions", "Version"]);
/** What a tool that signs writes about itself. */
const INFORMATION_KEYS = new Set(["ModDate", "Producer", "Creator"]);

/**
 * What the newest revision changed of a signed one. Every object that says something else must be explained by a change that is known: one that
 * is not is a change of the content, also where the signed revision prepared it (shadow attacks: hide, replace, both).
 */
export async function readLaterChanges(differences: Differences): Promise<readonly LaterChange[]> {
  const comparison = new Comparison(differences);
  if (differences.objects.size === 0 && !trailerChanged(differences)) return [];
  refuseRevealed(comparison);
  await compareTrailer(comparison);
  await compareCatalog(comparison);
  await comparePages(comparison, await compareForms(comparison));
  comparison.refuseUnexplained();
  return comparison.changes;
}

const trailerOf = (
  { before, after }: Differences,
  key: string,
): readonly [PdfValue | undefined, PdfValue | undefined] => [
  before.document.references.trailer.get(key),
  after.document.references.trailer.get(key),
];

const trailerChanged = (differences: Differences): boolean =>
  ["Root", "Info"].some((key) => !sameValue(...trailerOf(differences, key)));

/** An object that was referred to when it was not there is content that was kept back. */
function refuseRevealed(comparison: Comparison): void {
  const { objects, graph, budget } = comparison.differences;
  for (const [number, { before }] of objects) {
    if (before !== null) {
      for (const reference of referencesIn(before))
        if (comparison.isNew(reference.number))
          comparison.refuse(`object ${reference.number} was missing when it was signed`);
      continue;
    }
    const holders = graph.holders.get(number) ?? new Set();
    // once for each signature: what many refer to is paid for as often
    budget.spend("values", holders.size);
    for (const holder of holders) {
      const by = holderNumber(holder);
      if (!Number.isNaN(by) && !objects.has(by)) comparison.refuse(`object ${number} was missing when it was signed`);
    }
  }
}

async function compareTrailer(comparison: Comparison): Promise<void> {
  const { before, after } = comparison.differences;
  if (!sameValue(...trailerOf(comparison.differences, "Root"))) comparison.refuse("the catalog is another object");
  const [old, now] = trailerOf(comparison.differences, "Info");
  const known = await before.document.dictionary(old, "/Info");
  const keys = changedKeys(known, await after.document.dictionary(now, "/Info"));
  const shown = keys.find((key) => !INFORMATION_KEYS.has(key));
  // where there was none, what a tool writes about itself is all there is to it
  if (known && shown !== undefined) comparison.refuse(`/Info: /${shown.slice(0, 40)} changed`);
  else if (keys.length > 0) comparison.note("metadata", "/Info changed", true);
  if (isKind(now, "reference")) comparison.explainHeldBy(now.number, (holder) => holder === "trailer/Info");
}

async function compareCatalog(comparison: Comparison): Promise<void> {
  const { before, after } = comparison.differences;
  const { catalogNumber } = after;
  if (comparison.isChanged(catalogNumber)) {
    comparison.explain(catalogNumber);
    for (const key of changedKeys(before.catalog, after.catalog))
      if (!CATALOG_KEYS.has(key)) comparison.refuse(`/Catalog: /${key.slice(0, 40)} changed`);
  }
  const metadata = after.catalog.get("Metadata");
  if (!sameValue(before.catalog.get("Metadata"), metadata)) comparison.note("metadata", "/Metadata changed", true);
  else if (isKind(metadata, "reference") && comparison.isChanged(metadata.number))
    comparison.note("metadata", "/Metadata changed", true);
  if (isKind(metadata, "reference"))
    comparison.explainHeldBy(metadata.number, (holder) => holder === `${catalogNumber}/Metadata`);
  if (!sameValue(before.catalog.get("Extensions"), after.catalog.get("Extensions")))
    comparison.note("metadata", "/Extensions changed", true);
  await compareValidationData(comparison);
}

async function compareValidationData(comparison: Comparison): Promise<void> {
  const { before, after } = comparison.differences;
  const store = after.catalog.get("DSS");
  const parts = await readValidationData(after.document, store);
  const isChanged = [...parts].some((number) => comparison.differences.objects.has(number));
  if (isChanged || !sameValue(before.catalog.get("DSS"), store))
    comparison.note("validation-data", "/DSS changed", true);
  for (const number of parts)
    comparison.explainHeldBy(
      number,
      (holder) => holder === `${after.catalogNumber}/DSS` || parts.has(holderNumber(holder)),
    );
}
