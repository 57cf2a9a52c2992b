import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import { playedCeremony } from "../../tests/support/played-ceremony.ts";
import { HostFault } from "../host-port/host-port.ts";

const CHALLENGE = encodeBase64(crypto.getRandomValues(new Uint8Array(32)));
const somePin = (): string => String(1000 + Math.floor(Math.random() * 9000));
const letEverythingRun = () => vi.advanceTimersByTimeAsync(0);

async function atPin(challenge: string | null = CHALLENGE) {
  const scene = playedCeremony();
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

  it("takes a second press for none while the challenge is awaited", async () => {
    const scene = await atPin(null);
    const pin = somePin();
    scene.ceremony.submitPin(pin);
    scene.ceremony.submitPin("0000");
    scene.say({ type: "challenge", challenge: CHALLENGE });
    await letEverythingRun();
    expect(scene.toHost[0]).toEqual({ pin });
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

describe("host and page", () => {
  it("a missing host is looked for every second, and the page would be told `failed`", async () => {
    const scene = playedCeremony();
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
    const scene = playedCeremony();
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
