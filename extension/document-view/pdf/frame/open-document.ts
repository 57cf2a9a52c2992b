import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from "pdfjs-dist";
import { code } from "virtual:pdf-worker";
import { PDF_LIMITS } from "../frame-protocol.ts";
import type { PdfFailure } from "../pdf-report.ts";
import { BundledData } from "./bundled-data.ts";
import { onLeftOut, workerPrelude } from "./drawing-faults.ts";

/** Starts the parser in a thread of its own: a file that keeps it busy for ever does not hold up the frame. */
function startParser(leftOut: () => void): void {
  const address = URL.createObjectURL(new Blob([workerPrelude, code], { type: "text/javascript" }));
  const worker = new Worker(address);
  onLeftOut(worker, leftOut);
  GlobalWorkerOptions.workerPort = worker;
}

/** Opens the file, or says why not. Nothing in it is run, fetched or decrypted with a password. */
export async function openDocument(
  bytes: ArrayBuffer,
  leftOut: () => void,
): Promise<PDFDocumentProxy | Exclude<PdfFailure, "silent">> {
  startParser(leftOut);
  try {
    const document = await getDocument({
      data: new Uint8Array(bytes),
      // never from a network
      useWorkerFetch: false,
      disableAutoFetch: true,
      disableRange: true,
      disableStream: true,
      BinaryDataFactory: BundledData,
      cMapPacked: true,
      // Japanese fonts are seldom embedded and too big to ship; the system has some
      useSystemFonts: true,
      isEvalSupported: false,
      enableXfa: false,
    }).promise;
    return document.numPages >= 1 && document.numPages <= PDF_LIMITS.pages ? document : "broken";
  } catch (error) {
    return error instanceof Error && error.name === "PasswordException" ? "encrypted" : "broken";
  }
}
