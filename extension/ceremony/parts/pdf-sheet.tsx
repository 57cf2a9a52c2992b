import { useEffect, useMemo, useState } from "preact/hooks";
import type { PdfWords } from "../../document-view/pdf/frame-protocol.ts";
import type { PdfNotice, PdfReport } from "../../document-view/pdf/pdf-report.ts";
import type { PdfViewProps } from "../../document-view/pdf/pdf-view.tsx";
import { plain, type Language } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { Bytes } from "../../../formats/der/der.ts";
import type { WindowDocument } from "../ceremony-state.ts";
import { Note } from "./note.tsx";
import { OpaqueSheet } from "./opaque-sheet.tsx";

type View = (props: PdfViewProps) => preact.VNode | null;

/** The part that talks with the frame; loaded with the first PDF. */
function usePdfView(): View | undefined {
  const [view, setView] = useState<View>();
  useEffect(() => {
    let wanted = true;
    void import("../../document-view/pdf/pdf-view.tsx").then(({ PdfView }) => {
      if (wanted) setView(() => PdfView);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return view;
}

const wordsIn = (language: Language): PdfWords => ({
  page: plain(language, "document.pdf.page", { at: "{page}", total: "{pages}" }),
  withoutText: plain(language, "document.pdf.page-without-text"),
  failed: plain(language, "document.pdf.page-failed"),
  fields: plain(language, "document.pdf.page-fields"),
  comments: plain(language, "document.pdf.page-comments"),
  ticked: plain(language, "document.pdf.ticked"),
  unticked: plain(language, "document.pdf.unticked"),
});

/** What is on the pages as it is, and needs no more than a word. */
const HARMLESS: readonly PdfNotice[] = ["form", "links", "signatures"];

/** What the file holds besides the pages that are seen, each in a sentence; what changes the content first. */
function PdfNotes({ report }: { report: Extract<PdfReport, { status: "shown" }> }) {
  const { pagesWithoutText, notices } = report;
  const quiet = notices.filter((notice) => HARMLESS.includes(notice));
  const warning = notices.filter((notice) => !HARMLESS.includes(notice));
  return (
    <>
      {(warning.length > 0 || pagesWithoutText > 0) && (
        <Note tone="warn">
          {pagesWithoutText > 0 && <p>{text("document.pdf.no-text", { count: pagesWithoutText })}</p>}
          {warning.map((notice) => (
            <p key={notice}>{text(`document.pdf.${notice}`)}</p>
          ))}
        </Note>
      )}
      {quiet.length > 0 && (
        <Note tone="info">
          {quiet.map((notice) => (
            <p key={notice}>{text(`document.pdf.${notice}`)}</p>
          ))}
        </Note>
      )}
    </>
  );
}

/** A PDF page by page; its outside and a warning where it can't be shown. */
export function PdfSheet(props: { document: WindowDocument; bytes: Bytes; textSize: PdfViewProps["textSize"] }) {
  const { language } = useSpeech();
  const View = usePdfView();
  const words = useMemo(() => wordsIn(language), [language]);
  const [report, setReport] = useState<PdfReport>({ status: "loading" });
  if (report.status === "failed") {
    return <OpaqueSheet document={props.document} reason="pdf" detail={`document.pdf.${report.reason}`} />;
  }
  const pages = report.status === "shown" ? report.pages : undefined;
  return (
    <div class="pdf stack">
      {report.status === "shown" && <PdfNotes report={report} />}
      <p class="small support">
        {pages === undefined ? text("document.pdf.loading") : text("document.pdf.pages", { count: pages })}
      </p>
      {View && (
        <View
          bytes={props.bytes}
          textSize={props.textSize}
          label={plain(language, "document.label")}
          words={words}
          onReport={setReport}
        />
      )}
    </div>
  );
}
