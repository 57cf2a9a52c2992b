import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll } from "vitest";
import { PAGE_CALL } from "../../shared/protocol/page-messages.ts";
import { EXTENSION } from "../../tools/road/paths.ts";
import { launchChromium, type Chromium } from "./chromium.ts";

/** A challenge of 256 bits. */
export const CHALLENGE = "A".repeat(43) + "=";

/**
 * In the page before its scripts: `calls` that arrived, `answer` (how to answer one; else it is fulfilled with "arrived"), `watched`
 * (an object that notes what is read of it) and `outcome` (how a promise ended, in a word).
 */
const PLAYED_BRIDGE = `
  globalThis.calls = [];
  addEventListener("message", ({ data, ports: [port] }) => {
    if (data.type !== "${PAGE_CALL}" || !port) return;
    calls.push(data.call);
    port.postMessage({ type: "acknowledged" });
    if (globalThis.answer) answer(port, data.call);
    else port.postMessage({ type: "result", result: "arrived" });
  });
  globalThis.watched = (values, read, prefix = "") =>
    new Proxy(values, {
      get(target, key, receiver) {
        if (typeof key === "string") read.push(prefix + key);
        return Reflect.get(target, key, receiver);
      },
      has: () => read.push("has") > 0,
      ownKeys: () => (read.push("ownKeys"), []),
    });
  globalThis.outcome = (promise) =>
    promise.then(
      (value) => "fulfilled " + value,
      (error) => (error instanceof JpkiError ? error.name + "/" + error.reason : error.name),
    );
`;

/** A page that has the built page API and, in place of the extension, a bridge that says what it is told to. */
export interface PlayedBridge {
  readonly page: Page;
  /** Runs JavaScript in the page. */
  readonly run: (code: string) => Promise<unknown>;
  /** How an operation of `navigator.jpki` ended, `argument` being JavaScript. */
  readonly endOf: (operation: string, argument: string) => Promise<unknown>;
  /** Signs one document as `pkcs1`: how that ended, and the document that arrived, its data as numbers. */
  readonly sign: (document: string, options?: string) => Promise<{ ended: string; sent?: Record<string, unknown> }>;
}

/** Opens it before the first test of a file and closes it after the last. */
export function usePlayedBridge(): () => PlayedBridge {
  let chromium: Chromium | undefined;
  let played: PlayedBridge | undefined;
  beforeAll(async () => {
    const pageApi = readFileSync(join(EXTENSION, "page-api.js"), "utf8");
    chromium = await launchChromium({ extension: false });
    const page = await chromium.open("https://conversion.example", undefined, async (opening) => {
      await opening.evaluateOnNewDocument(pageApi);
      await opening.evaluateOnNewDocument(PLAYED_BRIDGE);
    });
    played = {
      page,
      run: (code) => page.evaluate(code),
      endOf: (operation, argument) => page.evaluate(`outcome(navigator.jpki.${operation}(${argument}))`),
      sign: (document, options = "") =>
        page.evaluate(`(async () => {
          calls.length = 0;
          const ended = await outcome(navigator.jpki.sign({ format: "pkcs1", documents: [${document}] ${options} }));
          const sent = calls[0]?.documents[0];
          const octets = async (blob) => blob && Array.from(new Uint8Array(await blob.arrayBuffer()));
          return { ended, sent: sent && { ...sent, data: await octets(sent.data), digest: await octets(sent.digest) } };
        })()`) as ReturnType<PlayedBridge["sign"]>,
    };
  });
  afterAll(() => chromium?.close());
  return () => {
    if (!played) throw new Error("the page is not open yet");
    return played;
  };
}
