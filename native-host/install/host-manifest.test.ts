import { describe, expect, it } from "vitest";
import { CHROMIUM_EXTENSION_ID, FIREFOX_EXTENSION_ID, HOST_NAME } from "../../shared/protocol/version.ts";
import { hostManifest, readHostManifest } from "./host-manifest.ts";

const launcher = '/opt/公道 "x"/kodo-host';

describe("hostManifest", () => {
  it("lets only our extension in, in Chromium's words", () => {
    expect(JSON.parse(hostManifest("chromium", launcher))).toEqual({
      name: HOST_NAME,
      description: expect.any(String) as string,
      path: launcher,
      type: "stdio",
      allowed_origins: [`chrome-extension://${CHROMIUM_EXTENSION_ID}/`],
    });
  });

  it("and in Firefox's", () => {
    const manifest: unknown = JSON.parse(hostManifest("firefox", launcher));
    expect(manifest).toHaveProperty("allowed_extensions", [FIREFOX_EXTENSION_ID]);
    expect(manifest).not.toHaveProperty("allowed_origins");
  });

  it.each(["chromium", "firefox"] as const)("is read again (%s)", (family) => {
    const read = readHostManifest(family, hostManifest(family, launcher));
    expect(read?.launcher).toBe(launcher);
    expect(read?.extensions).toHaveLength(1);
  });

  it("of one family names nobody for the other", () => {
    expect(readHostManifest("firefox", hostManifest("chromium", launcher))?.extensions).toEqual([]);
  });

  it.each(["", "{", "[]", '{"name":"jp.other.host","path":"/x"}', `{"name":"${HOST_NAME}"}`])(
    "does not take %j for ours",
    (text) => expect(readHostManifest("chromium", text)).toBeUndefined(),
  );
});
