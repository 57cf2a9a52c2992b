import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PDF_LIMITS, type WindowToFrame } from "./frame-protocol.ts";
import { createFrameSession, type FramePort, type FrameSession } from "./frame-session.ts";
import type { PdfReport } from "./pdf-report.ts";

const SHOWN = {
  type: "shown",
  pages: 3,
  pagesRead: 0,
  pagesWithoutText: 0,
  pagesFailed: 0,
  pagesSeen: [],
  notices: [],
};

let reports: PdfReport[];
let heights: number[];
let asked: WindowToFrame[];
let session: FrameSession;
let port: FramePort;
const say = (data: unknown): void => port.onmessage?.({ data } as MessageEvent);

beforeEach(() => {
  vi.useFakeTimers();
  reports = [];
  heights = [];
  asked = [];
  port = { onmessage: null, postMessage: (message) => asked.push(message), close: () => undefined };
  session = createFrameSession(
    (report) => reports.push(report),
    (height) => heights.push(height),
  );
});
afterEach(() => {
  session.close();
  vi.useRealTimers();
});

const silent = { status: "failed", reason: "silent" };

describe("a frame that says nothing", () => {
  it("is given up before it is ready", () => {
    vi.advanceTimersByTime(PDF_LIMITS.answerMilliseconds - 1);
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(reports).toEqual([silent]);
  });

  it("is given up when it speaks, but does not open the file", () => {
    session.connect(port);
    vi.advanceTimersByTime(PDF_LIMITS.answerMilliseconds - 1);
    say({ type: "alive" });
    say({ type: "height", height: 5 });
    vi.advanceTimersByTime(1);
    expect(reports).toEqual([silent]);
  });

  it("is asked while it shows, and given up when it does not answer", () => {
    session.connect(port);
    say(SHOWN);
    for (let round = 1; round <= 5; round++) {
      vi.advanceTimersByTime(PDF_LIMITS.askMilliseconds);
      expect(asked).toHaveLength(round);
      say({ type: "alive" });
    }
    vi.advanceTimersByTime(PDF_LIMITS.askMilliseconds + PDF_LIMITS.answerMilliseconds);
    expect(reports.at(-1)).toEqual(silent);
    say(SHOWN);
    expect(reports).toHaveLength(2);
  });
});

describe("a frame that was taken over", () => {
  beforeEach(() => {
    session.connect(port);
    say(SHOWN);
  });

  it.each([
    null,
    "shown",
    { ...SHOWN, html: "<b>" },
    { ...SHOWN, notices: ["all is well"] },
    { ...SHOWN, pagesRead: -1 },
    { ...SHOWN, pagesSeen: [0] },
    { ...SHOWN, pagesSeen: Array.from({ length: PDF_LIMITS.pages + 1 }, () => 1) },
    { type: "failed", reason: "silent" },
    { type: "failed", reason: "<b>" },
    { type: "height", height: Infinity },
    { type: "height", height: PDF_LIMITS.heightPixels + 1 },
    { type: "height", height: "100vh" },
    { type: "ready" },
  ])("is not heard with what is no message: %j", (message) => {
    say(message);
    expect(reports).toEqual([{ ...SHOWN, type: undefined, status: "shown" }]);
    expect(heights).toEqual([]);
  });

  it.each([
    { ...SHOWN, pages: 2 },
    { ...SHOWN, pagesSeen: [4] },
  ])("is given up when it contradicts itself: %j", (message) => {
    say(message);
    expect(reports.at(-1)).toEqual(silent);
  });

  it("is given up when it floods the window, also with what is no message", () => {
    for (let sent = 0; sent < PDF_LIMITS.messagesAtOnce + 5; sent++) say(sent);
    expect(reports.at(-1)).toEqual(silent);
  });

  it("gets no second port", () => {
    const second: FramePort = { ...port, onmessage: null };
    session.connect(second);
    expect(second.onmessage).toBeNull();
  });
});

it("passes on what a frame reports, and its height", () => {
  session.connect(port);
  say(SHOWN);
  say({ ...SHOWN, pagesRead: 3, pagesWithoutText: 1, pagesSeen: [1, 3], notices: ["form"] });
  say({ type: "height", height: 2_340 });
  expect(reports.at(-1)).toEqual({
    status: "shown",
    pages: 3,
    pagesRead: 3,
    pagesWithoutText: 1,
    pagesFailed: 0,
    pagesSeen: [1, 3],
    notices: ["form"],
  });
  expect(heights).toEqual([2_340]);
});

it("ends with the frame's own failure", () => {
  session.connect(port);
  say({ type: "failed", reason: "encrypted" });
  vi.advanceTimersByTime(60_000);
  expect(reports).toEqual([{ status: "failed", reason: "encrypted" }]);
});

it("says nothing once it is closed", () => {
  session.connect(port);
  session.close();
  vi.advanceTimersByTime(60_000);
  expect(reports).toEqual([]);
});
