import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import * as v from "valibot";
import { frameReadySchema } from "./frame-messages.ts";
import { PDF_FRAME_PAGE, type OpenPdf, type PdfWords } from "./frame-protocol.ts";
import { createFrameSession, type FrameSession } from "./frame-session.ts";
import type { PdfReport } from "./pdf-report.ts";

/** What {@link PdfView} is given. */
export interface PdfViewProps {
  /** The octets that will be signed. Another array is another document: it is shown from its beginning. */
  readonly bytes: Uint8Array;
  /** `normal` is as wide as there is room; the others are wider and scroll. */
  readonly textSize: "normal" | "large" | "largest";
  /** Names the frame for screen readers. */
  readonly label: string;
  /** What the frame says, in the window's language. */
  readonly words: PdfWords;
  /** Called with every change, first with `loading`. */
  readonly onReport: (report: PdfReport) => void;
}

/** Before the frame has said how high its pages are. */
const FIRST_HEIGHT = 320;

/**
 * A PDF, page by page, in a frame of its own that has no extension API, no network and an origin of its own. It gets a copy of the
 * octets and can answer with numbers only. It grows to the height of its pages, so whatever it stands in scrolls. A frame that failed is
 * taken away; saying so is the window's part.
 */
export function PdfView({ bytes, textSize, label, words, onReport }: PdfViewProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const session = useRef<FrameSession>();
  const latest = useRef({ words, onReport });
  latest.current = { words, onReport };
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [failed, setFailed] = useState<Uint8Array>();

  // before the frame can have started
  useLayoutEffect(() => {
    setHeight(FIRST_HEIGHT);
    const report = (said: PdfReport): void => {
      if (said.status === "failed") setFailed(bytes);
      latest.current.onReport(said);
    };
    const opened = createFrameSession(report, setHeight);
    session.current = opened;
    const greet = (event: MessageEvent): void => {
      const window = frame.current?.contentWindow;
      if (!window || event.source !== window || event.origin !== "null") return;
      if (!v.is(frameReadySchema, event.data)) return;
      // once: a frame that starts anew has been led away from its page, and gets nothing
      removeEventListener("message", greet);
      const { port1, port2 } = new MessageChannel();
      opened.connect(port1);
      const message: OpenPdf = { type: "open", bytes: bytes.slice().buffer, words: latest.current.words };
      window.postMessage(message, "*", [message.bytes, port2]);
    };
    addEventListener("message", greet);
    report({ status: "loading" });
    return () => {
      removeEventListener("message", greet);
      opened.close();
    };
  }, [bytes]);

  useEffect(() => session.current?.post({ type: "words", words }), [words]);

  if (failed === bytes) return null;
  return (
    <div class={`pdf-view ${textSize}`}>
      <iframe
        key={bytes}
        ref={frame}
        title={label}
        sandbox="allow-scripts"
        referrerpolicy="no-referrer"
        src={`/${PDF_FRAME_PAGE}`}
        style={{ height: `${height}px` }}
      />
    </div>
  );
}
