import { AnnotationType, type PDFDocumentProxy } from "pdfjs-dist";
import type { PdfNotice } from "../pdf-report.ts";

/** What is used here of a pdf.js annotation. */
export interface Annotation {
  readonly annotationType: number;
  readonly fieldType?: string | null;
  readonly fieldName?: string;
  readonly alternativeText?: string;
  readonly fieldValue?: unknown;
  readonly exportValue?: string;
  readonly buttonValue?: string;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly password?: boolean;
  readonly annotationFlags?: number;
  readonly contentsObj?: { readonly str?: string };
  readonly titleObj?: { readonly str?: string };
  readonly actions?: object | null;
}

const NOTES: ReadonlySet<number> = new Set([
  AnnotationType.TEXT,
  AnnotationType.HIGHLIGHT,
  AnnotationType.UNDERLINE,
  AnnotationType.SQUIGGLY,
  AnnotationType.STRIKEOUT,
  AnnotationType.CARET,
  AnnotationType.LINE,
  AnnotationType.SQUARE,
  AnnotationType.CIRCLE,
  AnnotationType.POLYGON,
  AnnotationType.POLYLINE,
  AnnotationType.INK,
  AnnotationType.STAMP,
]);
const MEDIA: ReadonlySet<number> = new Set([
  AnnotationType.SOUND,
  AnnotationType.MOVIE,
  AnnotationType.SCREEN,
  AnnotationType.THREED,
]);

/** ISO 32000-2, table 167: Hidden and NoView. */
const NOT_SHOWN = 2 | 32;

/** Whether a viewer leaves it away. */
export const isHidden = ({ annotationFlags }: Annotation): boolean => ((annotationFlags ?? 0) & NOT_SHOWN) !== 0;

/** A note with words that the page itself does not show. */
export const isComment = ({ annotationType, contentsObj }: Annotation): boolean =>
  NOTES.has(annotationType) && (contentsObj?.str ?? "").trim() !== "";

/** What one annotation means for the whole file. */
export function annotationNotices(annotation: Annotation): PdfNotice[] {
  const { annotationType: type, fieldType, actions } = annotation;
  const found: PdfNotice[] = [];
  if (type === AnnotationType.LINK) found.push("links");
  if (type === AnnotationType.FILEATTACHMENT) found.push("attachments");
  if (MEDIA.has(type)) found.push("media");
  if (type === AnnotationType.WIDGET) found.push(fieldType === "Sig" ? "signatures" : "form");
  if (isComment(annotation)) found.push("comments");
  if (isHidden(annotation) && type !== AnnotationType.POPUP && fieldType !== "Sig") found.push("hidden-layers");
  if (actions && Object.keys(actions).length > 0) found.push("scripts");
  return found;
}

const isFilled = (value: unknown): boolean =>
  value !== null && value !== undefined && (typeof value !== "object" || Object.keys(value).length > 0);

/** A part of the file that can't be read holds nothing that could be shown either; the pages tell more. */
const orNothing = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined);

/** What the file as a whole says of itself. Annotations are asked page by page, see {@link annotationNotices}. */
export async function documentNotices(file: PDFDocumentProxy): Promise<PdfNotice[]> {
  const [metadata, attachments, hasActions, actions, openAction, layers, fields] = await Promise.all([
    orNothing(file.getMetadata()),
    orNothing(file.getAttachments() as Promise<unknown>),
    orNothing(file.hasJSActions()),
    orNothing(file.getJSActions()),
    orNothing(file.getOpenAction() as Promise<{ action?: unknown } | null>),
    orNothing(file.getOptionalContentConfig()),
    orNothing(file.getFieldObjects()),
  ]);
  const info = (metadata?.info ?? {}) as Readonly<Record<string, unknown>>;
  const found: PdfNotice[] = [];
  if (isFilled(attachments) || info["IsCollectionPresent"] === true) found.push("attachments");
  if (hasActions === true || isFilled(actions) || isFilled(openAction?.action)) found.push("scripts");
  if (isFilled(fields)) found.push(...fieldNotices(fields ?? {}));
  if (info["IsSignaturesPresent"] === true) found.push("signatures");
  if (info["IsXFAPresent"] === true) found.push("xfa");
  if (layers && [...layers].some(([, group]) => !(group as { readonly visible: boolean }).visible))
    found.push("hidden-layers");
  return found;
}

function fieldNotices(fields: Readonly<Record<string, readonly object[]>>): PdfNotice[] {
  const types = Object.values(fields).flatMap((group) => group.map((field) => (field as { type?: string }).type));
  return types.some((type) => type !== undefined && type !== "" && type !== "signature") ? ["form"] : [];
}
