import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import { CHROMIUM_EXTENSION_ID } from "../../shared/protocol/version.ts";
import { ROOT } from "../repository/source-files.ts";

/** A host process spoken to as a browser does, for measuring only: answers are trusted. */
export interface HostClient {
  request(method: string, params: object): Promise<Record<string, unknown>>;
  sendPin(pin: string): void;
  /** The next card state of this kind, or the present one. */
  ready(): Promise<Extract<CardState, { status: "ready" }>>;
  /** Resident memory of the process, in octets (Linux). */
  memory(): number;
  end(): Promise<void>;
}

/** The built host. */
export const HOST = join(ROOT, "out/host/kodo-host.mjs");

/** Starts the built host under the Node that runs this and waits for its `hello`. */
export async function startHost(args: readonly string[]): Promise<HostClient> {
  const child = spawn(process.execPath, [HOST, ...args, `chrome-extension://${CHROMIUM_EXTENSION_ID}/`], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<number, (message: Record<string, unknown>) => void>();
  let readyNow: Extract<CardState, { status: "ready" }> | undefined;
  let onReady: (() => void) | undefined;
  let onHello: (() => void) | undefined;
  let rest = Buffer.alloc(0);
  let nextId = 1;

  const receive = (message: Record<string, unknown>): void => {
    if (message["event"] === "hello") onHello?.();
    if (message["event"] === "card") {
      const state = message["state"] as CardState;
      readyNow = state.status === "ready" ? state : undefined;
      if (readyNow) onReady?.();
    }
    if (typeof message["id"] === "number") waiting.get(message["id"])?.(message);
  };
  child.stdout.on("data", (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE()) {
      const length = rest.readUInt32LE();
      receive(JSON.parse(rest.subarray(4, 4 + length).toString()) as Record<string, unknown>);
      rest = rest.subarray(4 + length);
    }
  });
  const post = (message: object): void => {
    const body = Buffer.from(JSON.stringify(message));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(body.length);
    child.stdin.write(Buffer.concat([head, body]));
  };
  await new Promise<void>((resolve) => (onHello = resolve));

  return {
    sendPin: (pin) => post({ pin }),
    request(method, params) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        waiting.set(id, (message) => {
          if (message["error"] === undefined) resolve(message["result"] as Record<string, unknown>);
          else reject(new Error(`${method}: ${JSON.stringify(message["error"])}`));
        });
        post({ id, method, params });
      });
    },
    async ready() {
      if (!readyNow) await new Promise<void>((resolve) => (onReady = resolve));
      if (!readyNow) throw new Error("no card");
      return readyNow;
    },
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, "utf8"))?.[1]) * 1024,
    end() {
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.stdin.end();
      return ended;
    },
  };
}
