import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostFault, openHost, type HostPort } from "./host-port.ts";
import { disconnectFault, type NativePort } from "./native-port.ts";

/** A native port whose host is the test. */
function scriptedPort() {
  const sent: object[] = [];
  let onMessage: (message: unknown) => void = () => undefined;
  let onDisconnect: (reason: string) => void = () => undefined;
  let disconnected = false;
  const port: NativePort = {
    post: (message) => void sent.push(message),
    onMessage: (listener) => (onMessage = listener),
    onDisconnect: (listener) => (onDisconnect = listener),
    disconnect: () => (disconnected = true),
  };
  return {
    connect: () => port,
    sent,
    say: (message: unknown) => onMessage(message),
    exit: (reason: string) => onDisconnect(reason),
    isDisconnected: () => disconnected,
  };
}

const HELLO = { event: "hello", protocols: { min: 1, max: 1 }, version: "0.1.0", card: "virtual" };

async function openScripted(): Promise<ReturnType<typeof scriptedPort> & { host: HostPort }> {
  const script = scriptedPort();
  const opening = openHost(script.connect);
  script.say(HELLO);
  return { ...script, host: await opening };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "resolved",
    (error: unknown) => (error instanceof HostFault ? error.code : String(error)),
  );

describe("opening the host", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("resolves with the hello", async () => {
    const { host } = await openScripted();
    expect(host.hello).toEqual(HELLO);
  });

  it.each([
    ["Specified native messaging host not found.", "host-missing"],
    ["No such native application jp.kodo.host", "host-missing"],
    ["Failed to start native messaging host.", "host-missing"],
    ["Access to the specified native messaging host is forbidden.", "caller-refused"],
    ["Native host has exited.", "host-stopped"],
    ["Error when communicating with the native messaging host.", "host-stopped"],
    ["", "host-stopped"],
  ])("takes the browser's words %o for %s", async (reason, code) => {
    const script = scriptedPort();
    const opening = codeOf(openHost(script.connect));
    script.exit(reason);
    expect(await opening).toBe(code);
    expect(disconnectFault(reason)).toBe(code);
  });

  it("gives up a host that does not say hello", async () => {
    const script = scriptedPort();
    const opening = codeOf(openHost(script.connect));
    vi.advanceTimersByTime(5_000);
    expect(await opening).toBe("host-stopped");
    expect(script.isDisconnected()).toBe(true);
  });

  it.each([
    [{ ...HELLO, protocols: { min: 0, max: 0 } }, "host-outdated"],
    [{ ...HELLO, protocols: { min: 2, max: 3 } }, "extension-outdated"],
    [{ ...HELLO, protocols: { min: 2, max: 2 }, news: true }, "extension-outdated"],
    [{ ...HELLO, protocols: { min: 0, max: 2 }, news: true }, "invalid-message"],
    [{ event: "fault", error: { code: "caller-refused" } }, "caller-refused"],
    ["hello", "invalid-message"],
    [null, "invalid-message"],
  ])("answers the first message %j with %s", async (message, code) => {
    const script = scriptedPort();
    const opening = codeOf(openHost(script.connect));
    script.say(message);
    expect(await opening).toBe(code);
    expect(script.isDisconnected()).toBe(true);
  });
});

describe("a running host", () => {
  it("answers requests by their id and parses each result with the method's own schema", async () => {
    const { host, say, sent } = await openScripted();
    const watch = host.request("watch", { key: "signing", origin: "https://forms.example.go.jp" });
    expect(sent).toEqual([
      { id: 1, method: "watch", params: { key: "signing", origin: "https://forms.example.go.jp" } },
    ]);
    say({ id: 7, result: {} });
    say({ id: 1, result: {} });
    expect(await watch).toEqual({});
    const unlock = codeOf(host.request("unlock", { card: 1 }));
    say({ id: 2, result: { certificate: 5 } });
    expect(await unlock).toBe("invalid-message");
  });

  it("hands on errors with the tries that are left", async () => {
    const { host, say } = await openScripted();
    const unlock = host.request("unlock", { card: 1 });
    say({ id: 1, error: { code: "pin-incorrect", attemptsRemaining: 2 } });
    await expect(unlock).rejects.toMatchObject({ code: "pin-incorrect", attemptsRemaining: 2 });
  });

  it("takes a fault without id for the request under way", async () => {
    const { host, say } = await openScripted();
    const unlock = codeOf(host.request("unlock", { card: 1 }));
    say({ event: "fault", error: { code: "pin-malformed" } });
    expect(await unlock).toBe("pin-malformed");
  });

  it("posts a PIN as an object of its own, whose serialisation is the PIN frame", async () => {
    const { host, sent } = await openScripted();
    const pin = String(1000 + Math.floor(Math.random() * 9000));
    host.sendPin(pin);
    expect(JSON.stringify(sent[0])).toBe(`{"pin":"${pin}"}`);
  });

  it("reports every state of the card", async () => {
    const { host, say } = await openScripted();
    const seen: string[] = [];
    host.onCard((state) => seen.push(state.status));
    say({ event: "card", state: { status: "reader-none" } });
    say({ event: "card", state: { status: "card-none" } });
    expect(seen).toEqual(["reader-none", "card-none"]);
  });

  it("rejects what is under way and says so when the host dies", async () => {
    const { host, exit } = await openScripted();
    const sign = codeOf(host.request("sign", { digests: [] }));
    exit("Native host has exited.");
    expect(await sign).toBe("host-stopped");
    expect(await host.closed).toBe("host-stopped");
    expect(await codeOf(host.request("finish", {}))).toBe("host-stopped");
  });

  it.each([HELLO, { event: "news" }, { id: 1 }, [], "x"])("ends a host that sends %j", async (message) => {
    const { host, say, isDisconnected } = await openScripted();
    const finish = codeOf(host.request("finish", {}));
    say(message);
    expect([await finish, await host.closed]).toEqual(["invalid-message", "invalid-message"]);
    expect(isDisconnected()).toBe(true);
  });

  it("takes a port that refuses a message for a host that stopped", async () => {
    const script = scriptedPort();
    const port = script.connect();
    const opening = openHost(() => ({
      ...port,
      post: () => {
        throw new Error("disconnected port");
      },
    }));
    script.say(HELLO);
    const host = await opening;
    expect(await codeOf(host.request("finish", {}))).toBe("host-stopped");
    expect(await host.closed).toBe("host-stopped");
  });

  it("is disconnected by close, and what is under way is told", async () => {
    const { host, isDisconnected } = await openScripted();
    const finish = codeOf(host.request("finish", {}));
    host.close();
    expect(await finish).toBe("host-stopped");
    expect(isDisconnected()).toBe(true);
  });
});
