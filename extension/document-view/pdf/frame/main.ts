import type { FrameReady, FrameToWindow, OpenPdf, PdfWords, WindowToFrame } from "../frame-protocol.ts";
import { closeDoors } from "./closed-doors.ts";
import { documentNotices } from "./document-notices.ts";
import { openDocument } from "./open-document.ts";
import { ShownDocument } from "./shown-document.ts";

/** An extension's page has `runtime`; a frame that has it, or an origin, is not the sandbox that a PDF may be opened in. */
function isSandbox(): boolean {
  const { chrome, browser, origin } = globalThis as unknown as Readonly<
    Record<string, { runtime?: unknown } | undefined>
  >;
  return chrome?.runtime === undefined && browser?.runtime === undefined && (origin as unknown) === "null";
}

async function show({ bytes, words }: OpenPdf, port: MessagePort): Promise<void> {
  const post = (message: FrameToWindow): void => port.postMessage(message);
  const state: { shown?: ShownDocument; words: PdfWords; leftOut: boolean } = { words, leftOut: false };
  port.onmessage = ({ data }: MessageEvent<WindowToFrame>) => {
    if (data.type === "ask") post({ type: "alive" });
    else {
      state.words = data.words;
      state.shown?.speak(data.words);
    }
  };
  const opened = await openDocument(bytes, () => {
    state.leftOut = true;
    state.shown?.notice(["incomplete"]);
  });
  if (typeof opened === "string") post({ type: "failed", reason: opened });
  else {
    try {
      const [first, notices] = await Promise.all([opened.getPage(1), documentNotices(opened)]);
      const shown = new ShownDocument(opened, first.getViewport({ scale: 1 }), state.words, post);
      state.shown = shown;
      shown.notice(state.leftOut ? [...notices, "incomplete"] : notices);
      shown.tell();
      await shown.read();
    } catch {
      post({ type: "failed", reason: "broken" });
    }
  }
}

if (isSandbox()) {
  closeDoors();
  addEventListener("message", function open(event: MessageEvent<Partial<OpenPdf> | null>) {
    const [port] = event.ports;
    const { type, bytes, words } = event.data ?? {};
    if (event.source !== parent || type !== "open" || !bytes || !words || !port) return;
    removeEventListener("message", open);
    void show({ type, bytes, words }, port);
  });
  const ready: FrameReady = { type: "ready" };
  // the parent's origin is not known here; who may be the parent is the browser's rule
  parent.postMessage(ready, "*");
}
