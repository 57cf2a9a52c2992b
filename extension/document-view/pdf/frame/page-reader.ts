import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";
import { PDF_LIMITS, type PdfWords } from "../frame-protocol.ts";
import type { PdfNotice } from "../pdf-report.ts";
import { annotationWords } from "./annotation-words.ts";
import { annotationNotices, type Annotation } from "./document-notices.ts";
import type { PageText } from "./page-sheet.ts";
import type { StructureNode } from "./structure.ts";

/** What can be read of a page without drawing it. */
export interface ReadPage {
  readonly page: PDFPageProxy;
  readonly text: PageText;
  readonly structure: StructureNode | null;
  readonly annotations: readonly Annotation[];
  readonly notices: readonly PdfNotice[];
  /** Whether there is anything to be said aloud. */
  readonly hasText: boolean;
}

/** Rejects when the parser has not answered by the time that a page may take. */
export function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the parser does not answer")), PDF_LIMITS.pageMilliseconds);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

/** Characters that only look like CJK ideographs, as fonts name them: a voice does not know them, and a copy would hold the wrong ones. */
const RADICALS = /[\u2e80-\u2fd5]/g;
const withoutRadicals = (text: string): string => text.replaceAll(RADICALS, (radical) => radical.normalize("NFKC"));

/** The text of a page, as it is to be read and copied. */
export async function readText(page: PDFPageProxy): Promise<PageText> {
  const text = await page.getTextContent({ includeMarkedContent: true });
  for (const item of text.items) if ("str" in item) item.str = withoutRadicals(item.str);
  return text;
}

/** Reads text, structure and annotations of a page. */
export async function readPage(file: PDFDocumentProxy, number: number, words: PdfWords): Promise<ReadPage> {
  const page = await file.getPage(number);
  const [text, structure, annotations] = await Promise.all([
    readText(page),
    (page.getStructTree() as Promise<StructureNode | null>).catch(() => null),
    (page.getAnnotations({ intent: "any" }) as Promise<readonly Annotation[]>).catch(() => []),
  ]);
  return {
    page,
    text,
    structure,
    annotations,
    notices: annotations.flatMap(annotationNotices),
    hasText:
      annotationWords(annotations, words).drawn.length > 0 ||
      text.items.some((item) => "str" in item && item.str.trim() !== ""),
  };
}
