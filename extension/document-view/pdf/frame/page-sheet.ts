import { TextLayer, type PDFPageProxy } from "pdfjs-dist";
import { PDF_LIMITS, type PdfWords } from "../frame-protocol.ts";
import { annotationWords } from "./annotation-words.ts";
import type { Annotation } from "./document-notices.ts";
import { releasePicture } from "./page-picture.ts";
import type { StructureNode } from "./structure.ts";
import { structureElement } from "./structure.ts";

/** Width and height in points, as the page is turned. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** The text of a page as pdf.js gives it. */
export type PageText = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>;

/** A page may get no larger than three times its size on paper, so that a receipt does not fill the window with ten words. */
const MOST_PIXELS_PER_POINT = 4;

function child<Name extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  parent.append(element);
  return element;
}

/**
 * One page of the document: a region with its number, the sheet with the picture, and the words of the page, which stay when the picture
 * goes. Words of the file are put in as text and as labels, never as markup.
 */
export class PageSheet {
  readonly page: number;
  readonly #pages: number;
  readonly element = document.createElement("section");
  readonly sheet: HTMLElement;
  #size: PageSize;
  #canvas: HTMLCanvasElement | undefined;
  #pieces: HTMLElement | undefined;
  #withoutText = false;
  #failed = false;
  #annotations: readonly Annotation[] = [];
  readonly #number: HTMLElement;
  readonly #remark: HTMLElement;
  readonly #fields: HTMLElement;
  readonly #comments: HTMLElement;

  constructor(page: number, pages: number, size: PageSize) {
    this.page = page;
    this.#pages = pages;
    this.#size = size;
    this.element.className = "page";
    this.#number = child(this.element, "p", "number");
    this.#number.setAttribute("aria-hidden", "true");
    this.#remark = child(this.element, "p", "remark");
    this.sheet = child(this.element, "div", "sheet");
    this.#fields = child(this.element, "ul", "fields");
    this.#comments = child(this.element, "ul", "comments");
  }

  /** CSS pixels to a point. */
  get scale(): number {
    return Number(this.sheet.style.getPropertyValue("--total-scale-factor"));
  }

  setSize(size: PageSize, room: number): void {
    this.#size = size;
    this.fit(room);
  }

  /** Makes the page as wide as there is room, within what can be read and laid out. */
  fit(room: number): void {
    const { width, height } = this.#size;
    const scale = Math.min(room / width, MOST_PIXELS_PER_POINT, PDF_LIMITS.pageHeightPixels / height);
    this.sheet.style.setProperty("--total-scale-factor", String(scale));
    this.sheet.style.width = `${width * scale}px`;
    this.sheet.style.height = `${height * scale}px`;
  }

  /** Puts words of the window where they belong, also again in another language. */
  speak(words: PdfWords): void {
    const name = words.page.replaceAll("{page}", String(this.page)).replaceAll("{pages}", String(this.#pages));
    this.element.setAttribute("aria-label", name);
    this.#number.textContent = name;
    this.#remark.textContent = [this.#failed && words.failed, this.#withoutText && words.withoutText]
      .filter(Boolean)
      .join(" ");
    this.#remark.hidden = this.#remark.textContent === "";
    const { drawn, comments } = annotationWords(this.#annotations, words);
    this.#list(this.#fields, words.fields, drawn);
    this.#list(this.#comments, words.comments, comments);
  }

  #list(element: HTMLElement, label: string, lines: readonly string[]): void {
    element.hidden = lines.length === 0;
    element.setAttribute("aria-label", label);
    element.replaceChildren();
    for (const line of lines) child(element, "li", "").textContent = line;
  }

  /** Marks what is known of the page; {@link speak} says it. */
  mark(marks: { withoutText?: boolean; failed?: boolean; annotations?: readonly Annotation[] }): void {
    this.#withoutText = marks.withoutText ?? this.#withoutText;
    this.#failed = marks.failed ?? this.#failed;
    this.#annotations = marks.annotations ?? this.#annotations;
  }

  /** Puts in the page's words for screen readers, in the file's structure if it has one. They stay, whatever becomes of the picture. */
  setWords(text: PageText, structure: StructureNode | null): void {
    const plain = document.createElement("p");
    plain.textContent = text.items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
    const words = (structure && structureElement(structure, text.items)) ?? plain;
    words.classList.add("words");
    this.sheet.append(words);
  }

  /** Shows the picture and, over it, the text piece by piece where it stands, for selecting; without one, gives both up. */
  async setPicture(picture?: { canvas: HTMLCanvasElement; page: PDFPageProxy; text: PageText }): Promise<void> {
    if (this.#canvas) releasePicture(this.#canvas);
    this.#pieces?.remove();
    this.#canvas = picture?.canvas;
    this.#pieces = undefined;
    if (!picture) return;
    this.sheet.prepend(picture.canvas);
    const container = child(this.sheet, "div", "textLayer");
    container.setAttribute("aria-hidden", "true");
    this.#pieces = container;
    const viewport = picture.page.getViewport({ scale: this.scale });
    await new TextLayer({ textContentSource: picture.text, container, viewport }).render();
  }
}
