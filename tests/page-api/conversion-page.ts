import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { PAGE_CALL } from "../../shared/protocol/page-messages.ts";
import { buildManaged, launchChromium } from "./chromium.ts";

/** Defined in the page before its scripts: the calls that arrived, how to answer them, and how to watch an object being read. */
declare global {
  var calls: Record<string, unknown>[];
  var answer: ((port: MessagePort, call: Record<string, unknown>) => void) | undefined;
  function watched(values: object, read: string[], prefix?: string): object;
  function outcome(promise: Promise<unknown>): Promise<string>;
}

/** What became of one `sign()`: how it ended, and the document as it came to the bridge. */
export interface Signing {
  readonly ended: string;
  readonly sent?: { readonly data: number[]; readonly name: string };
}

/** A page with the built page API alone and a bridge of the test's own answers, so that nothing else can be the reason. */
export interface ConversionPage {
  readonly page: Page;
  /** Calls `sign` with one document, `document` and further `options` being JavaScript. */
  readonly sign: (document: string, options?: string) => Promise<Signing>;
  /** How a call of another operation ended, `argument` being JavaScript: `fulfilled …`, `name/reason`, or an error's name. */
  readonly endOf: (operation: string, argument: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Builds the extension and opens that page in a Chromium of its own. */
export async function openConversionPage(): Promise<ConversionPage> {
  const script = readFileSync(join(buildManaged(), "page-api.js"), "utf8");
  const chromium = await launchChromium();
  const page = await chromium.open("https://conversion.example", undefined, async (opening) => {
    await opening.evaluateOnNewDocument(script);
    await opening.evaluateOnNewDocument(answerCalls, PAGE_CALL);
  });
  return {
    page,
    sign: (document, options = "") =>
      page.evaluate(`(async () => {
        calls.length = 0;
        const ended = await outcome(navigator.jpki.sign({ format: "pkcs1", documents: [${document}] ${options} }));
        const [call] = calls;
        const sent = call && { ...call.documents[0], data: Array.from(new Uint8Array(await call.documents[0].data.arrayBuffer())) };
        return { ended, sent };
      })()`) as Promise<Signing>,
    endOf: (operation, argument) =>
      page.evaluate(`outcome(navigator.jpki.${operation}(${argument}))`) as Promise<string>,
    close: chromium.close,
  };
}

/** Runs in the page. */
function answerCalls(type: string): void {
  globalThis.calls = [];
  addEventListener("message", ({ data, ports }: MessageEvent<{ type: string; call: Record<string, unknown> }>) => {
    const [port] = ports;
    if (data.type !== type || !port) return;
    globalThis.calls.push(data.call);
    port.postMessage({ type: "acknowledged" });
    if (globalThis.answer) globalThis.answer(port, data.call);
    else port.postMessage({ type: "result", result: "arrived" });
  });
  globalThis.watched = (values, read, prefix = "") =>
    new Proxy(values, {
      get(target, key, receiver) {
        if (typeof key === "string") read.push(prefix + key);
        return Reflect.get(target, key, receiver) as unknown;
      },
      has: () => read.push("has") > 0,
      ownKeys: () => (read.push("ownKeys"), []),
    });
  globalThis.outcome = (promise) =>
    promise.then(
      (value) => `fulfilled ${typeof value === "string" ? value : typeof value}`,
      (error: unknown) => {
        if (error instanceof JpkiError) return `${error.name}/${error.reason}`;
        return error instanceof Error ? error.name : String(error);
      },
    );
}
