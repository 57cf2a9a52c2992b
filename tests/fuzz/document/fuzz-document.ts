import { readDocument } from "../../../extension/document-view/document-content.ts";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { Random } from "../pdf/random.ts";
import { mutatedFile, type DeclaredFile } from "./mutations.ts";
import { compareForm, compareText, compareXml } from "./what-is-shown.ts";

/** What came of a run. */
export interface FuzzReport {
  readonly rounds: number;
  /** Shown, as text, form, tree, page or image. */
  readonly accepted: number;
  /** How often each kind of content, and each fault, came of a file. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/**
 * Reads `count` files for the screen, made from `seed`, under types that are theirs or not. Throws, with the seed and the round, on
 * anything but a `DocumentFault`, and when what is shown is not what is in the file: a text, a form or a tree is written out again and
 * compared with the file by other means than the reader's.
 */
export function fuzzDocument(seed: number, count: number): FuzzReport {
  const outcomes: Record<string, number> = {};
  let accepted = 0;
  for (let round = 0; round < count; round++) {
    const file = mutatedFile(new Random(seed * 1_000_003 + round));
    const outcome = readAndCompare(file, `seed ${seed}, round ${round}`);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (!outcome.startsWith("document-") && !outcome.startsWith("opaque")) accepted++;
  }
  return { rounds: count, accepted, outcomes };
}

function readAndCompare(file: DeclaredFile, place: string): string {
  const before = file.bytes.slice();
  try {
    const outcome = compared(file);
    if (Buffer.compare(before, file.bytes) !== 0) throw new Error("the given octets were changed");
    return outcome;
  } catch (error) {
    if (error instanceof DocumentFault) return error.code;
    const given = JSON.stringify([file.type, Buffer.from(before).toString("latin1")]);
    throw new Error(`${place}: ${String(error)} of ${given}`, { cause: error });
  }
}

/** Decoded by what the type says, for files that were shown. */
function decoded({ type, bytes }: DeclaredFile): string {
  const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? "utf-8";
  return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
}

function compared(file: DeclaredFile): string {
  const content = readDocument(file.type, file.bytes);
  switch (content.kind) {
    case "text":
      compareText(content, decoded(file));
      return content.notAForm === true ? "text that says it is a form" : "text";
    case "form":
      compareForm(content, decoded(file));
      return "form";
    case "xml":
      compareXml(content);
      return "xml";
    case "image":
      if (!(content.width > 0 && content.height > 0)) throw new Error("an image without a size");
      return "image";
    case "pdf":
      if (!/^(\xef\xbb\xbf)?[\t\n\f\r ]*%PDF-/.test(Buffer.from(file.bytes).toString("latin1")))
        throw new Error("a PDF that is none");
      return "pdf";
    case "opaque":
      return `opaque: ${content.reason}`;
  }
}
