import type { Page, WebWorker } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APPROVED, approve, approveOne, launchChromium, type Chromium } from "./chromium.ts";

/** Where the API is, where it is not, and what page, bridge and broker answer together before any window opens. */
const CHALLENGE = "A".repeat(43) + "=";
const OTHER = "https://www.town.example.lg.jp";

let chromium: Chromium;
let worker: WebWorker;

beforeAll(async () => {
  chromium = await launchChromium({ extension: true });
  worker = await approveOne(chromium);
});
afterAll(() => chromium.close());

/** Everything a page could see of us, and what reaches its own listeners. */
const traces = (page: Page) =>
  page.evaluate(() => [
    "jpki" in navigator,
    "Jpki" in window,
    "JpkiError" in window,
    document.querySelectorAll("[src*=extension], iframe[src*=extension]").length,
  ]);
const ALL = [true, true, true, 0];
const NONE = [false, false, false, 0];

describe("navigator.jpki exists", () => {
  it.each([APPROVED, `${APPROVED}/deep/path?query#hash`, "https://user:word@www.city.example.lg.jp/"])(
    "at %s",
    async (url) => {
      expect(await traces(await chromium.open(url))).toEqual(ALL);
    },
  );

  it.each([
    "https://www.town.example.lg.jp/",
    "https://city.example.lg.jp/",
    "https://evil.www.city.example.lg.jp/",
    "https://www.city.example.lg.jp.evil.example/",
    "https://www.city.example.lg.jp:8443/",
    "https://www.city.example.lg.jp./",
    "http://www.city.example.lg.jp/",
    "https://xn--80ak6aa92e.example/",
  ])("not at %s", async (url) => {
    const page = await chromium.open(url);
    expect([page.url(), await traces(page)]).toEqual([url, NONE]);
  });

  it.each(["<iframe src='/inner'></iframe>", "<iframe srcdoc='x'></iframe>", "<iframe src='about:blank'></iframe>"])(
    "not in a frame: %s",
    async (frame) => {
      const page = await chromium.open(APPROVED, undefined);
      await page.evaluate((html) => void (document.body.innerHTML = html), frame);
      await page.waitForFunction(() => frames[0]?.document.readyState === "complete");
      expect(await page.evaluate(() => frames[0] && "jpki" in frames[0].navigator)).toBe(false);
    },
  );

  it("unless the page has one already, which stays", async () => {
    const page = await chromium.open(APPROVED, undefined, (opening) =>
      opening.evaluateOnNewDocument(() => Object.defineProperty(Navigator.prototype, "jpki", { value: "native" })),
    );
    expect(await page.evaluate(() => [navigator.jpki, "Jpki" in window])).toEqual(["native", false]);
  });

  it("and leaves nothing else on window", async () => {
    const keys = (page: Page) => page.evaluate(() => Object.getOwnPropertyNames(window));
    const without = await keys(await chromium.open(OTHER));
    expect((await keys(await chromium.open(APPROVED))).filter((key) => !without.includes(key))).toEqual([
      "Jpki",
      "JpkiError",
    ]);
  });

  it("only as long as the origin is approved", async () => {
    await approve(worker, [APPROVED, OTHER]);
    expect(await traces(await chromium.open(OTHER))).toEqual(ALL);
    await approve(worker, [OTHER]);
    expect(await traces(await chromium.open(APPROVED))).toEqual(NONE);
    await worker.evaluate(() => {
      const { storage } = (
        globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }
      ).chrome;
      return storage.local.set({ approvals: [{ origin: "https://www.town.example.lg.jp" }] });
    });
    await worker.evaluate(async () => {
      const { scripting } = (
        globalThis as unknown as { chrome: { scripting: { getRegisteredContentScripts(): Promise<unknown[]> } } }
      ).chrome;
      while ((await scripting.getRegisteredContentScripts()).length > 0) await new Promise((go) => setTimeout(go, 20));
    });
    expect(await traces(await chromium.open(OTHER))).toEqual(NONE);
    await approve(worker, [APPROVED]);
  });
});

/** Runs the statement in the page's own script, from a timer, so that no user activation of the driver comes with it. */
async function withoutGesture(page: Page, expression: string): Promise<string> {
  return page.evaluate(
    (code) =>
      new Promise<string>((resolve) => {
        setTimeout(() => {
          ((0, eval)(code) as Promise<unknown>).then(
            (value) => resolve(`fulfilled ${String(value)}`),
            (error: unknown) => resolve(error instanceof JpkiError ? `${error.name}/${error.reason}` : String(error)),
          );
        });
      }),
    expression,
  );
}

describe("a call that no gesture stands behind", () => {
  it.each([
    [`authenticate({ challenge: "${CHALLENGE}" })`, "NotAllowedError/no-activation"],
    [`authenticate({ challenge: () => "x" })`, "NotAllowedError/no-activation"],
    [`sign({ format: "pkcs1", documents: [{ name: "n", data: "d" }] })`, "NotAllowedError/no-activation"],
    [
      `sign({ format: "cades", packaging: "detached", documents: [{ name: "n", data: "d" }] })`,
      "NotAllowedError/no-activation",
    ],
    [`sign({ format: "pkcs7", documents: [{ name: "n", data: "d" }] })`, "NotSupportedError/unsupported"],
    [
      `sign({ format: "cades", packaging: "enveloped", documents: [{ name: "n", data: "d" }] })`,
      "NotSupportedError/unsupported",
    ],
    [
      `sign({ format: "cades", profile: "baseline-t", documents: [{ name: "n", data: "d" }] })`,
      "NotSupportedError/unsupported",
    ],
    [`sign({ format: "${"x".repeat(100)}", documents: [{ name: "n", data: "d" }] })`, "NotSupportedError/unsupported"],
    [`availability({ operation: "sign", format: "asic" })`, "fulfilled unsupported"],
    [`availability({ operation: "sign", format: "cades", profile: "moj-pdf" })`, "fulfilled unsupported"],
    [`availability({ operation: "${"x".repeat(100)}" })`, "fulfilled unsupported"],
    [`availability()`, "fulfilled host-missing"],
    [`availability({ operation: "authenticate" })`, "fulfilled host-missing"],
    [`availability({ operation: "sign", format: "cades" })`, "fulfilled host-missing"],
  ])("%s: %s", async (call, expected) => {
    const page = await chromium.open(APPROVED);
    expect(await withoutGesture(page, `navigator.jpki.${call}`)).toBe(expected);
  });

  it("is not helped by events that a script made, nor by activation without a gesture that we saw", async () => {
    const page = await chromium.open(APPROVED);
    expect(
      await page.evaluate(async (challenge) => {
        for (const event of [
          new KeyboardEvent("keydown", { key: "a", bubbles: true }),
          new PointerEvent("pointerdown", { pointerType: "mouse", bubbles: true }),
          new MouseEvent("mousedown", { bubbles: true }),
        ])
          document.body.dispatchEvent(event);
        const active = navigator.userActivation.isActive;
        const error = await navigator.jpki.authenticate({ challenge }).catch((reason: unknown) => reason as JpkiError);
        return [active, (error as JpkiError).reason];
      }, CHALLENGE),
    ).toEqual([true, "no-activation"]);
  });

  it("is refused as not allowed once the approval is gone, before anything is said of gestures", async () => {
    const page = await chromium.open(APPROVED);
    await approve(worker, [OTHER]);
    expect(await withoutGesture(page, `navigator.jpki.authenticate({ challenge: "${CHALLENGE}" })`)).toBe(
      "NotAllowedError/not-allowed",
    );
    expect(await withoutGesture(page, "navigator.jpki.availability()")).toBe("fulfilled not-allowed");
    await approve(worker, [APPROVED]);
  });
});

describe("a document that its window no longer shows", () => {
  it.each([
    ["was navigated", `opened.location = "/next"`],
    ["was closed", "opened.close()"],
  ])("because it %s answers so before it looks at any argument", async (_how, leave) => {
    const page = await chromium.open(APPROVED);
    const popup = new Promise<Page | null>((resolve) => page.once("popup", resolve));
    await page.evaluate("opened = open('about:blank'), undefined");
    const opened = await popup;
    if (!opened) throw new Error("no window was opened");
    await chromium.answer(opened);
    await opened.goto(`${APPROVED}/opened`);
    expect(
      await page.evaluate(`(async () => {
        const { document, navigator: { jpki } } = opened;
        ${leave};
        while (document.defaultView) await new Promise((go) => setTimeout(go, 20));
        const calls = [() => jpki.availability(), () => jpki.authenticate(), () => jpki.sign({ documents: 5 })];
        // Handlers of this realm: the browser runs none of the realm that went, so its promises can't be awaited here.
        return Promise.all(calls.map((call) => new Promise((done) => call().catch((error) => done(error.name + "/" + error.reason)))));
      })()`),
    ).toEqual(Array(3).fill("InvalidStateError/not-active"));
  });
});

describe("a hostile page", () => {
  it("forges messages and gets nothing but refusals, while true calls go on", async () => {
    const page = await chromium.open(APPROVED);
    expect(
      await page.evaluate(async (challenge) => {
        const answers: unknown[] = [];
        const send = (message: unknown, ports = 1) => {
          const channels = Array.from({ length: ports }, () => new MessageChannel());
          channels.forEach(({ port1 }) => (port1.onmessage = ({ data }) => answers.push(data)));
          postMessage(
            message,
            location.origin,
            channels.map(({ port2 }) => port2),
          );
          return channels[0];
        };
        const type = "navigator.jpki";
        const calls = [
          undefined,
          null,
          5,
          {},
          { operation: "open" },
          { operation: "authenticate" },
          { operation: "authenticate", challenge: 5 },
          { operation: "authenticate", challenge: "x".repeat(1e7) },
          { operation: "authenticate", challenge, more: 1 },
          { operation: "sign", documents: [] },
          { operation: "sign", documents: Array.from({ length: 101 }) },
          { operation: "sign", documents: [{ name: "n", type: "", format: "pkcs1", data: new ArrayBuffer(1) }] },
          { operation: "availability", options: { operation: { toString: 1 } } },
        ];
        for (const call of calls) send({ type, call });
        send({ type }, 2);
        send({ type }, 0);
        send({ type: 5 });
        send(null);
        const real = await navigator.jpki.availability({ operation: "x" });
        return {
          real,
          answers: answers.length,
          refused: answers.filter((answer) => (answer as { reason?: string }).reason === "failed").length,
          calls: calls.length,
        };
      }, CHALLENGE),
    ).toEqual({ real: "unsupported", answers: 28, refused: 14, calls: 13 });
  });

  it("floods: calls past the limit are busy, the others are answered", async () => {
    const page = await chromium.open(APPROVED);
    const reasons = await page.evaluate(
      async (challenge) =>
        Promise.all(
          Array.from({ length: 200 }, () =>
            navigator.jpki.authenticate({ challenge }).catch((error: unknown) => (error as JpkiError).reason),
          ),
        ),
      CHALLENGE,
    );
    expect(reasons.filter((reason) => reason === "no-activation").length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => reason === "busy").length).toBeGreaterThan(0);
    expect(reasons.filter((reason) => reason !== "no-activation" && reason !== "busy")).toEqual([]);
  });

  it("does not overhear: its own listeners never see a call", async () => {
    const page = await chromium.open(
      APPROVED,
      `<!doctype html><script>heard = 0; for (const capture of [true, false]) addEventListener("message", () => heard++, capture); onmessage = () => heard++;</script>`,
    );
    expect(
      await page.evaluate(async () => {
        await navigator.jpki.availability({ operation: "x" });
        postMessage("own", location.origin);
        await new Promise((resolve) => setTimeout(resolve, 50));
        return (globalThis as unknown as { heard: number }).heard;
      }),
    ).toBe(3);
  });
});
