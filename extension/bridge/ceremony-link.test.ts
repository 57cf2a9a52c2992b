import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../shared/limits.ts";
import { EXTENSION_ID, playedDocument } from "../../tests/support/played-document.ts";

const CHALLENGE = "A".repeat(43) + "=";
const LOGIN = { operation: "authenticate", challenge: CHALLENGE };
const RESULT = {
  type: "token",
  token: { format: "web-eid:1.0", algorithm: "RS256", unverifiedCertificate: "c", signature: "s", appVersion: "v" },
};

/** Lets everything happen that is not waiting for somebody else. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
const error = (reason: string) => [{ type: "error", reason }];

beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => vi.useRealTimers());

describe("a call", () => {
  it("is stopped before the page hears it, opens a window, and ends with the parsed result", async () => {
    const { call, asked, connect, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await settled();
    expect([login.isStopped(), asked]).toMatchObject([
      true,
      [{ type: "open", operation: "authenticate", activated: true }],
    ]);
    const window = connect();
    expect(window.posted).toEqual([{ type: "request", request: LOGIN }]);
    window.say(RESULT);
    expect(login.answers()).toEqual([{ type: "result", result: RESULT.token }]);
    window.end();
    expect([login.answers().length, asked.length]).toEqual([1, 1]);
  });

  const signing = (...documents: object[]) => ({
    operation: "sign",
    timestamp: false,
    documents: documents.map((document) => ({ name: "n", type: "t", format: "cades", references: [], ...document })),
  });

  it("hands documents over in pieces, never more than the window can take, and makes a Blob of the signature file", async () => {
    const { call, connect, click } = playedDocument();
    const data = new Blob([new Uint8Array(LIMITS.documentPieceBytes * LIMITS.piecesAhead + 3)]);
    click();
    const called = call(signing({ data }));
    await settled();
    const window = connect();
    await vi.waitFor(() => expect(window.posted.length).toBe(1 + LIMITS.piecesAhead));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(window.posted).toMatchObject([
      { type: "request", request: { documents: [{ name: "n", type: "t", format: "cades", bytes: data.size }] } },
      ...Array<unknown>(LIMITS.piecesAhead).fill({
        type: "piece",
        document: 0,
        bytes: { byteLength: LIMITS.documentPieceBytes },
      }),
    ]);
    window.say({ type: "piece-taken" });
    await vi.waitFor(() =>
      expect(window.posted.slice(1 + LIMITS.piecesAhead)).toMatchObject([{ type: "piece", bytes: { byteLength: 3 } }]),
    );
    const signature = { status: "signed", name: "n", format: "cades" };
    for (const part of [[1, 2], [3]]) {
      window.say({ type: "file-piece", signature: 0, bytes: new Uint8Array(part).buffer });
    }
    window.say({
      type: "signatures",
      result: { signatures: [{ ...signature, bytes: 3, type: "a/b" }], certificate: new ArrayBuffer(1) },
    });
    const [answer] = called.answers() as unknown as [{ result: { signatures: [{ file: Blob }] } }];
    expect(answer.result.signatures).toEqual([{ ...signature, file: expect.any(Blob) as Blob }]);
    const { file } = answer.result.signatures[0];
    expect([file.type, [...new Uint8Array(await file.arrayBuffer())]]).toEqual(["a/b", [1, 2, 3]]);
  });

  it("lists referenced files behind their document, and gives a digest in place of octets", async () => {
    const { call, connect, click } = playedDocument();
    const [first, second, digest] = [new Blob(["1"]), new Blob(["22"]), new Blob([new Uint8Array(32)])];
    click();
    call(
      signing(
        { data: first, format: "xmldsig", references: [{ name: "r", type: "", data: second }] },
        { digest, format: "cades" },
      ),
    );
    await settled();
    const window = connect();
    await vi.waitFor(() => expect(window.posted.length).toBe(3));
    expect(window.posted).toMatchObject([
      {
        request: {
          documents: [
            { name: "n", bytes: 1 },
            { name: "r", bytes: 2, partOf: 0 },
            { bytes: 0, digest: { byteLength: 32 } },
          ],
        },
      },
      { type: "piece", document: 0 },
      { type: "piece", document: 1 },
    ]);
  });

  it.each([
    ["a file that is shorter than it was said", 0, 4],
    ["a piece of no signature", 100, 1],
    ["a piece of half a signature", 0.5, 1],
  ])("ends with %s", async (_name, signature, bytes) => {
    const { call, connect, click } = playedDocument();
    click();
    const called = call(signing({ data: new Blob(["x"]) }));
    await settled();
    const window = connect();
    window.say({ type: "file-piece", signature, bytes: new Uint8Array(1).buffer });
    const done = { status: "signed", name: "n", format: "cades", bytes, type: "" };
    window.say({ type: "signatures", result: { signatures: [done], certificate: new ArrayBuffer(1) } });
    expect(called.answers()).toEqual(error("failed"));
  });

  it("whose document can't be read tells the window, which shows it and answers", async () => {
    const { call, connect, click } = playedDocument();
    const data = new Blob(["x"]);
    data.slice = () => ({ size: 1, arrayBuffer: () => Promise.reject(new Error("gone")) }) as unknown as Blob;
    click();
    const called = call(signing({ data: new Blob(["first"]) }, { data }));
    await settled();
    const window = connect();
    await vi.waitFor(() => expect(window.posted.at(-1)).toEqual({ type: "unreadable", document: 1 }));
    expect([called.answers(), window.isDisconnected()]).toEqual([[], false]);
    window.say({ type: "refused", ending: "unreadable" });
    expect(called.answers()).toEqual(error("unreadable"));
  });

  it("whose document the window refuses leaves the window to the resident", async () => {
    const { call, connect, asked, click } = playedDocument();
    click();
    const called = call(signing({ data: new Blob(["x"]) }));
    await settled();
    const window = connect();
    window.say({ type: "refused", ending: "data" });
    expect([called.answers(), window.isDisconnected(), asked.map(({ type }) => type)]).toEqual([
      error("data"),
      false,
      ["open"],
    ]);
  });

  it("carries timestamps there and back, for a call that has a function for them", async () => {
    const { call, connect, click } = playedDocument();
    click();
    const called = call({ ...signing({ data: new Blob(["x"]) }), timestamp: true });
    await settled();
    const window = connect();
    await vi.waitFor(() => expect(window.posted.length).toBe(2));
    const request = new Uint8Array([1]).buffer;
    called.say({ type: "timestamp", response: new Blob(["unasked"]) });
    window.say({ type: "timestamp-request", request });
    for (const response of ["asked", "again"]) called.say({ type: "timestamp", response: new Blob([response]) });
    await vi.waitFor(() => expect(window.posted.length).toBe(3));
    expect(window.posted[2]).toMatchObject({ type: "timestamp", response: { byteLength: 5 } });
    window.say({ type: "timestamp-request", request });
    called.say({ type: "timestamp", response: new Blob([new Uint8Array(LIMITS.timestampBytes + 1)]) });
    await vi.waitFor(() => expect(window.posted[3]).toEqual({ type: "timestamp-failed" }));
    expect(called.answers().map(({ type }) => type)).toEqual(["timestamp-request", "timestamp-request"]);
  });

  it.each([
    ["an end", { type: "end", ending: "other-means" }, "other-means"],
    ["anything that does not parse", { type: "token", token: {} }, "failed"],
    [
      "the result of another operation",
      { type: "signatures", result: { signatures: [], certificate: new ArrayBuffer(1) } },
      "failed",
    ],
    ["a challenge asked for that is known", { type: "challenge-request" }, "failed"],
    ["a timestamp for a login", { type: "timestamp-request", request: new ArrayBuffer(1) }, "failed"],
    ["attributes for a login", { type: "attributes", result: { name: "n" } }, "failed"],
  ])("ends with %s", async (_name, message, reason) => {
    const { call, connect, click } = playedDocument();
    click();
    const login = call(LOGIN);
    await settled();
    connect().say(message);
    expect(login.answers()).toEqual(error(reason));
  });

  it("whose window closes ends as that window said last", async () => {
    for (const [said, reason] of [
      [[], "dismissed"],
      [["failed"], "failed"],
      [["failed", "data"], "data"],
    ] as const) {
      const { call, connect, click } = playedDocument();
      click();
      const login = call(LOGIN);
      await settled();
      const window = connect();
      for (const ending of said) window.say({ type: "ending", ending });
      window.end();
      expect(login.answers()).toEqual(error(reason));
    }
  });

  it("carries a late challenge there and back, once", async () => {
    const { call, connect, click } = playedDocument();
    click();
    const login = call({ operation: "authenticate", challenge: null });
    await settled();
    const window = connect();
    login.say({ type: "challenge", challenge: "unasked" });
    window.say({ type: "challenge-request" });
    for (const challenge of ["asked", "again"]) login.say({ type: "challenge", challenge });
    expect([login.answers(), window.posted.slice(1)]).toEqual([
      [{ type: "challenge-request" }],
      [{ type: "challenge", challenge: "asked" }],
    ]);
  });
});

describe("the ceremony's port", () => {
  it.each([
    ["for a call that was not made", "0b0a8f1c-8a0e-4f57-9d3f-0f4c5d6e7f80", undefined],
    ["from another extension", undefined, { id: "other", url: "chrome-extension://other/ceremony.html" }],
    ["from another page of ours", undefined, { id: EXTENSION_ID, url: "chrome-extension://extension-id/popup.html" }],
    ["from nobody", undefined, {}],
  ])("%s is disconnected", async (_name, id, sender) => {
    const { call, connect, click } = playedDocument();
    click();
    call(LOGIN);
    await settled();
    const window = connect(id, sender);
    expect([window.isDisconnected(), window.posted]).toEqual([true, []]);
  });

  it("comes once", async () => {
    const { call, connect, click } = playedDocument();
    click();
    call(LOGIN);
    await settled();
    const [first, second] = [connect(), connect()];
    expect([first.isDisconnected(), second.isDisconnected()]).toEqual([false, true]);
  });
});
