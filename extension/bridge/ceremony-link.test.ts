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

  it("hands documents over in pieces and makes a Blob of the signature file", async () => {
    const { call, connect, click } = playedDocument();
    const data = new Blob([new Uint8Array(LIMITS.documentPieceBytes + 3)]);
    click();
    const signing = call({ operation: "sign", documents: [{ name: "n", type: "t", format: "cades", data }] });
    await settled();
    const window = connect();
    await vi.waitFor(() => expect(window.posted.length).toBe(3));
    expect(window.posted).toMatchObject([
      { type: "request", request: { documents: [{ name: "n", type: "t", format: "cades", bytes: data.size }] } },
      { type: "piece", document: 0, bytes: { byteLength: LIMITS.documentPieceBytes } },
      { type: "piece", document: 0, bytes: { byteLength: 3 } },
    ]);
    const file = new Uint8Array([1, 2]).buffer;
    const signature = { status: "signed", name: "n", format: "cades" };
    window.say({
      type: "signatures",
      result: { signatures: [{ ...signature, file, type: "a/b" }], certificate: file },
    });
    const [answer] = signing.answers() as unknown as [{ result: { signatures: [{ file: Blob }] } }];
    expect(answer.result.signatures).toEqual([{ ...signature, file: expect.any(Blob) as Blob }]);
    expect([answer.result.signatures[0].file.type, answer.result.signatures[0].file.size]).toEqual(["a/b", 2]);
  });

  it("whose document can't be read is told so, and its window goes", async () => {
    const { call, connect, asked, click } = playedDocument();
    const data = new Blob(["x"]);
    data.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) as unknown as Blob;
    click();
    const signing = call({ operation: "sign", documents: [{ name: "n", type: "", format: "pkcs1", data }] });
    await settled();
    const window = connect();
    await vi.waitFor(() => expect(signing.answers()).toEqual(error("unreadable")));
    expect([window.isDisconnected(), asked.at(-1)?.type]).toEqual([true, "withdraw"]);
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
