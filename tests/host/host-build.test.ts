import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXTENSION_NAMES } from "../../native-host/install/host-manifest.ts";
import { CHROMIUM_EXTENSION_ID, HOST_NAME } from "../../shared/protocol/version.ts";
import { ROOT } from "../repository/source-files.ts";

/** This Node, and whichever other the computer has: the host has to run on any from 20 on. */
const NODES = [
  process.execPath,
  ...(process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"))
    .filter((file) => spawnSync(file, ["--version"]).status === 0)
    .map((file) => realpathSync(file)),
].filter((file, index, all) => all.indexOf(file) === index);

let folder: string;
let host: string;
beforeAll(() => {
  // a home with spaces, quotes and Japanese, outside the repository
  folder = mkdtempSync(join(tmpdir(), "kodo host 'が' "));
  execFileSync(process.execPath, [join(ROOT, "tools/build-host.ts")], { stdio: "ignore" });
  host = join(folder, "host");
  cpSync(join(ROOT, "out/host"), host, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `kodo-hostctl` of the copied folder, with a home of its own. */
function hostctl(node: string, ...values: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: "", LC_ALL: "C" };
  return spawnSync(node, [join(host, "kodo-hostctl.mjs"), ...values], { encoding: "utf8", cwd: folder, env });
}

/** The first message that a launcher's host says, and how it ends when the browser goes. */
function firstMessage(launcher: string, ...browser: string[]): Promise<{ message: unknown; exitCode: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(launcher, browser, { stdio: ["pipe", "pipe", "inherit"], cwd: folder });
    let received = Buffer.alloc(0);
    child.once("error", reject);
    child.stdout.on("data", (piece: Buffer) => {
      received = Buffer.concat([received, piece]);
      if (received.length >= 4 && received.length >= 4 + received.readUInt32LE(0)) child.stdin.end();
    });
    child.once("exit", (exitCode) => {
      const text = received.subarray(4, 4 + received.readUInt32LE(0)).toString();
      resolve({ message: JSON.parse(text), exitCode });
    });
  });
}

describe.each(NODES)("out/host, copied elsewhere, with %s", (node) => {
  const profile = (): string => join(folder, "profile");

  it("installs itself for one profile and says hello to the browser", async () => {
    const { stdout, status } = hostctl(node, "install", "--user-data-dir", profile(), "--virtual-card", "card");
    expect(status).toBe(0);
    const manifest = join(profile(), "NativeMessagingHosts", `${HOST_NAME}.json`);
    expect(stdout).toContain(manifest);
    const { path } = JSON.parse(readFileSync(manifest, "utf8")) as { path: string };
    const { message, exitCode } = await firstMessage(path, EXTENSION_NAMES.chromium);
    expect(message).toMatchObject({ event: "hello", card: "virtual" });
    expect(exitCode).toBe(0);
  });

  it("says hello with PC/SC as well, whether there is a card service or not", async () => {
    expect(hostctl(node, "install", "--user-data-dir", profile()).status).toBe(0);
    const launcher = join(profile(), "NativeMessagingHosts/kodo-host");
    const { message } = await firstMessage(launcher, `chrome-extension://${CHROMIUM_EXTENSION_ID}/`);
    expect(message).toMatchObject({ event: "hello", card: "pcsc" });
  });

  it("finds the whole road to the virtual card in order, and spends no try", () => {
    hostctl(node, "install", "--user-data-dir", profile(), "--virtual-card", "card");
    for (let look = 0; look < 2; look += 1) {
      const { stdout } = hostctl(node, "doctor", "--json", "--user-data-dir", profile());
      const { findings } = JSON.parse(stdout) as { findings: { code: string; count?: number }[] };
      const codes = findings.map(({ code }) => code);
      expect(codes).toEqual(
        expect.arrayContaining(["launcher-ok", "virtual-card", "reader-ok", "card-ok", "card-test"]),
      );
      expect(findings.find(({ code }) => code === "attempts-authentication")?.count).toBe(3);
      expect(findings.find(({ code }) => code === "attempts-signing")?.count).toBe(5);
    }
  });

  it("tells in the reader's language, with exit code 1, that nothing is installed", () => {
    expect(hostctl(node, "uninstall", "--user-data-dir", profile()).status).toBe(0);
    const { status, stdout } = hostctl(node, "doctor", "--lang", "ja", "--user-data-dir", profile());
    expect(status).toBe(1);
    expect(stdout).toContain("ホストがブラウザ用にインストールされていません。");
    expect(stdout).toContain("[launcher-missing]");
  });

  it("says how it is used, with exit code 2, when it does not understand", () => {
    const { status, stderr } = hostctl(node, "instal");
    expect(status).toBe(2);
    expect(stderr).toContain("kodo-hostctl install");
  });
});
