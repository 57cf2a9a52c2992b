import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";
import type { CeremonyWindow } from "../../tools/road/ceremony-window.ts";
import { outcome, type RoadFixture } from "./road-fixture.ts";

/** One `JpkiSignature`, its octets in base64 and its digest in lower-case hexadecimal. */
export interface SeenSignature {
  readonly status: "signed" | "not-signed";
  readonly name: string;
  readonly format: string;
  readonly digest?: string;
  readonly file?: string;
}

/** What `sign()` gave the page. */
export interface SeenResult {
  readonly certificate: string;
  readonly signatures: readonly SeenSignature[];
}

/** Lower-case hexadecimal SHA-256 of a text's UTF-8, or of octets. */
export const sha256 = (value: string | Uint8Array): string => createHash("sha256").update(value).digest("hex");

/**
 * A `sign()` call for {@link click} whose result can leave the page. `options` is JavaScript: the dictionary, or an expression that gives one;
 * `setUp` and `after` are statements that run before the call and directly after it.
 */
export const signing = (options: string, { setUp = "", after = "" } = {}): string => `(() => {
  const base64 = (octets) => { let text = ""; for (const one of new Uint8Array(octets)) text += String.fromCharCode(one); return btoa(text); };
  const hex = (octets) => Array.from(new Uint8Array(octets), (one) => one.toString(16).padStart(2, "0")).join("");
  const octetsOf = Blob.prototype.arrayBuffer;
  ${setUp};
  const call = navigator.jpki.sign(${options});
  ${after};
  return call.then(async ({ certificate, signatures }) => ({
    certificate: base64(certificate),
    signatures: await Promise.all(signatures.map(async ({ status, name, format, digest, file }) => ({
      status, name, format,
      ...(digest && { digest: hex(digest) }),
      ...(file && { file: base64(await octetsOf.call(file)) }),
    }))),
  }));
})()`;

/** The open document as the window shows it: its name, its plain text if it is one, and the digest under "details". */
export function shownDocument(ceremony: CeremonyWindow): Promise<{ name: string; text: string; digest: string }> {
  return ceremony.page.evaluate(() => ({
    name: document.querySelector("#document-title")?.textContent ?? "",
    text: document.querySelector(".plain-text")?.textContent ?? "",
    digest: document.querySelector(".meta .mono")?.textContent.replaceAll(" ", "") ?? "",
  }));
}

/** Waits until this document is open and its digest is there. */
export async function documentShown(ceremony: CeremonyWindow, name: string): Promise<void> {
  await ceremony.page.waitForFunction(
    (wanted: string) =>
      document.querySelector("#document-title")?.textContent === wanted &&
      document.querySelector(".meta .mono") !== null,
    { polling: 50, timeout: 15_000 },
    name,
  );
}

/** Opens every document of a list in turn and ticks it; resolves to what each showed. */
export async function readAll(ceremony: CeremonyWindow, names: readonly string[]) {
  const shown: Awaited<ReturnType<typeof shownDocument>>[] = [];
  for (const name of names) {
    await documentShown(ceremony, name);
    shown.push(await shownDocument(ceremony));
    await ceremony.press("confirm-document");
  }
  return shown;
}

/** Goes on, types the signing PIN and submits it. */
export async function enterPin(road: RoadFixture, ceremony: CeremonyWindow): Promise<void> {
  await ceremony.card("ready");
  await ceremony.press("next");
  await ceremony.typePin(road.pins.signing);
  await ceremony.press("submit");
}

/** What the page got in the end; throws what it was refused with. */
export async function signatures(page: Page): Promise<SeenResult> {
  const ended = await outcome(page);
  if (!ended.ok) throw new Error(`${ended.name}/${String(ended.reason)}: ${ended.message}`);
  return ended.value as SeenResult;
}

/** How many PINs the card has been given, and how many signatures it has made, since `begun` (a length of the transcript). */
export function cardWork(road: RoadFixture, begun: number): { verified: number; signed: number } {
  const commands = parseTranscript(road.transcript().slice(begun)).map(({ command }) => command);
  return {
    verified: commands.filter((command) => command.includes("[masked]")).length,
    signed: commands.filter((command) => command.startsWith("802A")).length,
  };
}

/** `openssl cms -verify -cades` of a detached signature over a file; its exit code, and what it says. */
export function verifyDetached(road: RoadFixture, signature: string, document: string | Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), "kodo-verify-"));
  try {
    const authorities = join(road.folder, "authority");
    const trusted = readdirSync(authorities).filter((name) => /^signing-ca-\d+\.pem$/.test(name));
    writeFileSync(
      join(folder, "ca.pem"),
      trusted.map((name) => readFileSync(join(authorities, name), "utf8")).join(""),
    );
    writeFileSync(join(folder, "signature"), Buffer.from(signature, "base64"));
    const isPath = typeof document === "string" && existsSync(document);
    const content = isPath ? document : join(folder, "document");
    if (!isPath) writeFileSync(content, document);
    const words = ["-binary", "-inform", "DER", "-in", "signature", "-content", content, "-CAfile", "ca.pem", "-out"];
    const run = spawnSync("openssl", ["cms", "-verify", "-cades", ...words, "/dev/null"], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status: run.status, words: run.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
