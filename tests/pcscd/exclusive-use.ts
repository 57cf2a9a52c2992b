import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** Where programs reach the card service of this computer: one path, so there can be one service. */
export const PCSCD_SOCKET = "/run/pcscd/pcscd.comm";
const LOCK = join(tmpdir(), "kodo-pcscd.lock");
const WAIT_MILLISECONDS = 100_000;

/** Whether a card service answers. */
export function pcscdAnswers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(PCSCD_SOCKET);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/**
 * Waits until no other test run uses the card service of this computer, and keeps them off until the returned function is called.
 * Throws when that takes too long, or when a card service runs that no test started.
 */
export async function takePcscd(): Promise<() => void> {
  const deadline = Date.now() + WAIT_MILLISECONDS;
  while (!lock()) {
    if (Date.now() > deadline) throw new Error(`another test run holds ${LOCK}`);
    await delay(250);
  }
  while (await pcscdAnswers()) {
    if (Date.now() > deadline) {
      release();
      throw new Error(`a card service runs already (${PCSCD_SOCKET})`);
    }
    await delay(250);
  }
  return release;
}

function lock(): boolean {
  const own = `${LOCK}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, LOCK);
    return true;
  } catch {
    if (!holderLives()) release();
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function holderLives(): boolean {
  try {
    process.kill(Number(readFileSync(LOCK, "utf8")), 0);
    return true;
  } catch (error) {
    // a process of somebody else
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function release(): void {
  rmSync(LOCK, { force: true });
}
