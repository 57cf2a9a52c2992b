import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CHROMIUM_EXTENSION_ID } from "../shared/protocol/version.ts";
import { manifestFor } from "./manifest.ts";

const BUILDS = ["chrome", "firefox"].flatMap((browser) =>
  ["public", "managed"].map((mode) => ({ browser, mode, manifest: manifestFor(browser, mode) })),
);

describe.each(BUILDS)("the manifest for $browser, $mode", ({ browser, mode, manifest }) => {
  it("asks for all https sites only where it is installed by policy, and names none", () => {
    const sites = ["https://*/*"];
    expect([manifest.host_permissions, manifest.optional_host_permissions]).toEqual(
      mode === "managed" ? [sites, undefined] : [undefined, sites],
    );
    expect(manifest.permissions).toEqual(["nativeMessaging", "scripting", "storage"]);
  });

  it("puts nothing of ours within a page's reach", () => {
    expect(manifest).not.toHaveProperty("web_accessible_resources");
    expect(manifest).not.toHaveProperty("externally_connectable");
    expect(manifest).not.toHaveProperty("content_scripts");
    expect(manifest.incognito).toBe("not_allowed");
  });

  it("lets our windows load their own files, and reach no network", () => {
    const policy = (manifest.content_security_policy as { extension_pages: string }).extension_pages;
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).not.toMatch(/'unsafe-|connect-src|https?:/);
  });

  it("gives the frame of a PDF no API and no address, and lets a window frame nothing else", () => {
    const policies = manifest.content_security_policy as { extension_pages: string; sandbox?: string };
    expect(policies.extension_pages).toContain("frame-src 'self';");
    expect(policies.extension_pages).toContain("frame-ancestors 'none'");
    if (browser === "firefox") expect([manifest["sandbox"], policies.sandbox]).toEqual([undefined, undefined]);
    else {
      expect(manifest["sandbox"]).toEqual({ pages: ["pdf-frame.html"] });
      expect(policies.sandbox).toMatch(/^sandbox allow-scripts; default-src 'none';/);
      expect(policies.sandbox).not.toMatch(/allow-same-origin|connect-src|unsafe-eval(?<!wasm-unsafe-eval)|https?:/);
    }
  });

  it("asks for a browser that has what we need", () => {
    if (browser === "firefox") expect(manifest.browser_specific_settings?.gecko?.strict_min_version).toBe("153.0");
    else expect(manifest).toMatchObject({ minimum_chrome_version: "148", message_serialization: "structured_clone" });
  });
});

it("has the key from which Chromium makes the extension's id", () => {
  const { key = "" } = manifestFor("chrome", "public");
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  const id = digest.replaceAll(/./g, (digit) => String.fromCharCode(0x61 + Number.parseInt(digit, 16)));
  expect(id).toBe(CHROMIUM_EXTENSION_ID);
});
