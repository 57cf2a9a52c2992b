import { AnnotationType } from "pdfjs-dist";
import type { PdfWords } from "../frame-protocol.ts";
import { isComment, isHidden, type Annotation } from "./document-notices.ts";

/** The words on a page that are not in its text: what is drawn from annotations, and what notes hold. */
export interface AnnotationWords {
  /** Fields with their values and texts put onto the page: drawn, so in need of words for screen readers only. */
  readonly drawn: readonly string[];
  /** Notes, of which the page draws no more than a mark. */
  readonly comments: readonly string[];
}

const valueOf = (annotation: Annotation, words: PdfWords): string | undefined => {
  const { fieldValue: value, exportValue, buttonValue, checkBox, radioButton, password } = annotation;
  if (checkBox || radioButton) return value === (checkBox ? exportValue : buttonValue) ? words.ticked : words.unticked;
  if (password) return undefined;
  const values = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");
  return values.join(", ").trim() || undefined;
};

/** Reads them out of one page's annotations, in their order. */
export function annotationWords(annotations: readonly Annotation[], words: PdfWords): AnnotationWords {
  const drawn: string[] = [];
  const comments: string[] = [];
  for (const annotation of annotations) {
    if (isHidden(annotation)) continue;
    const note = annotation.contentsObj?.str?.trim() ?? "";
    if (annotation.annotationType === AnnotationType.WIDGET) {
      const name = annotation.alternativeText || annotation.fieldName || "";
      const value = valueOf(annotation, words);
      if (value !== undefined) drawn.push(name === "" ? value : `${name}: ${value}`);
    } else if (annotation.annotationType === AnnotationType.FREETEXT && note !== "") drawn.push(note);
    else if (isComment(annotation)) comments.push([annotation.titleObj?.str?.trim(), note].filter(Boolean).join(": "));
  }
  return { drawn, comments };
}
