import type { PDFDocumentProxy } from "pdfjs-dist";
import { PDF_LIMITS, type FrameToWindow, type PdfWords } from "../frame-protocol.ts";
import type { PdfNotice } from "../pdf-report.ts";
import { drawPage } from "./page-picture.ts";
import { planPages } from "./page-plan.ts";
import { inTime, readPage, readText } from "./page-reader.ts";
import { PageSheet, type PageSize } from "./page-sheet.ts";

/** Long enough for a window that is being dragged larger. */
const RESIZE_MILLISECONDS = 200;

/**
 * The pages in the frame: all of them as boxes of their size from the beginning, their text as it is read one after the other, their
 * pictures only about where the resident looks.
 */
export class ShownDocument {
  readonly #file: PDFDocumentProxy;
  readonly #post: (message: FrameToWindow) => void;
  #words: PdfWords;
  readonly #sheets: readonly PageSheet[];
  readonly #visible = new Set<number>();
  readonly #drawn = new Set<number>();
  /** Pages of which something is wrong, and those of them that have no picture to show. */
  readonly #failed = new Set<number>();
  readonly #undrawable = new Set<number>();
  readonly #seen = new Set<number>();
  readonly #notices = new Set<PdfNotice>();
  #read = 0;
  #withoutText = 0;
  #drawing = false;
  #measuring: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #resizing: ReturnType<typeof setTimeout> | undefined;

  constructor(file: PDFDocumentProxy, firstSize: PageSize, words: PdfWords, post: (message: FrameToWindow) => void) {
    this.#file = file;
    this.#words = words;
    this.#post = post;
    this.#sheets = Array.from({ length: file.numPages }, (_, at) => new PageSheet(at + 1, file.numPages, firstSize));
    for (const sheet of this.#sheets) {
      sheet.fit(this.#room());
      sheet.speak(words);
    }
    document.body.append(...this.#sheets.map(({ element }) => element));
    this.#watch();
  }

  /** Another language. */
  speak(words: PdfWords): void {
    this.#words = words;
    for (const sheet of this.#sheets) sheet.speak(words);
  }

  /** Adds what was noticed, and tells it soon. */
  notice(notices: readonly PdfNotice[]): void {
    for (const notice of notices) this.#notices.add(notice);
    this.#tellSoon();
  }

  /** Tells the window how far it is. */
  tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#post({
      type: "shown",
      pages: this.#sheets.length,
      pagesRead: this.#read,
      pagesWithoutText: this.#withoutText,
      pagesFailed: this.#failed.size,
      pagesSeen: [...this.#seen].sort((a, b) => a - b),
      notices: [...this.#notices].sort(),
    });
  }

  /** Reads the pages in order. What can't be read is a failed page, also when its picture will do: screen readers miss it. */
  async read(): Promise<void> {
    for (const sheet of this.#sheets) {
      try {
        await inTime(this.#readInto(sheet));
      } catch {
        this.#fail(sheet.page);
      }
      this.#read += 1;
      sheet.speak(this.#words);
      this.#tellSoon();
    }
  }

  async #readInto(sheet: PageSheet): Promise<void> {
    const { page, text, structure, annotations, notices, hasText } = await readPage(
      this.#file,
      sheet.page,
      this.#words,
    );
    sheet.setSize(page.getViewport({ scale: 1 }), this.#room());
    sheet.mark({ withoutText: !hasText, annotations });
    if (!hasText) this.#withoutText += 1;
    this.notice(notices);
    sheet.setWords(text, structure);
  }

  #watch(): void {
    const pages = new Map<Element, number>(this.#sheets.map(({ sheet, page }) => [sheet, page]));
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const page = pages.get(target) ?? 0;
        if (isIntersecting) this.#visible.add(page);
        else this.#visible.delete(page);
      }
      this.#see();
      void this.#draw();
    });
    for (const { sheet } of this.#sheets) observer.observe(sheet);
    new ResizeObserver(() => {
      this.#measuring ??= setTimeout(() => this.#measure(), PDF_LIMITS.heightMilliseconds);
    }).observe(document.body);
    addEventListener("resize", () => {
      for (const sheet of this.#sheets) sheet.fit(this.#room());
      clearTimeout(this.#resizing);
      this.#resizing = setTimeout(() => this.#redraw(), RESIZE_MILLISECONDS);
    });
  }

  #measure(): void {
    this.#measuring = undefined;
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    this.#post({ type: "height", height: Math.min(height, PDF_LIMITS.heightPixels) });
  }

  /** In another size. What is in sight keeps its old picture, stretched, until it has a new one. */
  #redraw(): void {
    for (const page of this.#drawn) if (!this.#visible.has(page)) void this.#sheets[page - 1]?.setPicture();
    this.#drawn.clear();
    void this.#draw();
  }

  #room(): number {
    return Math.max(document.body.clientWidth, 1);
  }

  #see(): void {
    const before = this.#seen.size;
    for (const page of this.#visible) if (this.#drawn.has(page)) this.#seen.add(page);
    if (this.#seen.size > before) this.#tellSoon();
  }

  #fail(page: number): void {
    this.#failed.add(page);
    this.#sheets[page - 1]?.mark({ failed: true });
    this.#sheets[page - 1]?.speak(this.#words);
    this.#tellSoon();
  }

  async #draw(): Promise<void> {
    if (this.#drawing) return;
    this.#drawing = true;
    for (;;) {
      const settled = new Set([...this.#drawn, ...this.#undrawable]);
      const { draw, release } = planPages([...this.#visible], settled, this.#sheets.length);
      for (const page of release) {
        if (this.#drawn.delete(page)) void this.#sheets[page - 1]?.setPicture();
      }
      const sheet = this.#sheets[(draw ?? 0) - 1];
      if (!sheet) break;
      await this.#drawInto(sheet);
    }
    this.#drawing = false;
  }

  async #drawInto(sheet: PageSheet): Promise<void> {
    try {
      const page = await inTime(this.#file.getPage(sheet.page));
      sheet.setSize(page.getViewport({ scale: 1 }), this.#room());
      const text = await inTime(readText(page));
      await sheet.setPicture({ canvas: await drawPage(page, sheet.scale), page, text });
      this.#drawn.add(sheet.page);
      page.cleanup();
      this.#see();
    } catch {
      this.#undrawable.add(sheet.page);
      this.#fail(sheet.page);
    }
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => this.tell(), PDF_LIMITS.progressMilliseconds);
  }
}
