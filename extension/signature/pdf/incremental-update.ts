import type { Bytes } from "../../../formats/der/der.ts";
import type { CrossReferences } from "../../../formats/pdf/cross-reference.ts";
import { octetsOf } from "../../../formats/pdf/pdf-octets.ts";
import type { PdfReference } from "../../../formats/pdf/pdf-value.ts";
import { pdfNumber, pdfString, type PdfDictionary, type PdfValue } from "../../../formats/pdf/pdf-value.ts";
import type { WrittenObject } from "./revision.ts";
import { withByteRange, type SignatureDictionaryText } from "./signature-dictionary.ts";
import { writeCrossReferences } from "./written-cross-references.ts";

/** What an appended revision consists of. */
export interface Update {
  readonly file: Bytes;
  readonly previous: CrossReferences;
  readonly objects: readonly WrittenObject[];
  readonly signature: SignatureDictionaryText & { readonly reference: PdfReference };
  /** Octets that `/Contents` has room for. */
  readonly room: number;
  /** The trailer's new `/Size`, were the cross-references no object themselves. */
  readonly size: number;
  /** The second half of the new file identifier, 16 octets (ISO 32000-1, 14.4). */
  readonly identifier: Bytes;
}

/** A file that lacks its `/Contents`. */
export interface UpdatedFile {
  /** All octets that the signature covers, the two ranges behind each other; the first ones are the old file, untouched. */
  readonly covered: Bytes;
  /** Where `/Contents` is to stand in them. */
  readonly hole: number;
}

/** Appends a revision (ISO 32000-1, 7.5.6), its cross-references written as the newest ones are. The signature is its last object. */
export function writeUpdate(update: Update): UpdatedFile {
  const { file, signature } = update;
  const last = file.at(-1);
  let before = last === 0x0a || last === 0x0d ? "" : "\n";
  const offsets = new Map<PdfReference, number>();
  const open = (reference: PdfReference): void => {
    offsets.set(reference, file.length + before.length);
    before += `${reference.number} ${reference.generation} obj\n`;
  };
  for (const { reference, body } of update.objects) {
    open(reference);
    before += `${body}\nendobj\n`;
  }
  open(signature.reference);
  before += signature.before;
  const hole = { start: file.length + before.length, end: file.length + before.length + update.room * 2 + 2 };
  const end = `${signature.after}\nendobj\n`;
  const after = `${end}${writeCrossReferences({
    kind: update.previous.newest.kind,
    offset: hole.end + end.length,
    size: update.size,
    offsets,
    trailer: trailerEntries(update),
  })}`;
  const covered = new Uint8Array(hole.start + after.length);
  covered.set(file);
  covered.set(octetsOf(withByteRange(before, hole, hole.end + after.length)), file.length);
  covered.set(octetsOf(after), hole.start);
  return { covered, hole: hole.start };
}

/** What goes over into the new trailer; the rest speaks of the section that it stands in. */
function trailerEntries({ previous, identifier }: Update): PdfDictionary {
  const { trailer, newest } = previous;
  const entries = new Map<string, PdfValue>([["Prev", pdfNumber(newest.offset)]]);
  for (const key of ["Root", "Info"]) {
    const value = trailer.get(key);
    if (value !== undefined) entries.set(key, value);
  }
  const id = trailer.get("ID");
  if (Array.isArray(id) && id.length === 2) entries.set("ID", [(id as PdfValue[])[0] ?? null, pdfString(identifier)]);
  return entries;
}
