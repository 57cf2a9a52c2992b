import preact from "@preact/preset-vite";
import { launch, type Browser, type Page } from "puppeteer-core";
import { createServer, type Plugin } from "vite";
import { PDF_FRAME_PAGE } from "../../../extension/document-view/pdf/frame-protocol.ts";
import { buildPdfFrame } from "../../../tools/pdf-frame.ts";

/** A running gallery in a real Chromium. */
export interface Gallery {
  readonly browser: Browser;
  /** The address of one scene in one language. */
  readonly address: (scene: string, language: string, furigana?: boolean) => string;
  readonly close: () => Promise<void>;
}

/** Shows another scene in a page that has the gallery open; much faster than opening it again. */
export async function showScene(page: Page, scene: string, language: string): Promise<void> {
  await page.evaluate(
    (...given) => (globalThis as unknown as { gallery: { show(...args: unknown[]): void } }).gallery.show(...given),
    scene,
    language,
    true,
  );
  await page.waitForSelector("#step-title");
}

/** The page that PDFs are shown in, where the extension has it. */
async function pdfFrame(): Promise<Plugin> {
  const page = (await buildPdfFrame()).find(({ relativeDest }) => relativeDest === PDF_FRAME_PAGE)?.contents;
  return {
    name: "pdf-frame",
    configureServer: ({ middlewares }) => {
      middlewares.use(`/${PDF_FRAME_PAGE}`, (_, response) => {
        response.setHeader("content-type", "text/html").end(page);
      });
    },
  };
}

/** Serves the gallery from the sources on a free port of this computer, and starts Chromium without a window. */
export async function openGallery(): Promise<Gallery> {
  const server = await createServer({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false }), await pdfFrame()],
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null, fs: { allow: ["../../.."] } },
    cacheDir: "../../../.cache/gallery",
  });
  await server.listen();
  const [origin = ""] = server.resolvedUrls?.local ?? [];
  const browser = await launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--force-color-profile=srgb", "--lang=ja"],
  });
  return {
    browser,
    address: (scene, language, furigana = true) =>
      `${origin}?scene=${scene}&language=${language}&furigana=${furigana ? "on" : "off"}`,
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
