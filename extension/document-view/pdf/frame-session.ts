import * as v from "valibot";
import { frameMessageSchema } from "./frame-messages.ts";
import { PDF_LIMITS, type FrameToWindow, type WindowToFrame } from "./frame-protocol.ts";
import type { PdfReport } from "./pdf-report.ts";

/** What a session needs from its frame's port; a `MessagePort` has it. */
export interface FramePort {
  postMessage(message: WindowToFrame): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

/** The talk with one frame. */
export interface FrameSession {
  /** From now on the frame may speak, on this port. */
  readonly connect: (port: FramePort) => void;
  readonly post: (message: WindowToFrame) => void;
  /** Ends it without a further report. */
  readonly close: () => void;
}

/**
 * Waits for a frame and listens to it as to a stranger: what does not parse is dropped, what comes too often or breaks its own word
 * ends the session, and so does silence. After `failed` nothing more is heard or reported.
 */
export function createFrameSession(
  report: (report: PdfReport) => void,
  resize: (height: number) => void,
  now: () => number = () => performance.now(),
): FrameSession {
  let port: FramePort | undefined;
  let ended = false;
  let pages: number | undefined;
  let tokens: number = PDF_LIMITS.messagesAtOnce;
  let filled = now();

  const isEnded = (): boolean => ended;
  const close = (): void => {
    ended = true;
    clearTimeout(timer);
    if (port) {
      port.onmessage = null;
      port.close();
    }
  };
  const fail = (reason: "broken" | "encrypted" | "silent"): void => {
    if (ended) return;
    close();
    report({ status: "failed", reason });
  };
  const wait = (): ReturnType<typeof setTimeout> => setTimeout(() => fail("silent"), PDF_LIMITS.answerMilliseconds);
  let timer = wait();
  const ask = (): void => {
    port?.postMessage({ type: "ask" });
    timer = wait();
  };
  const isFlood = (): boolean => {
    const at = now();
    tokens = Math.min(PDF_LIMITS.messagesAtOnce, tokens + ((at - filled) / 1000) * PDF_LIMITS.messagesPerSecond);
    filled = at;
    tokens -= 1;
    return tokens < 0;
  };
  const hear = (message: FrameToWindow): void => {
    switch (message.type) {
      case "failed":
        fail(message.reason);
        return;
      case "height":
        resize(message.height);
        return;
      case "shown": {
        const { type, ...progress } = message;
        // the number of pages is said once: a file does not grow while it is shown
        pages ??= progress.pages;
        if (progress.pages !== pages || progress.pagesSeen.some((page) => page > progress.pages)) fail("silent");
        else report({ status: type, ...progress });
        return;
      }
      case "alive":
    }
  };
  return {
    connect(given) {
      if (ended || port) return;
      port = given;
      given.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (ended) return;
        if (isFlood()) {
          fail("silent");
          return;
        }
        const parsed = v.safeParse(frameMessageSchema, data);
        if (!parsed.success) return;
        hear(parsed.output);
        // until the file is open, only its opening counts as an answer
        if (isEnded() || pages === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(ask, PDF_LIMITS.askMilliseconds);
      };
    },
    post: (message) => {
      if (!ended) port?.postMessage(message);
    },
    close,
  };
}
