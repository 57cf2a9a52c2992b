import { broken } from "./pdf-fault.ts";
import { PDF_LIMITS } from "./pdf-limits.ts";

type Cost = "inflated" | "parsed" | "values" | "entries";

/**
 * What reading one file may still cost. Everything is charged as often as it is done, so that objects which overlap or are referred to a
 * thousand times cost what they cost; whoever spends more than there is gets the fault `document-broken`.
 */
export class WorkBudget {
  private readonly left: Record<Cost, number>;

  /** `readings`: how often the whole of a file may be read on it, where it is read once for each of its revisions. */
  constructor(readings = 1) {
    this.left = {
      /** Octets that come out of compressed streams. */
      inflated: PDF_LIMITS.inflated * readings,
      /** Octets that are read as objects. */
      parsed: PDF_LIMITS.parsed * readings,
      /** Values that are read or looked at. */
      values: PDF_LIMITS.values * readings,
      /** Cross-reference entries. */
      entries: PDF_LIMITS.entries * readings,
    };
  }

  /** Takes `amount` away; throws when there is not as much. */
  spend(kind: Cost, amount: number): void {
    this.left[kind] -= amount;
    if (this.left[kind] < 0) throw broken(`reading it takes too much: ${kind}`);
  }
}
