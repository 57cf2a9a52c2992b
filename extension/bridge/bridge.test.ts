import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../shared/limits.ts";
import { ACCEPTED, playedDocument } from "../../tests/support/played-document.ts";

const CHALLENGE = "A".repeat(43) + "=";
const LOGIN = { operation: "authenticate", challenge: CHALLENGE };

/** Lets everything happen that is not waiting for somebody else. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
const error = (reason: string) => [{ type: "error", reason }];

beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => vi.useRealTimers());

const signing = (difference: object) => ({
  operation: "sign",
  timestamp: false,
  documents: [{ name: "", type: "", format: "cades", data: new Blob(), references: [], ...difference }],
});

describe("a gesture", () => {
  it("opens one ceremony, even when a second call comes before the broker answered", async () => {
    const { call, asked, click } = playedDocument();
    click();
    call(LOGIN);
    call(LOGIN);
    await settled();
    click();
    call(LOGIN);
    await settled();
    expect(asked.map(({ activated }) => activated)).toEqual([true, false, true]);
  });

  it("is not spent by a refusal", async () => {
    let answer: unknown = { type: "refused", reason: "busy" };
    const { call, asked, click } = playedDocument(() => answer);
    click();
    expect(call(LOGIN).answers()).toEqual([]);
    await settled();
    answer = ACCEPTED;
    call(LOGIN);
    await settled();
    expect(asked.map(({ activated }) => activated)).toEqual([true, true]);
  });

  it("counts only while the browser says that the page is activated", async () => {
    const { call, asked, state, click } = playedDocument();
    click();
    state.isActive = false;
    call(LOGIN);
    await settled();
    expect(asked).toMatchObject([{ activated: false }]);
  });
});

describe("leaving", () => {
  it("on abort tells window and broker, and nothing more to the page's result", async () => {
    const { call, connect, asked, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await settled();
    const window = connect();
    login.say({ type: "abort" });
    expect([window.posted.at(-1), window.isDisconnected(), asked.at(-1)?.type]).toEqual([
      { type: "abort" },
      true,
      "withdraw",
    ]);
  });

  it("on navigation ends every call; from the back-forward cache the page calls again", async () => {
    const { call, send, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await settled();
    send("pagehide");
    expect(login.answers()).toEqual(error("navigated"));
    expect(call(LOGIN).answers()).toEqual(error("not-active"));
    send("pageshow");
    expect(call(LOGIN).answers()).toEqual([]);
  });

  it("before the window is open withdraws again after it was accepted", async () => {
    const { call, asked, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await Promise.resolve();
    login.say({ type: "abort" });
    await settled();
    expect(asked.map(({ type }) => type)).toEqual(["open", "withdraw", "withdraw"]);
  });

  it("of the extension rejects what is pending and what comes after", async () => {
    const { call, state, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await settled();
    state.id = undefined;
    vi.advanceTimersByTime(1_000);
    expect(login.answers()).toEqual(error("failed"));
    expect(call(LOGIN).answers()).toEqual(error("failed"));
  });
});

describe("the broker", () => {
  it("is asked once more with the same id when it did not answer, then given up", async () => {
    const { call, asked } = playedDocument(() => undefined);
    const login = call(LOGIN);
    await settled();
    expect(asked.length).toBe(2);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(login.answers()).toEqual(error("failed"));
  });

  it("may throw: the extension is gone", async () => {
    const { call } = playedDocument(() => {
      throw new Error("Extension context invalidated.");
    });
    const question = call({ operation: "availability", options: {} });
    await settled();
    expect(question.answers()).toEqual(error("failed"));
  });

  it("learns whether a call still stands, and ends one whose window never connected", async () => {
    const { call, asked, tell, connect, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await settled();
    const id = asked[0]?.id;
    expect(tell({ type: "still-there", id })).toEqual([true]);
    expect(tell({ type: "still-there", id: "0b0a8f1c-8a0e-4f57-9d3f-0f4c5d6e7f80" })).toEqual([false]);
    expect(tell({ type: "ended", id, reason: "everything" })).toEqual([]);
    const window = connect();
    tell({ type: "ended", id, reason: "dismissed" });
    expect(login.answers()).toEqual([]);
    window.end();
    expect(tell({ type: "still-there", id })).toEqual([false]);

    click();
    const next = call(LOGIN);
    await settled();
    tell({ type: "ended", id: asked.at(-1)?.id, reason: "failed" });
    expect(next.answers()).toEqual(error("failed"));
  });
});

describe("what is not believed", () => {
  it.each([
    ["an event of a script", { isTrusted: false }],
    ["another window", { source: {} }],
    ["no port", { ports: [] }],
    ["another message", { data: { type: "other" } }],
    ["no message", { data: null }],
  ])("%s is left to the page", (_name, more) => {
    const { call, asked } = playedDocument();
    const made = call(LOGIN, more);
    expect([made.isStopped(), made.answers(), asked]).toEqual([false, [], []]);
  });

  it.each([
    ["a call of another form", { operation: "authenticate" }, "failed"],
    ["a format of another version", signing({ format: "asic" }), "unsupported"],
    ["a packaging that the format does not have", signing({ packaging: "enveloped" }), "unsupported"],
    ["a profile beside another format", signing({ profile: "moj-pdf" }), "unsupported"],
    [
      "a digest where the document is needed",
      signing({ format: "jws", data: undefined, digest: new Blob() }),
      "unsupported",
    ],
    [
      "more than is held where the document is needed",
      signing({ format: "pades", data: { size: LIMITS.shownDocumentBytes + 1, __proto__: Blob.prototype } }),
      "unsupported",
    ],
    [
      "files that the format can't refer to",
      signing({ references: [{ name: "", type: "", data: new Blob() }] }),
      "unsupported",
    ],
    ["a timestamp that has no place", { ...signing({ format: "cms" }), timestamp: true }, "unsupported"],
  ])("%s is refused without asking the broker", (_name, value, reason) => {
    const { call, asked } = playedDocument();
    expect(call(value).answers()).toEqual(error(reason));
    expect(asked).toEqual([]);
  });

  it("a prerendered document is not active", () => {
    const { call, state } = playedDocument();
    state.prerendering = true;
    expect(call(LOGIN).answers()).toEqual(error("not-active"));
  });

  it("more calls than may wait are busy", () => {
    const { call } = playedDocument();
    for (let count = 0; count < LIMITS.pendingCallsPerDocument; count++) expect(call(LOGIN).answers()).toEqual([]);
    expect(call(LOGIN).answers()).toEqual(error("busy"));
  });
});
