import { describe, expect, it } from "vitest";
import { openCeremonies } from "../../tools/road/ceremony-window.ts";
import {
  click,
  DISMISSED,
  isPending,
  loginCall,
  OTHER_SITE,
  outcome,
  SITE,
  signCall,
  UNAPPROVED_SITE,
  useRoad,
} from "./road-fixture.ts";

const road = useRoad();

async function begun(call = loginCall()) {
  const page = await road().page();
  await click(page, call);
  const ceremony = await road().ceremony();
  await ceremony.screen("review");
  return { page, ceremony };
}

async function logIn(ceremony: Awaited<ReturnType<typeof begun>>["ceremony"]): Promise<void> {
  await ceremony.card("ready");
  await ceremony.press("next");
  await ceremony.typePin(road().pins.authentication);
  await ceremony.press("submit");
}

describe("the page goes", () => {
  it.each([
    ["navigates", (page) => page.goto(`https://${SITE}/elsewhere`)],
    ["goes to the back-forward cache", (page) => page.goto(`https://${OTHER_SITE}/`)],
    ["reloads", (page) => page.reload()],
    ["closes its tab", (page) => page.close()],
  ] as const satisfies readonly (readonly [
    string,
    (page: Awaited<ReturnType<typeof begun>>["page"]) => Promise<unknown>,
  ])[])("it %s: the window closes, and the next call works", async (_, go) => {
    const { page, ceremony } = await begun();
    await go(page);
    expect(await ceremony.closed()).toBe(true);
    const next = await begun();
    await logIn(next.ceremony);
    expect(await outcome(next.page)).toMatchObject({ ok: true });
  });

  it("aborts: the same reason comes back at once, and the window closes", async () => {
    const { page, ceremony } = await begun(
      `(window.controller = new AbortController(), window.reason = { mine: true }, navigator.jpki.authenticate({ challenge: "${"A".repeat(43)}=", signal: window.controller.signal }).catch((error) => error === window.reason))`,
    );
    await page.evaluate("window.controller.abort(window.reason)");
    expect(await outcome(page)).toEqual({ ok: true, value: true });
    expect(await ceremony.closed()).toBe(true);
  });
});

describe("the resident goes", () => {
  it.each(["cancel", "close the window", "Escape"])("%s", async (how) => {
    const { page, ceremony } = await begun();
    if (how === "cancel") await ceremony.leave();
    else if (how === "Escape") {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await ceremony.page.keyboard.press("Escape").catch(() => undefined);
    } else await ceremony.page.close();
    expect(await outcome(page)).toMatchObject(DISMISSED);
  });
});

describe("who may ask", () => {
  it("a second call of the same site is busy, and the first one goes on", async () => {
    const { page, ceremony } = await begun(
      `(window.first = ${loginCall()}, window.first.then(() => ({ first: true })))`,
    );
    const second = await road().page();
    await click(second, loginCall());
    expect(await outcome(second)).toMatchObject({ ok: false, name: "InvalidStateError", reason: "busy" });
    expect(openCeremonies(road().road)).toBe(1);
    await logIn(ceremony);
    expect(await outcome(page)).toMatchObject({ ok: true, value: { first: true } });
  });

  it("another site waits its turn and is not told", async () => {
    const { page, ceremony } = await begun();
    const other = await road().page(`https://${OTHER_SITE}/`);
    await click(other, loginCall());
    expect(await isPending(other)).toBe(true);
    expect(openCeremonies(road().road)).toBe(1);
    await ceremony.leave();
    expect(await ceremony.closed()).toBe(true);
    expect(await outcome(page)).toMatchObject(DISMISSED);
    const next = await road().ceremony();
    await next.screen("review");
    expect(await next.text()).toContain("みどり町");
    await logIn(next);
    expect(await outcome(other)).toMatchObject({ ok: true });
  });

  it("a window that is done counts no longer: the next call opens its own, and the first one stays", async () => {
    const { page, ceremony } = await begun();
    await logIn(ceremony);
    await ceremony.screen("done");
    await click(page, signCall());
    expect(await isPending(page)).toBe(true);
    await expect.poll(() => openCeremonies(road().road)).toBe(2);
    await page.close();
    await expect.poll(() => openCeremonies(road().road)).toBe(1);
    expect(ceremony.page.isClosed()).toBe(false);
    expect(await ceremony.screen("done")).toBe("done");
    await ceremony.press("close");
  });

  it("a call without a gesture opens nothing", async () => {
    const page = await road().page(`https://${SITE}/by-itself`);
    await page.waitForFunction("window.ended", { polling: 100 });
    expect(await page.evaluate("window.ended")).toMatchObject({ name: "NotAllowedError", reason: "no-activation" });
    expect(openCeremonies(road().road)).toBe(0);
  });

  it("one gesture opens one ceremony", async () => {
    const { page, ceremony } = await begun(
      `(window.again = () => ${loginCall()}, ${loginCall()}.catch(() => window.again()))`,
    );
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject({ ok: false, name: "NotAllowedError", reason: "no-activation" });
  });

  it("an unapproved site and a frame see nothing at all", async () => {
    const unapproved = await road().page(`https://${UNAPPROVED_SITE}/`);
    expect(await unapproved.evaluate("['jpki' in navigator, 'Jpki' in window, 'JpkiError' in window]")).toEqual([
      false,
      false,
      false,
    ]);
    const framed = await road().page(`https://${SITE}/frame`);
    const frame = framed.frames()[1];
    expect(await frame?.evaluate("'jpki' in navigator")).toBe(false);
    expect(await framed.evaluate("'jpki' in navigator")).toBe(true);
  });
});

describe("a late challenge", () => {
  const late = (body: string): string =>
    `navigator.jpki.authenticate({ challenge: async (signal) => { window.asked = true; ${body} } })`;

  it("is asked for only after the PIN was typed", async () => {
    const { page, ceremony } = await begun(late(`return "${"A".repeat(43)}="`));
    await ceremony.card("ready");
    await ceremony.press("next");
    await ceremony.typePin(road().pins.authentication);
    expect(await page.evaluate("window.asked")).toBeUndefined();
    await ceremony.press("submit");
    expect(await outcome(page)).toMatchObject({ ok: true });
  });

  it.each([
    ["fails", "throw new Error('server down')", "challenge-failed"],
    ["is too short", "return 'AAAA'", "challenge-malformed"],
    ["is no text", "return 7", "challenge-malformed"],
  ])("that %s spends no try", async (_, body, screen) => {
    const { page, ceremony } = await begun(late(body));
    const before = road().transcript().split("[masked]").length;
    await logIn(ceremony);
    await ceremony.screen(screen);
    expect(road().transcript().split("[masked]").length).toBe(before);
    await ceremony.leave();
    expect(await outcome(page)).toMatchObject(DISMISSED);
  });
});

describe("the extension", () => {
  it("may lose its worker at every step", async () => {
    const stop = (): Promise<void> => road().road.stopWorker();
    const page = await road().page();
    await stop();
    await click(page, signCall());
    const ceremony = await road().ceremony();
    await ceremony.screen("review");
    await stop();
    await ceremony.card("ready");
    await ceremony.press("next");
    await stop();
    await ceremony.typePin(road().pins.signing);
    await ceremony.press("submit");
    await ceremony.screen("done");
    expect(await outcome(page)).toMatchObject({ ok: true });
    await stop();
    await ceremony.press("close");
    expect(await ceremony.closed()).toBe(true);
    await click(page, loginCall());
    await (await road().ceremony()).screen("review");
  });

  it("bytes that change after the call are not what is signed", async () => {
    const { page, ceremony } = await begun(
      `(window.bytes = new TextEncoder().encode("AAAA"), navigator.jpki.sign({ format: "pkcs1", documents: [{ name: "a.txt", type: "text/plain", data: window.bytes }] }).then((result) => Array.from(new Uint8Array(result.signatures[0].digest))))`,
    );
    await page.evaluate("window.bytes.fill(0x42)");
    expect(await ceremony.text()).toContain("AAAA");
    await ceremony.card("ready");
    await ceremony.press("next");
    await ceremony.typePin(road().pins.signing);
    await ceremony.press("submit");
    const wanted = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode("AAAA")));
    expect(await outcome(page)).toEqual({ ok: true, value: Array.from(wanted) });
  });

  it("that is reloaded while a page is open: calls reject", async () => {
    const page = await road().page();
    await (await road().road.worker()).evaluate("chrome.runtime.reload()");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await click(page, loginCall());
    expect(await outcome(page)).toMatchObject({ ok: false, name: "OperationError", reason: "failed" });
  });
});
