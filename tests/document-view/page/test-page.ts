import { h, render } from "preact";
import type { PdfWords } from "../../../extension/document-view/pdf/frame-protocol.ts";
import type { PdfReport } from "../../../extension/document-view/pdf/pdf-report.ts";
import { PdfView, type PdfViewProps } from "../../../extension/document-view/pdf/pdf-view.tsx";
import "../../../extension/styles/ceremony.css";
import "../../../extension/styles/pdf.css";

/** What the tests can ask of the page: it stands in the extension as the ceremony window does, with the same policy. */
export interface PdfTestPage {
  /** Shows a document anew; given in base64. */
  show(base64: string, textSize: PdfViewProps["textSize"]): void;
  /** Says everything in other words. */
  speak(words: PdfWords): void;
  /** What was reported since the last {@link show}. */
  readonly reports: PdfReport[];
}

/** The words that the tests look for. */
export const WORDS: PdfWords = {
  page: "Page {page} of {pages}",
  withoutText: "This page holds no text.",
  failed: "This page could not be drawn.",
  fields: "Fields",
  comments: "Notes",
  ticked: "yes",
  unticked: "no",
};

const shown: { props?: PdfViewProps } = {};
const reports: PdfReport[] = [];

function show(props: PdfViewProps): void {
  shown.props = props;
  render(h("main", {}, h("section", { class: "paper", tabIndex: 0 }, h(PdfView, props))), document.body);
}

document.body.classList.add("wide");

(globalThis as unknown as { pdfTest: PdfTestPage }).pdfTest = {
  reports,
  show(base64, textSize) {
    reports.length = 0;
    const bytes = Uint8Array.from(atob(base64), (octet) => octet.charCodeAt(0));
    show({ bytes, textSize, label: "Document", words: WORDS, onReport: (report) => reports.push(report) });
  },
  speak(words) {
    if (shown.props) show({ ...shown.props, words });
  },
};
