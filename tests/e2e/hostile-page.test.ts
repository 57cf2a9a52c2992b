import { describe, expect, it } from "vitest";
import { CHROMIUM_EXTENSION_ID } from "../../shared/protocol/version.ts";
import { openCeremonies } from "../../tools/road/ceremony-window.ts";
import { click, isPending, loginCall, outcome, someChallenge, useRoad } from "./road-fixture.ts";

const road = useRoad();

async function finishLogin(): Promise<void> {
  const ceremony = await road().ceremony();
  await ceremony.card("ready");
  expect(await ceremony.text()).toContain("TEST CARD");
  await ceremony.press("next");
  await ceremony.typePin(road().pins.authentication);
  await ceremony.press("submit");
  await ceremony.screen("done");
  await ceremony.press("close");
}

/** Whether an honest page of the same site can still log in. */
async function honestLogin(): Promise<void> {
  const page = await road().page();
  await click(page, loginCall());
  await finishLogin();
  expect(await outcome(page)).toMatchObject({ ok: true });
}

describe("a page that replaces globals", () => {
  it.each([
    ["Promise", "window.Promise = class { constructor() { throw new Error('mine'); } }"],
    ["MessagePort", "MessagePort.prototype.postMessage = function () { window.stolen = arguments; }"],
    ["postMessage", "window.postMessage = function () { window.stolen = arguments; }"],
    [
      "array methods",
      "for (const name of ['map', 'push', 'forEach', 'every', Symbol.iterator]) Array.prototype[name] = () => { throw new Error('mine'); }",
    ],
    [
      "Object.prototype",
      "Object.defineProperty(Object.prototype, 'type', { set(value) { window.stolen = value; }, get() { return 'error'; } })",
    ],
    ["MessageChannel", "window.MessageChannel = class { constructor() { window.stolen = true; } }"],
    ["crypto", "Crypto.prototype.randomUUID = () => 'the same'"],
  ])("%s: still logs in, and steals nothing", async (_, attack) => {
    const page = await road().page();
    await page.bringToFront();
    await page.evaluate(`window.next = () => {
      const call = ${loginCall()};
      call.then((token) => { document.title = "ok " + token.format; }, (error) => { document.title = "failed " + error.name; });
    }; ${attack}; undefined`);
    await page.click("#go");
    await finishLogin();
    expect(await page.title()).toBe("ok web-eid:1.0");
    expect(await page.evaluate("typeof window.stolen")).toBe("undefined");
  });
});

describe("a page that floods", () => {
  it("with calls gets one window, and is busy for the rest", async () => {
    const page = await road().page();
    await click(
      page,
      `Promise.allSettled(Array.from({ length: 300 }, () => ${loginCall()}.catch((error) => { throw error.reason; }))).then((all) => all.map(({ reason, status }) => reason ?? status))`,
    );
    await finishLogin();
    const all = await outcome(page);
    expect(all).toMatchObject({ ok: true });
    const endings = all.ok ? (all.value as string[]) : [];
    expect(endings.filter((ending) => ending === "fulfilled")).toHaveLength(1);
    expect(new Set(endings)).toEqual(new Set(["fulfilled", "busy"]));
    await honestLogin();
  });

  it("with messages of every kind is not heard, and everything goes on", async () => {
    const page = await road().page();
    await page.evaluate(`{
      const things = [undefined, null, 7, "navigator.jpki", {}, [], { type: "navigator.jpki" }, { type: "navigator.jpki", call: null },
        { type: "navigator.jpki", call: { operation: "authenticate", challenge: 7 } },
        { type: "navigator.jpki", call: { operation: "export" } },
        { type: "navigator.jpki", call: { operation: "authenticate", challenge: "A".repeat(1e6) } },
        { type: "navigator.jpki", call: { operation: "sign", documents: [] } },
        { type: "navigator.jpki", call: { operation: "sign", documents: Array(1000).fill({ name: "x" }) } }];
      for (let round = 0; round < 20; round++) for (const thing of things) {
        postMessage(thing, "*");
        const { port1, port2 } = new MessageChannel();
        postMessage(thing, "*", [port2]);
        port1.postMessage({ type: "abort" });
        port1.postMessage({ type: "challenge", challenge: {} });
      }
    }`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(openCeremonies(road().road)).toBe(0);
    await honestLogin();
  });
});

describe("a page that forges", () => {
  it("an answer on a port that it made itself answers nobody else", async () => {
    const page = await road().page();
    await click(page, `navigator.jpki.authenticate({ challenge: () => new Promise(() => undefined) })`);
    const ceremony = await road().ceremony();
    await ceremony.card("ready");
    await page.evaluate(`{
      const { port1, port2 } = new MessageChannel();
      postMessage({ type: "navigator.jpki", call: { operation: "availability", options: {} } }, "*", [port2]);
      for (let turn = 0; turn < 10; turn++) port1.postMessage({ type: "challenge", challenge: "${someChallenge()}" });
      port1.postMessage({ type: "abort" });
    }`);
    await ceremony.press("next");
    await ceremony.typePin(road().pins.authentication);
    await ceremony.press("submit");
    await ceremony.screen("working");
    expect(await isPending(page)).toBe(true);
    expect(road().transcript().split("# connect").at(-1)).not.toContain("[masked]");
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject({ name: "NotAllowedError", reason: "dismissed" });
  });

  it("our window in a frame gets nothing: no resource of the extension is reachable", async () => {
    const page = await road().page();
    const address = `chrome-extension://${CHROMIUM_EXTENSION_ID}/ceremony.html`;
    expect(await page.evaluate(`fetch("${address}").then(() => "read", () => "refused")`)).toBe("refused");
    await page.evaluate(`document.body.append(Object.assign(document.createElement("iframe"), { src: "${address}" }))`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const texts = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) => frame.evaluate("document.body?.dataset.screen").catch(() => undefined)),
    );
    expect(texts.filter((text) => text !== undefined)).toEqual([]);
  });
});
