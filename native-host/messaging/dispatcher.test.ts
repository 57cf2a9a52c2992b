import { describe, expect, it } from "vitest";
import type { HostMessage } from "../../shared/protocol/host-messages.ts";
import type { PinBytes } from "../../shared/protocol/pin-frame.ts";
import { OperationFault } from "../operations/operation-fault.ts";
import type { HostOperations } from "../operations/host-operations.ts";
import { createDispatcher } from "./dispatcher.ts";

const challenge = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
const watch = { id: 1, method: "watch", params: { key: "signing", origin: "https://forms.example.go.jp" } };
const unlock = (id: number): object => ({ id, method: "unlock", params: { card: 1 } });
const somePin = (): string => String(Math.floor(100_000 + Math.random() * 900_000));

/** The part of a call that these operations use. */
interface Answerable {
  answer(result: object): void;
}

function start(overrides: Partial<HostOperations> = {}) {
  const sent: HostMessage[] = [];
  const reports: unknown[] = [];
  const pins: PinBytes[] = [];
  const answerEmpty = (_: unknown, call: Answerable): Promise<void> => {
    call.answer({});
    return Promise.resolve();
  };
  const withPin = (_: unknown, call: Answerable & { readonly pin: PinBytes }): Promise<void> => {
    pins.push(call.pin);
    call.answer({ certificate: "" });
    return Promise.resolve();
  };
  const operations: HostOperations = {
    watch: answerEmpty,
    authenticate: withPin,
    unlock: withPin,
    sign: answerEmpty,
    finish: answerEmpty,
    ...overrides,
  };
  const dispatcher = createDispatcher({
    operations,
    send: (message) => void sent.push(message),
    report: (error) => void reports.push(error),
  });
  const receive = async (frame: object | string): Promise<Uint8Array> => {
    const body = new TextEncoder().encode(typeof frame === "string" ? frame : JSON.stringify(frame));
    dispatcher.receive(body);
    await new Promise((resolve) => setImmediate(resolve));
    return body;
  };
  return { dispatcher, sent, reports, pins, receive };
}

/** An operation that ends when the test says so. */
function slowly() {
  const waiting: (() => void)[] = [];
  const operation = async (_: unknown, call: Answerable): Promise<void> => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    call.answer({});
  };
  return { operation, end: () => waiting.shift()?.() };
}

describe("a request", () => {
  it("is answered by its number", async () => {
    const { sent, receive } = start();
    await receive(watch);
    await receive({ id: 2, method: "finish", params: {} });
    expect(sent).toEqual([
      { id: 1, result: {} },
      { id: 2, result: {} },
    ]);
  });

  it.each([
    ["no JSON", "{", { event: "fault", error: { code: "invalid-message" } }],
    ["nothing", "", { event: "fault", error: { code: "invalid-message" } }],
    ["a number", "7", { event: "fault", error: { code: "invalid-message" } }],
    ["null", "null", { event: "fault", error: { code: "invalid-message" } }],
    ["an empty object", "{}", { event: "fault", error: { code: "invalid-message" } }],
    ["a number that is none", '{"id":0,"method":"watch"}', { event: "fault", error: { code: "invalid-message" } }],
    ["no method", '{"id":3}', { id: 3, error: { code: "invalid-message" } }],
    ["an unknown method", '{"id":3,"method":"export-key","params":{}}', { id: 3, error: { code: "unknown-method" } }],
    [
      "a method of every object",
      '{"id":3,"method":"toString","params":{}}',
      { id: 3, error: { code: "unknown-method" } },
    ],
    ["an unknown method without number", '{"method":"x"}', { event: "fault", error: { code: "unknown-method" } }],
    ["no parameters", '{"id":3,"method":"finish"}', { id: 3, error: { code: "invalid-message" } }],
    [
      "a parameter too many",
      '{"id":3,"method":"finish","params":{"x":1}}',
      { id: 3, error: { code: "invalid-message" } },
    ],
    [
      "a member too many",
      '{"id":3,"method":"finish","params":{},"pin":""}',
      { id: 3, error: { code: "invalid-message" } },
    ],
    [
      "an origin with a path",
      JSON.stringify({ ...watch, params: { key: "signing", origin: "https://forms.example.go.jp/x" } }),
      { id: 1, error: { code: "invalid-message" } },
    ],
    [
      "a digest for the login key",
      JSON.stringify({ id: 4, method: "authenticate", params: { card: 1, challenge, digest: challenge } }),
      { id: 4, error: { code: "invalid-message" } },
    ],
  ])("that is %s is refused, and the host goes on", async (_, frame, answer) => {
    const { sent, receive } = start();
    await receive(frame);
    await receive(watch);
    expect(sent).toEqual([answer, { id: 1, result: {} }]);
  });

  it("that is no UTF-8 is refused", async () => {
    const { sent, dispatcher } = start();
    dispatcher.receive(Uint8Array.of(0x22, 0xff, 0x22));
    await Promise.resolve();
    expect(sent).toEqual([{ event: "fault", error: { code: "invalid-message" } }]);
  });

  it("is busy while another one runs, not afterwards", async () => {
    const { operation, end } = slowly();
    const { sent, receive } = start({ watch: operation });
    await receive(watch);
    await receive({ id: 2, method: "finish", params: {} });
    end();
    await new Promise((resolve) => setImmediate(resolve));
    await receive({ id: 3, method: "finish", params: {} });
    expect(sent).toEqual([
      { id: 2, error: { code: "busy" } },
      { id: 1, result: {} },
      { id: 3, result: {} },
    ]);
  });

  it("that fails is answered with its code; what nobody foresaw is internal and reported", async () => {
    const unforeseen = new Error("unforeseen");
    const { sent, reports, receive } = start({
      watch: () => Promise.reject(new OperationFault("card-changed")),
      finish: () => Promise.reject(unforeseen),
      sign: () => Promise.resolve(),
    });
    await receive(watch);
    await receive({ id: 2, method: "finish", params: {} });
    await receive({ id: 3, method: "sign", params: { digests: [challenge] } });
    expect(sent).toEqual([
      { id: 1, error: { code: "card-changed" } },
      { id: 2, error: { code: "internal" } },
      { id: 3, error: { code: "internal" } },
    ]);
    expect(reports).toEqual([unforeseen]);
  });

  it("is answered once", async () => {
    const { sent, receive } = start({
      watch: (_, call) => {
        call.answer({});
        call.refuse({ code: "busy" });
        return Promise.reject(new OperationFault("card-removed"));
      },
    });
    await receive(watch);
    expect(sent).toEqual([{ id: 1, result: {} }]);
  });
});

describe("a PIN frame", () => {
  it("reaches the request behind it, and is overwritten with frame and octets once that is answered", async () => {
    const { sent, pins, receive } = start();
    const frame = await receive({ pin: somePin() });
    expect(pins).toEqual([]);
    await receive(unlock(5));
    expect(sent).toMatchObject([{ id: 5, result: {} }]);
    expect(pins[0]?.expose()).toEqual(new Uint8Array(6));
    expect(frame.every((octet) => octet === 0)).toBe(true);
  });

  it("counts for one request", async () => {
    const { sent, pins, receive } = start();
    await receive({ pin: somePin() });
    await receive(unlock(1));
    await receive(unlock(2));
    expect(pins).toHaveLength(1);
    expect(sent[1]).toEqual({ id: 2, error: { code: "invalid-message" } });
  });

  it.each([
    ["another method", { id: 1, method: "finish", params: {} }],
    ["an unknown method", { id: 1, method: "x" }],
    ["no JSON", "{"],
  ])("is gone when %s follows", async (_, between) => {
    const { sent, pins, receive } = start();
    await receive({ pin: somePin() });
    await receive(between);
    await receive(unlock(2));
    expect(pins).toEqual([]);
    expect(sent.at(-1)).toEqual({ id: 2, error: { code: "invalid-message" } });
  });

  it("takes the place of the one before", async () => {
    const { pins, receive } = start({
      unlock: (_, call) => {
        pins.push(call.pin);
        return new Promise(() => undefined);
      },
    });
    const second = somePin();
    await receive({ pin: somePin() });
    await receive({ pin: second });
    await receive(unlock(1));
    expect(Buffer.from(pins[0]?.expose() ?? []).equals(Buffer.from(second))).toBe(true);
  });

  it.each([
    '{"pin":""}',
    '{"pin":"12',
    '{"pin":"1234","x":1}',
    '{"pin":"\\u0031234"}',
    '{"pin":"１２３４"}',
    '{"pin":""1234"}',
  ])("that is none is malformed, never parsed and never echoed: %s", async (frame) => {
    const { sent, receive } = start();
    await receive(frame);
    await receive(unlock(1));
    expect(sent).toEqual([{ id: 1, error: { code: "pin-malformed" } }]);
  });

  it("is refused while something runs", async () => {
    const { operation, end } = slowly();
    const { sent, pins, receive } = start({ watch: operation });
    await receive(watch);
    const frame = await receive({ pin: somePin() });
    expect(frame.every((octet) => octet === 0)).toBe(true);
    end();
    await receive({ id: 2, method: "finish", params: {} });
    await receive(unlock(3));
    expect(pins).toEqual([]);
    expect(sent[0]).toEqual({ event: "fault", error: { code: "busy" } });
  });

  it("stays out of every message and report", async () => {
    const pin = somePin();
    const { sent, reports, receive } = start({
      unlock: (_, call) => Promise.reject(new Error(`it was ${String(call.pin)} ${JSON.stringify(call)}`)),
    });
    await receive({ pin });
    await receive(unlock(1));
    expect(JSON.stringify(sent) + String(reports[0])).not.toContain(pin);
    expect(String(reports[0])).toContain("redacted");
  });
});

describe("closing", () => {
  it("waits for what runs and takes nothing more", async () => {
    const { operation, end } = slowly();
    const { dispatcher, sent, receive } = start({ watch: operation });
    await receive(watch);
    let closed = false;
    const closing = dispatcher.close().then(() => (closed = true));
    await receive({ id: 2, method: "finish", params: {} });
    expect(closed).toBe(false);
    end();
    await closing;
    expect(sent).toEqual([{ id: 1, result: {} }]);
  });
});
