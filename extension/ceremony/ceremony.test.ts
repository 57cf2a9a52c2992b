import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RECORD } from "../../tests/ceremony/ceremony-events.ts";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import type { FaultCode } from "../../shared/errors.ts";
import type { CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import { HostFault, type HostPort } from "../host-port/host-port.ts";
import { buildSignature } from "../signature/signing-format.ts";
import { screenOf } from "./ceremony-screen.ts";
import { startCeremony } from "./ceremony.ts";

const CHALLENGE = encodeBase64(crypto.getRandomValues(new Uint8Array(32)));
const somePin = (): string => String(1000 + Math.floor(Math.random() * 9000));
const letEverythingRun = () => vi.advanceTimersByTimeAsync(0);

/** A window with a host and a page that the test plays. */
function stage(operation: "authenticate" | "sign" = "authenticate") {
  const toHost: unknown[] = [];
  const toPage: CeremonyToBridge[] = [];
  const hosts: { card: (state: CardState) => void; die: (code: FaultCode) => void; closed: boolean }[] = [];
  let answer: (method: string) => unknown = () => ({});
  let hostIsMissing = false;
  const finished: string[] = [];
  let windowClosed = false;
  let say: (message: unknown) => void = () => undefined;
  let leave: () => void = () => undefined;

  function openHost(): Promise<HostPort> {
    if (hostIsMissing) return Promise.reject(new HostFault({ code: "host-missing" }));
    const closed = Promise.withResolvers<FaultCode>();
    const played = {
      card: (() => undefined) as (state: CardState) => void,
      die: (code: FaultCode) => closed.resolve(code),
      closed: false,
    };
    hosts.push(played);
    const port = {
      hello: { event: "hello", protocols: { min: 1, max: 1 }, version: "0", card: "virtual" },
      request: async (method: string, params: unknown) => {
        toHost.push({ method, params });
        await Promise.resolve();
        const result = answer(method);
        if (result instanceof Error) throw result;
        return result;
      },
      sendPin: (pin: string) => toHost.push({ pin }),
      onCard: (listener: (state: CardState) => void) => (played.card = listener),
      closed: closed.promise,
      close: () => (played.closed = true),
    };
    return Promise.resolve(port as unknown as HostPort);
  }

  const ceremony = startCeremony({
    readRecord: () => Promise.resolve({ ...RECORD, operation }),
    connectBridge: () => ({
      post: (message) => toPage.push(message),
      onMessage: (listener) => (say = listener),
      onDisconnect: (listener) => (leave = listener),
    }),
    openHost,
    buildSignature,
    tellFinished: ({ id }) => finished.push(id),
    closeWindow: () => (windowClosed = true),
    now: () => Date.now(),
  });
  return {
    ceremony,
    toHost,
    toPage,
    hosts,
    screen: () => screenOf(ceremony.state()),
    say: (message: unknown) => say(message),
    leave: () => leave(),
    answerWith: (given: (method: string) => unknown) => (answer = given),
    loseHost: (missing: boolean) => (hostIsMissing = missing),
    isClosed: () => windowClosed,
    finished,
    card: (attemptsRemaining = 3, card = 1) =>
      hosts.at(-1)?.card({ status: "ready", card, attemptsRemaining, test: true }),
  };
}

async function atPin(challenge: string | null = CHALLENGE) {
  const scene = stage();
  await letEverythingRun();
  scene.say({ type: "request", request: { operation: "authenticate", challenge } });
  scene.card();
  scene.ceremony.act("next");
  expect(scene.screen()).toBe("pin");
  scene.toHost.length = 0;
  return scene;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("a login", () => {
  it("sends the PIN just before its request, and the token to the page", async () => {
    const scene = await atPin();
    const pin = somePin();
    scene.answerWith(() => ({ algorithm: "RS256", certificate: "AAAA", signature: "BBBB" }));
    scene.ceremony.submitPin(pin);
    await letEverythingRun();
    expect(scene.toHost).toEqual([{ pin }, { method: "authenticate", params: { card: 1, challenge: CHALLENGE } }]);
    expect(scene.toPage).toMatchObject([
      { type: "token", token: { format: "web-eid:1.0", unverifiedCertificate: "AAAA" } },
    ]);
    expect([scene.screen(), scene.hosts[0]?.closed]).toEqual(["done", true]);
    scene.leave();
    expect(scene.isClosed()).toBe(false);
  });

  it("asks for a late challenge after the PIN is typed and before the host hears of it", async () => {
    const scene = await atPin(null);
    scene.ceremony.submitPin(somePin());
    expect([scene.toHost, scene.toPage]).toEqual([[], [{ type: "challenge-request" }]]);
    scene.say({ type: "challenge", challenge: CHALLENGE });
    await letEverythingRun();
    expect(scene.toHost).toHaveLength(2);
  });

  it.each([
    ["challenge-failed", (scene: Awaited<ReturnType<typeof atPin>>) => scene.say({ type: "challenge-failed" })],
    [
      "challenge-malformed",
      (scene: Awaited<ReturnType<typeof atPin>>) => scene.say({ type: "challenge", challenge: "short" }),
    ],
    ["challenge-failed", () => vi.advanceTimersByTime(30_000)],
  ])("sends nothing to the host and forgets the PIN on %s", async (code, fail) => {
    const scene = await atPin(null);
    scene.ceremony.submitPin(somePin());
    fail(scene);
    expect(scene.screen()).toBe(code);
    scene.say({ type: "challenge", challenge: CHALLENGE });
    await letEverythingRun();
    expect(scene.toHost).toEqual([]);
  });

  it("keeps no PIN for a second request", async () => {
    const scene = await atPin();
    scene.answerWith(() => new HostFault({ code: "pin-incorrect", attemptsRemaining: 2 }));
    scene.ceremony.submitPin(somePin());
    await letEverythingRun();
    expect([scene.screen(), scene.toHost.length]).toEqual(["pin", 2]);
    expect(JSON.stringify(scene.ceremony.state())).not.toContain('"pin":');
  });

  it("says so when it takes long", async () => {
    const scene = await atPin(null);
    scene.ceremony.submitPin(somePin());
    for (const [wait, seconds] of [
      [5_000, 5],
      [10_000, 15],
    ] as const) {
      vi.advanceTimersByTime(wait);
      expect(scene.ceremony.state().phase).toMatchObject({ seconds });
    }
  });
});

describe("a signature", () => {
  it("shows and signs exactly the octets that came, in pieces, and lets the card go", async () => {
    const scene = stage("sign");
    await letEverythingRun();
    const document = new TextEncoder().encode("申請書です\n");
    const documents = [{ name: "a.txt", type: "text/plain", format: "pkcs1", bytes: document.length }];
    scene.say({ type: "request", request: { operation: "sign", documents } });
    scene.say({ type: "piece", document: 0, bytes: document.slice(0, 4).buffer });
    scene.card(5);
    scene.ceremony.act("next");
    expect(scene.screen()).toBe("review");
    scene.say({ type: "piece", document: 0, bytes: document.slice(4).buffer });
    scene.say({ type: "piece", document: 0, bytes: new ArrayBuffer(1) });
    await vi.waitFor(() => expect(scene.ceremony.state().documents[0]?.received?.content.kind).toBe("text"));
    scene.ceremony.act("next");
    const digest = encodeBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", document)));
    scene.answerWith((method) =>
      method === "unlock" ? { certificate: "AAAA" } : method === "sign" ? { signatures: ["BBBB"] } : {},
    );
    scene.ceremony.submitPin(somePin() + somePin());
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    expect(scene.toHost.slice(2)).toEqual([
      { method: "unlock", params: { card: 1 } },
      { method: "sign", params: { digests: [digest] } },
      { method: "finish", params: {} },
    ]);
    expect(scene.toPage.at(-1)).toMatchObject({
      type: "signatures",
      result: { signatures: [{ status: "signed", name: "a.txt" }] },
    });
    expect(scene.ceremony.state().phase).toMatchObject({ files: [{ name: "a.txt.sig" }] });
  });
});

describe("host and page", () => {
  it("a missing host is looked for every second, and the page would be told `failed`", async () => {
    const scene = stage();
    scene.loseHost(true);
    await letEverythingRun();
    scene.hosts[0]?.die("host-stopped");
    await letEverythingRun();
    await vi.advanceTimersByTimeAsync(1_000);
    scene.say({ type: "request", request: { operation: "authenticate", challenge: CHALLENGE } });
    expect(scene.screen()).toBe("host-missing");
    expect(scene.toPage).toContainEqual({ type: "ending", ending: "failed" });
    scene.loseHost(false);
    await vi.advanceTimersByTimeAsync(1_000);
    scene.card();
    expect(scene.screen()).toBe("review");
    expect(scene.toPage.at(-1)).toEqual({ type: "ending", ending: "dismissed" });
  });

  it("a host that refuses to watch is let go and tried again", async () => {
    const scene = stage();
    scene.answerWith(() => new HostFault({ code: "caller-refused" }));
    await letEverythingRun();
    await letEverythingRun();
    expect([scene.screen(), scene.hosts[0]?.closed]).toEqual(["caller-refused", true]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scene.hosts).toHaveLength(2);
  });

  it("a card that bounces does not disturb who is typing, one that stays away does", async () => {
    const scene = await atPin();
    scene.hosts[0]?.card({ status: "card-none" });
    vi.advanceTimersByTime(300);
    scene.card();
    expect(scene.screen()).toBe("pin");
    scene.hosts[0]?.card({ status: "card-none" });
    vi.advanceTimersByTime(400);
    expect(scene.screen()).toBe("card-removed");
  });

  it.each(["abort", "leave"])("closes the window and the host when the page goes: %s", async (how) => {
    const scene = await atPin();
    if (how === "abort") scene.say({ type: "abort" });
    else scene.leave();
    expect([scene.isClosed(), scene.hosts[0]?.closed]).toEqual([true, true]);
  });

  it("drops what a bridge never sends", async () => {
    const scene = await atPin();
    for (const message of [null, "abort", { type: "news" }, { type: "piece", document: 9, bytes: "x" }])
      scene.say(message);
    expect(scene.screen()).toBe("pin");
  });
});
