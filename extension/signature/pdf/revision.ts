import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { broken } from "../../../formats/pdf/pdf-fault.ts";
import {
  isArray,
  isKind,
  type PdfDictionary,
  type PdfReference,
  type PdfValue,
} from "../../../formats/pdf/pdf-value.ts";

/** An object of the new revision; `body` is what stands between `obj` and `endobj`, one character an octet. */
export interface WrittenObject {
  readonly reference: PdfReference;
  readonly body: string;
}

/** The objects that the new revision adds or replaces, by number. What it does not name stays as it is. */
export class Revision {
  readonly objects = new Map<number, { readonly reference: PdfReference; readonly value: PdfValue }>();
  readonly document: PdfDocument;
  private next: number;

  constructor(document: PdfDocument) {
    this.document = document;
    this.next = document.nextNumber;
  }

  /** One more than the highest object number in use, new ones included. */
  get size(): number {
    return this.next;
  }

  /** A reference that nothing uses yet. */
  allocate(): PdfReference {
    return { kind: "reference", number: this.next++, generation: 0 };
  }

  /** Adds or replaces an object. One object is never replaced twice: the second would undo the first. */
  set(reference: PdfReference, value: PdfValue): void {
    if (this.objects.has(reference.number)) throw broken("one object has two roles");
    this.objects.set(reference.number, { reference, value });
  }

  /**
   * Appends to the array under `key`. Where that array is an object of its own, it is replaced there and the dictionary stays; else the dictionary
   * that is returned must be written in place of this one.
   */
  async append(dictionary: PdfDictionary, key: string, item: PdfValue): Promise<PdfDictionary> {
    const value = dictionary.get(key);
    const items = await this.document.array(value, `/${key}`);
    if (items && isKind(value, "reference")) {
      this.set(value, [...items, item]);
      return dictionary;
    }
    return withEntries(dictionary, { [key]: isArray(items) ? [...items, item] : [item] });
  }
}

/** A copy of the dictionary with these entries added or replaced. */
export function withEntries(dictionary: PdfDictionary, entries: Readonly<Record<string, PdfValue>>): PdfDictionary {
  return new Map([...dictionary, ...Object.entries(entries)]);
}
