import { mkdtempSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import { afterAll, describe, expect, it } from "vitest";
import {
  documentShown,
  enterPin,
  readAll,
  sha256,
  shownDocument,
  signatures,
  signing,
  verifyDetached,
} from "./document-journey.ts";
import { click, isPending, outcome, useRoad } from "./road-fixture.ts";

const road = useRoad();
const folder = mkdtempSync(join(tmpdir(), "kodo-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a page tries at once: each document another trick, with the text that it had at the call. */
const TRICKS: readonly (readonly [name: string, text: string, document: string])[] = [
  ["getter", "一", `{ name: "getter", type: "text/plain", get data() { return reads++ === 0 ? "一" : "二"; } }`],
  ["mutated", "AAAA", `{ name: "mutated", type: "text/plain", data: mutated }`],
  ["transferred", "BBBB", `{ name: "transferred", type: "text/plain", data: transferred }`],
  ["view", "CC", `{ name: "view", type: "text/plain", data: new DataView(viewed.buffer, 1, 2) }`],
  ["nested", "内外", `{ name: "nested", type: "text/plain", data: new Blob([new Blob(["内"]), "外"]) }`],
  ["disguised", "本物", `{ name: "disguised", type: "text/plain", data: disguised }`],
];
const SET_UP = `
  let reads = 0;
  const mutated = new Uint8Array([65, 65, 65, 65]), transferred = new Uint8Array([66, 66, 66, 66]).buffer;
  const viewed = new Uint8Array([67, 67, 67, 67]);
  const disguised = new Blob(["本物"]);
  const other = new Blob(["偽物"]);
  for (const name of ["arrayBuffer", "text", "stream", "slice"]) disguised[name] = (...given) => other[name](...given);
  Object.defineProperty(disguised, "size", { get: () => 6 });
  Object.setPrototypeOf(disguised, { __proto__: Blob.prototype, [Symbol.toStringTag]: "File" })`;
const AFTER = `
  mutated.fill(90); viewed.fill(90); structuredClone(transferred, { transfer: [transferred] });
  documents[0] = { name: "changed", type: "text/plain", data: "changed" }; documents.length = 1;
  Blob.prototype.slice = () => other; Blob.prototype.arrayBuffer = () => other.arrayBuffer()`;

describe("a document that the page changes behind the call", () => {
  it("is signed as it was at the call and as it was shown: getters, buffers, views, Blobs, the list itself", async () => {
    const page = await road().page();
    const list = TRICKS.map(([, , document]) => document).join(", ");
    const setUp = `${SET_UP}; const documents = [${list}]`;
    await click(page, signing(`{ format: "cades", documents }`, { setUp, after: AFTER }));
    const ceremony = await road().ceremony();
    await ceremony.screen("review");
    const shown = await readAll(
      ceremony,
      TRICKS.map(([name]) => name),
    );
    expect(shown.map(({ text }) => text)).toEqual(TRICKS.map(([, text]) => text));
    expect(shown.map(({ digest }) => digest)).toEqual(TRICKS.map(([, text]) => sha256(text)));
    await enterPin(road(), ceremony);
    const { signatures: signed } = await signatures(page);
    expect(signed.map(({ digest }) => digest)).toEqual(shown.map(({ text }) => sha256(text)));
    signed.forEach(({ file = "" }, index) =>
      expect(verifyDetached(road(), file, Buffer.from(shown[index]?.text ?? ""))).toMatchObject({ status: 0 }),
    );
  });

  it.each([
    ["a resizable buffer", "new ArrayBuffer(4, { maxByteLength: 8 })"],
    ["a view of a resizable buffer", "new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }))"],
    ["a shared buffer", "new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer"],
  ])("that could change in length or by another thread is a TypeError: %s", async (_, data) => {
    const page = await road().page();
    await click(page, signing(`{ format: "cades", documents: [{ name: "a", type: "text/plain", data: ${data} }] }`));
    expect(await outcome(page)).toMatchObject({ ok: false, name: "TypeError" });
  });
});

const FORGED = `(() => {
  const channel = new MessageChannel();
  window.forged = new Promise((resolve) => (channel.port1.onmessage = ({ data }) => data.type === "acknowledged" || resolve(data)));
  const call = { operation: "sign", lang: undefined, purpose: undefined, timestamp: false, documents: [
    { name: "偽.txt", type: "text/plain", format: "cades", profile: undefined, packaging: undefined, references: [], data: new Blob(["偽"]) },
  ] };
  window.postMessage({ type: "navigator.jpki", call }, "*", [channel.port2]);
})()`;

it("a second message with another document changes nothing, and the call's own port can't be had", async () => {
  const page = await road().page();
  await page.evaluate(`window.ports = []; for (const one of [window, document])
    for (const capture of [true, false]) one.addEventListener("message", ({ ports }) => window.ports.push(...ports), capture)`);
  const options = `{ format: "cades", documents: [{ name: "本.txt", type: "text/plain", data: "本" }] }`;
  await click(page, signing(options, { after: FORGED }));
  const ceremony = await road().ceremony();
  await ceremony.screen("review");
  await page.evaluate(FORGED);
  expect(await page.evaluate("window.forged")).toMatchObject({ type: "error", reason: "busy" });
  await documentShown(ceremony, "本.txt");
  const shown = await shownDocument(ceremony);
  expect(shown).toEqual({ name: "本.txt", text: "本", digest: sha256("本") });
  expect(await ceremony.text()).not.toContain("偽");
  await enterPin(road(), ceremony);
  const { signatures: signed } = await signatures(page);
  expect(signed.map(({ name, digest }) => ({ name, digest }))).toEqual([{ name: "本.txt", digest: shown.digest }]);
  expect(await page.evaluate("window.ports.length")).toBe(0);
});

describe("a file that somebody chose", () => {
  /** With `size`, zeros up to it: a hole takes no room and no time to write. */
  async function chosen(content: string, size?: number): Promise<{ page: Page; path: string; before: Date }> {
    const path = join(folder, `${crypto.randomUUID()}.txt`);
    writeFileSync(path, content);
    if (size !== undefined) truncateSync(path, size);
    const before = new Date(Date.now() - 60_000);
    utimesSync(path, before, before);
    const page = await road().page();
    await page.evaluate(
      `document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "file" }))`,
    );
    const input = (await page.$("#file")) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(path);
    // the browser asks for the file's time when somebody wants to know it: a change before that would be none
    await page.evaluate(`document.querySelector("#file").files[0].slice(0, 1).arrayBuffer().then(() => 0)`);
    return { page, path, before };
  }
  const call = (packaging = "detached"): string =>
    signing(
      `{ format: "cades", packaging: "${packaging}", documents: [{ name: "file", type: "text/plain", data: file }] }`,
      {
        setUp: `const [file] = document.querySelector("#file").files`,
      },
    );

  it("and that changed on the disk before it was read is a NotReadableError at once, and the window says why", async () => {
    const { page, path } = await chosen("はじめ");
    writeFileSync(path, "あとで");
    await click(page, call());
    const ceremony = await road().ceremony();
    await ceremony.screen("document-unreadable");
    expect(await outcome(page)).toMatchObject({ ok: false, name: "NotReadableError", reason: "unreadable" });
    await ceremony.leave();
    expect(await ceremony.closed()).toBe(true);
  });

  it("and that changed once it was shown is signed as it was shown", async () => {
    const { page, path } = await chosen("はじめ");
    await click(page, call());
    const ceremony = await road().ceremony();
    await documentShown(ceremony, "file");
    writeFileSync(path, "あとで");
    expect(await isPending(page)).toBe(true);
    const shown = await shownDocument(ceremony);
    expect(shown.text).toBe("はじめ");
    await enterPin(road(), ceremony);
    const { signatures: signed } = await signatures(page);
    expect(signed[0]?.digest).toBe(sha256("はじめ"));
    expect(verifyDetached(road(), signed[0]?.file ?? "", Buffer.from("はじめ"))).toMatchObject({ status: 0 });
  });

  it("and that changed with its time kept is shown and signed as what was read", async () => {
    const { page, path, before } = await chosen("はじめ");
    writeFileSync(path, "あとで");
    utimesSync(path, before, before);
    await click(page, call());
    const ceremony = await road().ceremony();
    await documentShown(ceremony, "file");
    const shown = await shownDocument(ceremony);
    await enterPin(road(), ceremony);
    const { signatures: signed } = await signatures(page);
    expect(signed[0]?.digest).toBe(sha256(shown.text));
    expect(signed[0]?.digest).toBe(shown.digest);
  });

  it("and that changes while it is read ends unreadable, or as it was: never as a mixture", async () => {
    const { page, path } = await chosen("", 400 * 2 ** 20);
    const whole = sha256(new Uint8Array(400 * 2 ** 20));
    await click(page, call());
    const ceremony = await road().ceremony();
    await ceremony.page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0, { polling: 20 });
    writeFileSync(path, "x");
    expect(statSync(path).size).toBe(1);
    // whichever comes first: all of it was read, or the window says that it can't be
    await ceremony.page.waitForFunction(
      () => document.body.dataset["screen"] === "document-unreadable" || !document.querySelector("progress"),
      { polling: 50, timeout: 60_000 },
    );
    const unreadable = await ceremony.page.evaluate(() => document.body.dataset["screen"] === "document-unreadable");
    if (!unreadable) expect((await shownDocument(ceremony)).digest).toBe(whole);
    else expect(await outcome(page)).toMatchObject({ ok: false, name: "NotReadableError", reason: "unreadable" });
  });
});
