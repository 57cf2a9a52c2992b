import { describe, expect, it } from "vitest";
import { importsOf, productSources } from "./source-files.ts";

/**
 * Imports go one way, the way a request travels (docs/architecture.md): a folder may import itself and what stands in its row.
 * A folder without a row fails, so that a new one has to say where it belongs.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: ["valibot"],
  // what signer and verifier both read: DER, certificates, XML, PDF
  formats: ["shared/encoding", "shared/errors.ts"],
  "extension/entrypoints": ["wxt", "preact", "extension", "shared"],
  "extension/page-api": ["shared/limits.ts", "shared/protocol"],
  "extension/bridge": ["wxt", "valibot", "shared"],
  "extension/broker": ["wxt", "valibot", "shared", "extension/host-port"],
  "extension/host-port": ["wxt", "valibot", "shared"],
  "extension/preferences": ["wxt", "valibot", "shared", "extension/locales"],
  "extension/locales": ["preact", "shared"],
  // the formats know each other's parts, and nothing of windows, hosts and browsers
  "extension/signature": ["formats", "shared"],
  "extension/signature/hash": ["hash-wasm", "formats/der/der.ts"],
  "extension/document-view": [
    "preact",
    "valibot",
    "wxt",
    "formats",
    "shared",
    "extension/locales",
    "extension/signature",
  ],
  // its own world: untrusted documents are parsed in it, and it gets nothing of ours but words
  "extension/document-view/pdf/frame": ["pdfjs-dist", "extension/document-view/pdf", "virtual:"],
  "extension/ceremony": [
    "wxt",
    "preact",
    "valibot",
    "formats",
    "shared",
    "extension/document-view",
    "extension/host-port",
    "extension/preferences",
    "extension/locales",
    "extension/signature",
    "extension/styles",
  ],
  "extension/manifest.ts": ["wxt", "shared/protocol/version.ts", "extension/document-view/pdf/frame-protocol.ts"],
  "native-host/smartcard": ["shared"],
  "native-host/jpki": ["native-host/smartcard", "shared"],
  "native-host/pcsc": ["node:", "koffi", "native-host/smartcard", "shared"],
  "native-host/virtual-card": ["node:", "valibot", "@peculiar", "native-host/smartcard", "shared"],
  "native-host/messaging": ["node:", "valibot", "native-host/operations", "shared"],
  "native-host/operations": ["node:", "native-host/jpki", "native-host/smartcard", "shared"],
  "native-host/install": ["node:", "valibot", "native-host", "shared"],
  "native-host/main.ts": ["node:", "native-host", "shared"],
  // the verifier: from what a site calls to what everything rests on; each may import what stands below it
  "verifier/index.ts": ["verifier", "formats"],
  "verifier/command-line": ["node:", "verifier", "formats", "shared/encoding"],
  "verifier/postgres": ["node:", "verifier/authentication", "verifier/person"],
  "verifier/person": ["node:", "valibot", "verifier/certificate", "verifier/judgement", "verifier/verdict", "formats"],
  "verifier/authentication": [
    "node:",
    "valibot",
    "verifier/judgement",
    "verifier/revocation",
    "verifier/certificate",
    "verifier/cryptography",
    "verifier/verdict",
    "formats",
    "shared/encoding",
  ],
  "verifier/signature": [
    "node:",
    "valibot",
    "verifier/judgement",
    "verifier/timestamp",
    "verifier/revocation",
    "verifier/cms",
    "verifier/certificate",
    "verifier/cryptography",
    "verifier/verdict",
    "formats",
    "shared/encoding",
  ],
  "verifier/judgement": [
    "node:",
    "verifier/timestamp",
    "verifier/revocation",
    "verifier/certificate",
    "verifier/cryptography",
    "verifier/verdict",
    "formats",
  ],
  "verifier/timestamp": [
    "node:",
    "verifier/cms",
    "verifier/certificate",
    "verifier/cryptography",
    "verifier/verdict",
    "formats",
  ],
  "verifier/cms": ["node:", "verifier/cryptography", "verifier/verdict", "formats"],
  "verifier/revocation": [
    "node:",
    "valibot",
    "verifier/certificate",
    "verifier/cryptography",
    "verifier/verdict",
    "formats",
  ],
  "verifier/certificate": ["node:", "verifier/cryptography", "verifier/verdict", "formats"],
  "verifier/cryptography": ["node:", "verifier/verdict", "formats"],
  "verifier/verdict": [],
};

/** The longest row that a file belongs to. */
function rowOf(file: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((row) => file === row || file.startsWith(`${row}/`))
    .sort((a, b) => b.length - a.length)[0];
}

describe("imports go one way", () => {
  it.each(productSources())("%s", (file) => {
    const row = rowOf(file);
    expect(row, "this folder has no row in the table").toBeDefined();
    const allowed = [row ?? "", ...(MAY_IMPORT[row ?? ""] ?? [])];
    const wrong = importsOf(file).filter(
      (target) => !allowed.some((prefix) => target === prefix || target.startsWith(prefix)),
    );
    expect(wrong).toEqual([]);
  });

  it("finds imports at all", () => {
    expect(importsOf("shared/protocol/fields.ts")).toContain("shared/limits.ts");
  });
});

describe("the seams have one door each", () => {
  const importers = (target: RegExp): string[] =>
    productSources().filter((file) => importsOf(file).some((name) => target.test(name)));

  it("only pcsc/ loads the PC/SC binding", () => {
    expect(importers(/^koffi$/).every((file) => file.startsWith("native-host/pcsc/"))).toBe(true);
  });

  it("the host opens no network", () => {
    const host = productSources().filter(
      (file) => file.startsWith("native-host/") && !file.startsWith("native-host/virtual-card/vpcd"),
    );
    expect(
      host.filter((file) => importsOf(file).some((name) => /^node:(net|http|https|http2|tls|dgram|dns)$/.test(name))),
    ).toEqual([]);
  });
});
