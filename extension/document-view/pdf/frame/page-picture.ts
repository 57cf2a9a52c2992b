import { AnnotationMode, type PDFPageProxy } from "pdfjs-dist";
import { PDF_LIMITS } from "../frame-protocol.ts";

/** How many canvas pixels one CSS pixel may get, so that a page of this size stays drawable. */
export function pictureDensity(width: number, height: number, wanted: number): number {
  return Math.min(
    wanted,
    Math.sqrt(PDF_LIMITS.canvasPixels / (width * height)),
    PDF_LIMITS.canvasSidePixels / Math.max(width, height),
  );
}

/**
 * Draws a page with its annotations and the values of its form, `scale` CSS pixels to a point. Rejects when pdf.js does, and when it takes
 * longer than a page may.
 */
export async function drawPage(page: PDFPageProxy, scale: number): Promise<HTMLCanvasElement> {
  const { width, height } = page.getViewport({ scale });
  const viewport = page.getViewport({ scale: scale * pictureDensity(width, height, globalThis.devicePixelRatio) });
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  canvas.setAttribute("aria-hidden", "true");
  const task = page.render({
    canvas,
    viewport,
    annotationMode: AnnotationMode.ENABLE,
    background: "#fff",
  });
  const timer = setTimeout(() => task.cancel(), PDF_LIMITS.pageMilliseconds);
  try {
    await task.promise;
    return canvas;
  } catch (error) {
    releasePicture(canvas);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Gives the memory back at once, not when the canvas is collected. */
export function releasePicture(canvas: HTMLCanvasElement): void {
  canvas.remove();
  canvas.width = 0;
  canvas.height = 0;
}
