import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { ROOT } from "../repository/source-files.ts";
import { pcscdAnswers, takePcscd } from "./exclusive-use.ts";
import { privileged, SYSTEM_ENVIRONMENT } from "./privilege.ts";

/** The virtual reader that the card comes into. There is a second one (`Virtual PCD 00 01`), always empty. */
export const VIRTUAL_READER = "Virtual PCD 00 00";

const PID_FILE = "/run/pcscd/pcscd.pid";
const START_MILLISECONDS = 10_000;
/** The service looks for its card every 0.4 seconds: one that is put in sooner would seem to have stayed. */
const AWAY_MILLISECONDS = 800;

// vpcd listens on every interface, so it gets a network of its own with nothing but a loopback. `quickack`: vpcd writes a length and
// its message apart, and a delayed acknowledgement would cost 44 ms for each command.
const IN_NAMESPACE = [
  "ip link set lo up",
  "ip route change local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 quickack 1",
  "exec pcscd --foreground",
].join(" && ");

/** The real `pcscd` of this computer with the virtual reader, started for a test. */
export interface CardService {
  /**
   * Puts the virtual card of `folder` into {@link VIRTUAL_READER}; from then on it follows the folder's `card.json`. Resolves when the
   * service has given the card power (at once where `card.json` keeps it away). A card that is in the reader comes out first.
   */
  insertCard(folder: string): Promise<void>;
  /** Takes the card out; does nothing without one. */
  removeCard(): Promise<void>;
  /** Ends card and service. */
  stop(): Promise<void>;
}

/**
 * Starts `pcscd` with the virtual reader in a network namespace of its own; programs outside reach it by its Unix socket as usual. Waits
 * until no other test run has one. Ask `pcscdSkipReason` first. Everything ends with this process, whatever happens to it.
 */
export async function startPcscd(): Promise<CardService> {
  const release = await takePcscd();
  const service = start("unshare", "-n", "sh", "-c", IN_NAMESPACE);
  let card: ChildProcess | undefined;
  let awayUntil = 0;
  try {
    await answering(service.child, service.errors);
  } catch (error) {
    await end(service.child);
    release();
    throw error;
  }
  const pid = Number.parseInt(readFileSync(PID_FILE, "utf8"), 10).toString();

  async function removeCard(): Promise<void> {
    if (card === undefined) return;
    await end(card);
    card = undefined;
    awayUntil = Date.now() + AWAY_MILLISECONDS;
  }
  return {
    removeCard,
    async insertCard(folder) {
      await removeCard();
      await delay(Math.max(0, awayUntil - Date.now()));
      const main = join(ROOT, "native-host/virtual-card/vpcd-main.ts");
      const started = start("nsenter", "--target", pid, "--net", process.execPath, main, "--folder", folder);
      card = started.child;
      await reported(started.child, /^(powered|absent)$/, started.errors);
    },
    async stop() {
      await removeCard();
      await end(service.child, pid);
      release();
    },
  };
}

function start(program: string, ...args: string[]): { child: ChildProcess; errors: () => string } {
  const [command, line] = privileged("setpriv", "--pdeathsig", "TERM", program, ...args);
  const child = spawn(command, line, { env: SYSTEM_ENVIRONMENT, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => (text = (text + piece).slice(-4000)));
  child.stdout.resume();
  return { child, errors: () => text };
}

async function answering(child: ChildProcess, errors: () => string): Promise<void> {
  const deadline = Date.now() + START_MILLISECONDS;
  while (!(await pcscdAnswers())) {
    if (ended(child)) throw new Error(`pcscd ended: ${errors()}`);
    if (Date.now() > deadline) throw new Error(`pcscd does not answer: ${errors()}`);
    await delay(20);
  }
}

function reported(child: ChildProcess, line: RegExp, errors: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new TypeError("no standard output to read");
    const timer = setTimeout(() => reject(new Error(`no card in the reader: ${errors()}`)), START_MILLISECONDS);
    createInterface(child.stdout).on("line", (text) => {
      if (!line.test(text)) return;
      clearTimeout(timer);
      resolve();
    });
    child.once("exit", () => {
      clearTimeout(timer);
      reject(new Error(`the card ended: ${errors()}`));
    });
  });
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** SIGTERM, and SIGKILL for whoever does not listen. `pid`: the process itself, where `child` is only what started it. */
async function end(child: ChildProcess, pid = String(child.pid)): Promise<void> {
  if (ended(child)) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  const kill = (signal: string): unknown => {
    const [command, line] = privileged("kill", `-${signal}`, pid);
    return spawnSync(command, line, { env: SYSTEM_ENVIRONMENT, stdio: "ignore" });
  };
  kill("TERM");
  const impatient = setTimeout(() => kill("KILL"), 5000);
  await exit;
  clearTimeout(impatient);
}
