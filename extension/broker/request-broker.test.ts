import { beforeEach, describe, expect, it } from "vitest";
import type { BrokerRequest } from "../../shared/protocol/broker-messages.ts";
import { createBrokerWorld, EXTENSION_ID, senderAt } from "../../tests/support/broker-world.ts";
import { createApprovals } from "./approvals.ts";
import type { Sender } from "./caller.ts";
import type { CeremonyQueue } from "./ceremony-queue.ts";
import { createRequestBroker } from "./request-broker.ts";

const CITY = "https://www.city.example.lg.jp";
const TOWN = "https://www.town.example.lg.jp";

type Open = Extract<BrokerRequest, { type: "open" }>;

let world: ReturnType<typeof createBrokerWorld>;
let probes: number;
let ask: ReturnType<typeof createRequestBroker>;

const brokerWith = (queue: Pick<CeremonyQueue, "open" | "withdraw" | "finished">) =>
  createRequestBroker(EXTENSION_ID, createApprovals(world.local), queue, () => {
    probes++;
    return Promise.resolve("host-outdated" as const);
  });

beforeEach(async () => {
  world = createBrokerWorld();
  await world.approve(CITY, TOWN);
  probes = 0;
  ask = brokerWith(world.startWorker());
});

/** A request for a window, of a page that waits for its answer. */
function openRequest(differences: Partial<Open> = {}): Open {
  const id = crypto.randomUUID();
  world.waiting.add(id);
  return { type: "open", id, operation: "sign", formats: ["pkcs1"], blind: false, activated: true, ...differences };
}

describe("open", () => {
  it("is accepted, and the window is told who asks as the browser said it", async () => {
    const request = openRequest({ operation: "authenticate", formats: [] });
    expect(await ask(request, senderAt(CITY))).toEqual({ type: "accepted" });
    expect(await world.session.get("ceremonies")).toMatchObject({
      ceremonies: [
        {
          id: request.id,
          operation: "authenticate",
          approval: { origin: CITY },
          tabId: 7,
          documentId: `document of ${CITY}`,
        },
      ],
    });
  });

  /** In the order of docs/api.webidl: whoever makes several mistakes is told the first. */
  const mistakes: readonly (readonly [
    string,
    { sender?: Partial<Sender>; request?: Partial<Open>; approved?: string },
  ])[] = [
    ["not-active", { sender: { documentLifecycle: "prerender" } }],
    ["unsupported", { request: { formats: ["asic"] } }],
    ["not-allowed", { approved: TOWN }],
    ["busy", {}],
    ["no-activation", { request: { activated: false } }],
  ];
  it.each(mistakes.map(([reason], from) => [reason, from] as const))(
    "is refused as %s before anything that comes later",
    async (reason, from) => {
      const made = mistakes.slice(from);
      if (made.some(([later]) => later === "busy")) await ask(openRequest(), senderAt(CITY));
      for (const [, { approved }] of made) if (approved) await world.approve(approved);
      const sender = Object.assign({}, ...made.map(([, mistake]) => mistake.sender)) as Partial<Sender>;
      const request = Object.assign({}, ...made.map(([, mistake]) => mistake.request)) as Partial<Open>;
      expect(await ask(openRequest(request), senderAt(CITY, sender))).toEqual({ type: "refused", reason });
    },
  );

  it("takes a digest in place of a document only where the approval says so", async () => {
    const blind = { formats: ["cades"], blind: true };
    expect(await ask(openRequest(blind), senderAt(CITY))).toEqual({ type: "refused", reason: "not-allowed" });
    const { approvals } = (await world.local.get("approvals")) as { approvals: { origin: string }[] };
    const allowed = approvals.map((one) => (one.origin === CITY ? { ...one, blindSigning: true } : one));
    await world.local.set({ approvals: allowed });
    expect(await ask(openRequest(blind), senderAt(TOWN))).toEqual({ type: "refused", reason: "not-allowed" });
    expect(await ask(openRequest(blind), senderAt(CITY))).toEqual({ type: "accepted" });
  });

  it.each<Partial<Open>>([
    { operation: "sign", formats: [] },
    { operation: "sign", formats: ["cades", "raw"] },
    { operation: "authenticate", formats: ["pkcs1"] },
    { operation: "readAttributes", formats: ["cades"] },
    { operation: "authenticate", formats: [], blind: true },
  ])("does not know %j", async (request) => {
    expect(await ask(openRequest(request), senderAt(CITY))).toEqual({ type: "refused", reason: "unsupported" });
  });

  it.each<[string, Partial<Sender>]>([
    ["another extension", { id: "b".repeat(32) }],
    ["a frame", { frameId: 1 }],
    ["a private window", { tab: { id: 7, incognito: true } }],
    ["http", { origin: "http://www.city.example.lg.jp", url: "http://www.city.example.lg.jp/" }],
    ["a port", { origin: `${CITY}:8443`, url: `${CITY}:8443/` }],
    ["a trailing dot", { origin: `${CITY}.`, url: `${CITY}./` }],
    ["an origin that its address does not have", { url: `${TOWN}/` }],
  ])("is not allowed from %s", async (_where, difference) => {
    expect(await ask(openRequest(), senderAt(CITY, difference))).toEqual({ type: "refused", reason: "not-allowed" });
    expect(world.shown()).toEqual([]);
  });

  it("has failed where the queue can't be kept", async () => {
    const broken = () => Promise.reject(new Error("quota"));
    ask = brokerWith({ open: broken, withdraw: broken, finished: broken });
    expect(await ask(openRequest(), senderAt(CITY))).toEqual({ type: "refused", reason: "failed" });
  });
});

describe("a message that is none of ours", () => {
  it.each<[string, (request: Open) => unknown]>([
    ["nothing", () => undefined],
    ["a text", () => "open"],
    ["an unknown request", (request) => ({ ...request, type: "approve" })],
    ["a claim of an origin", (request) => ({ ...request, origin: CITY })],
    ["an id that is none", (request) => ({ ...request, id: "1" })],
    ["a truthy activation", (request) => ({ ...request, activated: 1 })],
  ])("gets no answer: %s", (_what, change) => {
    expect(ask(change(openRequest()), senderAt(CITY))).toBeUndefined();
    expect(world.shown()).toEqual([]);
  });
});

describe("availability", () => {
  const question = (options: object = {}) => ({ type: "availability", options });
  const answer = (availability: string) => ({ type: "availability", availability });

  it("is the host's where the origin is approved", async () => {
    expect(await ask(question(), senderAt(CITY))).toEqual(answer("host-outdated"));
    expect(probes).toBe(1);
  });

  it("says first that a document is not active, then what is unsupported, then who is not allowed", async () => {
    const inactive = senderAt("https://other.example", { documentLifecycle: "cached" });
    const unknown = question({ operation: "open" });
    expect(await ask(unknown, inactive)).toEqual({ type: "refused", reason: "not-active" });
    expect(await ask(unknown, senderAt("https://other.example"))).toEqual(answer("unsupported"));
    expect(await ask(question(), senderAt("https://other.example"))).toEqual(answer("not-allowed"));
    expect(await ask(question(), senderAt(CITY, { frameId: 1 }))).toEqual(answer("not-allowed"));
    expect(probes).toBe(0);
  });

  it.each([
    [{ operation: "authenticate" }, true],
    [{ operation: "authenticate", format: "web-eid:1.0" }, true],
    [{ operation: "authenticate", format: "cades" }, false],
    [{ operation: "authenticate", profile: "baseline-b" }, false],
    [{ operation: "sign" }, true],
    [{ operation: "sign", format: "pkcs1" }, true],
    [{ operation: "sign", format: "cades" }, true],
    [{ operation: "sign", format: "cades", profile: "baseline-t" }, false],
    [{ operation: "sign", format: "web-eid:1.0" }, false],
    [{ operation: "sign", format: "pades" }, true],
    [{ operation: "sign", profile: "moj-pdf" }, true],
    [{ operation: "sign", format: "cades", profile: "moj-pdf" }, false],
    [{ operation: "sign", profile: "baseline-b" }, false],
    [{ operation: "readAttributes" }, true],
    [{ operation: "readAttributes", format: "cades" }, false],
    [{ operation: "toString" }, false],
    [{ format: "cades" }, true],
    [{ format: "web-eid:1.0" }, true],
    [{ format: "asic" }, false],
    [{ profile: "baseline-b" }, false],
  ])("%j is supported: %s", async (options, supported) => {
    expect(await ask(question(options), senderAt(CITY))).toEqual(answer(supported ? "host-outdated" : "unsupported"));
  });
});

describe("withdraw", () => {
  it.each<[string, Partial<Sender>, boolean]>([
    ["the document that called", {}, true],
    ["that document on its way out", { documentLifecycle: "pending_deletion" }, true],
    ["another document", { documentId: "another" }, false],
    ["no document", { documentId: undefined }, false],
    ["another extension", { id: "b".repeat(32) }, false],
  ])("by %s", async (_who, difference, closes) => {
    const { id } = openRequest();
    await ask({ ...openRequest(), id }, senderAt(CITY));
    expect(await ask({ type: "withdraw", id }, senderAt(CITY, difference))).toEqual({ type: "withdrawn" });
    expect(world.shown()).toEqual(closes ? [] : [id]);
  });
});

describe("finished", () => {
  it.each<[string, Partial<Sender>, boolean]>([
    ["a ceremony window", { url: `chrome-extension://${EXTENSION_ID}/ceremony.html#id` }, true],
    ["a content script of ours", {}, false],
    ["another extension", { id: "b".repeat(32), url: "chrome-extension://b/ceremony.html" }, false],
  ])("from %s", async (_who, difference, frees) => {
    const request = openRequest();
    await ask(request, senderAt(CITY));
    expect(await ask({ type: "finished", id: request.id }, senderAt(CITY, difference))).toEqual({ type: "noted" });
    expect(await ask(openRequest(), senderAt(CITY))).toEqual(
      frees ? { type: "accepted" } : { type: "refused", reason: "busy" },
    );
  });
});
