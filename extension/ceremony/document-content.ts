import { visibleRuns, type VisibleRun } from "./visible-text.ts";

/** What the window shows of a document: its text with the encoding that was used, or nothing but its outside. */
export type DocumentContent =
  | {
      readonly kind: "text";
      /** The canonical name of the encoding, for the resident. */
      readonly encoding: string;
      readonly runs: readonly VisibleRun[];
      /** How many characters are shown as marks. */
      readonly marks: number;
    }
  | { readonly kind: "opaque" };

/** Above this a window can't lay text out in reasonable time: the resident is warned that it was not shown. */
const TEXT_BYTES = 1024 * 1024;
/** More marks than this is no text, whatever its type says. */
const TEXT_MARKS = 2_000;

const isTextType = (essence: string): boolean =>
  essence.startsWith("text/") ||
  /^application\/(json|xml|xhtml\+xml|javascript)$/.test(essence) ||
  /\+(json|xml)$/.test(essence);

/**
 * Decides by the declared media type whether a document is text, and shows exactly its octets as such: the declared encoding
 * (UTF-8 when none is), every octet decoded or the document counts as opaque, nothing rendered, nothing left out.
 */
export function readDocument(type: string, bytes: Uint8Array): DocumentContent {
  const [essence = "", ...parameters] = type.toLowerCase().split(";");
  if (!isTextType(essence.trim()) || bytes.length > TEXT_BYTES) return { kind: "opaque" };
  const charset = parameters.map((parameter) => /^\s*charset="?([\w-]+)"?\s*$/.exec(parameter)?.[1]).find(Boolean);
  try {
    const decoder = new TextDecoder(charset ?? "utf-8", { fatal: true, ignoreBOM: true });
    const runs = visibleRuns(decoder.decode(bytes), true);
    const marks = runs.filter((run) => run.kind === "mark").length;
    return marks > TEXT_MARKS
      ? { kind: "opaque" }
      : { kind: "text", encoding: decoder.encoding.toUpperCase(), runs, marks };
  } catch {
    // an unknown encoding, or octets that are none of its characters
    return { kind: "opaque" };
  }
}

/** A digest in groups of four digits, for comparing by eye. */
export const groupDigest = (hex: string): string => hex.replaceAll(/(.{4})(?=.)/g, "$1 ");
