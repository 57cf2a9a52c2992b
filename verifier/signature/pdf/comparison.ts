import { isKind } from "../../../formats/pdf/pdf-value.ts";
import type { WorkBudget } from "../../../formats/pdf/work-budget.ts";
import type { LaterChange } from "../found-signature.ts";
import type { DocumentShape } from "./document-shape.ts";
import type { ObjectDifference } from "./object-differences.ts";
import type { Holder, ObjectGraph } from "./object-graph.ts";
import { SIGNED_PDF_LIMITS } from "./pdf-limits.ts";
import type { Permissions } from "./permissions.ts";

/** What of the newest revision differs from a signed one. */
export interface Differences {
  readonly before: DocumentShape;
  readonly after: DocumentShape;
  /** Objects that say something else and can be reached in the newest revision. */
  readonly objects: ReadonlyMap<number, ObjectDifference>;
  readonly graph: ObjectGraph;
  /** What the signers of the signed revision left open. */
  readonly permissions: Permissions;
  readonly budget: WorkBudget;
}

/** Keys under which something is drawn with: an object that stands there as well as in the form is no longer only what it says that it is. */
const DRAWN_WITH =
  /\/(?:Resources|XObject|Font|ExtGState|ColorSpace|Pattern|Shading|Properties|ProcSet|Contents|AP|OCProperties)$/;

/** Collects what later revisions did, and which of the changed objects are explained by it; those that are left over are changes of the content. */
export class Comparison {
  readonly differences: Differences;
  readonly changes: LaterChange[] = [];
  readonly #explained = new Set<number>();
  #places: Map<number, number[]> | undefined;
  readonly #stamped = new Map<number, number>();

  constructor(differences: Differences) {
    this.differences = differences;
  }

  /** Notes a change. */
  note(kind: LaterChange["kind"], what: string, allowed: boolean): void {
    if (this.changes.length < SIGNED_PDF_LIMITS.changes || !allowed) this.changes.push({ kind, what, allowed });
  }

  /** Notes what nobody may change. */
  refuse(what: string): void {
    if (this.changes.length < SIGNED_PDF_LIMITS.changes || this.allAllowed) this.note("content", what, false);
  }

  /** Whether nothing was noted that is not allowed. */
  get allAllowed(): boolean {
    return this.changes.every(({ allowed }) => allowed);
  }

  /** A dictionary of which every changed key has been looked at. It must not also be something to draw with. */
  explain(number: number): void {
    if (this.holders(number).some((holder) => DRAWN_WITH.test(holder))) this.refuse(`object ${number} has two roles`);
    this.#explained.add(number);
  }

  /** An object that may say anything, because nobody but `holders` refers to it. */
  explainHeldBy(number: number, isHolder: (holder: Holder) => boolean): void {
    if (!this.isChanged(number)) return;
    if (!this.holders(number).every(isHolder)) this.refuse(`object ${number} has two roles`);
    this.#explained.add(number);
  }

  /** Whether it was there, and is another now. */
  isChanged(number: number): boolean {
    return (this.differences.objects.get(number)?.before ?? null) !== null;
  }

  /** Whether it was not there. */
  isNew(number: number): boolean {
    return this.differences.objects.get(number)?.before === null;
  }

  /** The pages, as they are now, that have this annotation. */
  pagesWith(annotation: number): readonly number[] {
    if (!this.#places) {
      this.#places = new Map();
      for (const [page, { annotations }] of this.differences.after.pages)
        for (const item of annotations) if (isKind(item, "reference")) add(this.#places, item.number, page);
    }
    return this.#places.get(annotation) ?? [];
  }

  /** Counts one more stamp on a page; returns how many square points all of them take. */
  stamped(page: number, area: number): number {
    const sum = (this.#stamped.get(page) ?? 0) + area;
    this.#stamped.set(page, sum);
    return sum;
  }

  /** Everything that is left. */
  refuseUnexplained(): void {
    for (const number of this.differences.objects.keys())
      if (this.isChanged(number) && !this.#explained.has(number)) this.refuse(`object ${number} changed`);
  }

  private holders(number: number): readonly Holder[] {
    return [...(this.differences.graph.holders.get(number) ?? [])];
  }
}

function add(places: Map<number, number[]>, annotation: number, page: number): void {
  const pages = places.get(annotation) ?? [];
  pages.push(page);
  places.set(annotation, pages);
}
