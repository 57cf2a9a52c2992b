import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PDF_FRAME_PAGE } from "../../extension/document-view/pdf/frame-protocol.ts";
import { buildPdfFrame } from "../../tools/pdf-frame.ts";
import { BROWSERS, fixture, missing, openPdfWindow, until, type PdfWindow } from "./pdf-window.ts";

for (const name of BROWSERS)
  if (missing(name) !== undefined) console.log(`left out, ${name}: ${String(missing(name))}`);

/** A site, from which nothing of the extension may be had. */
async function serveSite(): Promise<{ server: Server; address: string; visits: string[] }> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? "");
    response.end("<!doctype html><title>site</title><body></body>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, visits };
}

it("has a policy without any address, and exactly one script and one style", async () => {
  const page = (await buildPdfFrame()).find(({ relativeDest }) => relativeDest === PDF_FRAME_PAGE)?.contents ?? "";
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-[^']+'; worker-src blob:; base-uri 'none'; form-action 'none'$/,
  );
  expect(page.match(/<script\b/gi)).toHaveLength(1);
  expect(page).not.toContain("frame-probe");
});

describe.each(BROWSERS.filter((name) => missing(name) === undefined))("the frame of a PDF in %s", (name) => {
  let window: PdfWindow;
  beforeAll(async () => {
    window = await openPdfWindow(name);
  });
  afterAll(() => window.close());

  it("has no API, no origin, no network and no way out", async () => {
    const { server, address, visits } = await serveSite();
    try {
      await window.show(fixture("three-pages.pdf"));
      const { api, origin, escapes } = await window.inside(address);
      expect(origin).toBe("null");
      // Chromium gives every page these two
      expect(api.filter((member) => !["loadTimes", "csi"].includes(member))).toEqual([]);
      expect(new Set(Object.values(escapes))).toEqual(new Set(["refused"]));
      expect(Object.keys(escapes).length).toBeGreaterThan(5);
      expect(visits).toEqual([]);
    } finally {
      server.close();
    }
  });

  it("can't lead itself elsewhere, with what it has read in the address", async () => {
    const { server, address, visits } = await serveSite();
    try {
      const report = await window.show(fixture("three-pages.pdf"));
      await window.leave(`${address}?secret`);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(visits).toEqual([]);
      // Firefox leaves the page where it is; Chromium takes it away, and the window notices the silence
      if (name === "firefox") expect((await window.inside()).pages).toHaveLength(3);
      const end = name === "firefox" ? report : { status: "failed", reason: "silent" };
      await until(async () => ((await window.report())?.status === end.status ? true : undefined), 30_000);
      expect(await window.report()).toEqual(end);
    } finally {
      server.close();
    }
  });

  it("is out of a site's reach", async () => {
    const { server, address } = await serveSite();
    try {
      const page = await window.browser.newPage();
      await page.goto(address);
      const got = await page.evaluate(async (target) => {
        const heard: unknown[] = [];
        addEventListener("message", ({ data }) => heard.push(data));
        const load = (element: HTMLElement): Promise<string> =>
          new Promise((resolve) => {
            element.onload = () => resolve("loaded");
            element.onerror = () => resolve("refused");
            document.body.append(element);
            setTimeout(() => resolve("nothing"), 3_000);
          });
        const fetched = await fetch(target).then(
          () => "loaded",
          () => "refused",
        );
        const script = await load(Object.assign(document.createElement("script"), { src: target }));
        await load(Object.assign(document.createElement("iframe"), { src: target }));
        await load(Object.assign(document.createElement("iframe"), { src: target, sandbox: "allow-scripts" }));
        return { heard, fetched, script };
      }, `${window.origin}/${PDF_FRAME_PAGE}`);
      expect(got).toEqual({ heard: [], fetched: "refused", script: "refused" });
      await page.close();
    } finally {
      server.close();
    }
  });

  it("runs nothing where it is not sandboxed", async () => {
    // Chromium sandboxes it wherever it is opened; Firefox gives the page the extension's policy, under which it has no script
    const heard = await window.page.evaluate(async (path) => {
      const frame = Object.assign(document.createElement("iframe"), { src: `/${path}` });
      const ready: unknown[] = [];
      const listen = ({ source, origin, data }: MessageEvent): void => {
        if (source === frame.contentWindow) ready.push(origin, data);
      };
      addEventListener("message", listen);
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      removeEventListener("message", listen);
      frame.remove();
      return ready;
    }, PDF_FRAME_PAGE);
    expect(heard).toEqual(name === "chrome" ? ["null", { type: "ready" }] : []);
  });

  it("is heard on its port only, and opened once", async () => {
    const report = await window.show(fixture("three-pages.pdf"));
    await window.page.evaluate(() => {
      const messages = [{ type: "ready" }, { type: "failed", reason: "broken" }, { type: "height", height: 9 }, null];
      for (const message of messages) globalThis.postMessage(message, "*");
    });
    // the same from the frame itself, as if it had been taken over
    await window.inside();
    expect(await window.report()).toEqual(report);
    expect((await window.inside()).pages).toHaveLength(3);
    expect(await window.page.evaluate(() => document.querySelector("iframe")?.offsetHeight)).toBeGreaterThan(1_000);
  });
});
