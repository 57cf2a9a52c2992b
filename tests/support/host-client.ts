import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { hostMessageSchema, type CardState, type HostMessage } from "../../shared/protocol/host-messages.ts";
import { CHROMIUM_EXTENSION_ID } from "../../shared/protocol/version.ts";
import { ROOT } from "../repository/source-files.ts";

/** The host as `npm run build:host` makes it. */
export const BUILT_HOST = join(ROOT, "out/host/kodo-host.mjs");
/** The host's source. */
export const HOST_SOURCE = join(ROOT, "native-host/main.ts");
/** What Chromium appends. */
export const CHROMIUM_CALLER = `chrome-extension://${CHROMIUM_EXTENSION_ID}/`;

type ReadyState = Extract<CardState, { status: "ready" }>;

/** A host process, spoken to over its stdio as a browser does. */
export interface HostClient {
  /** Everything that the host has said, each message parsed. */
  readonly messages: readonly HostMessage[];
  /** The exit code, when it has ended. */
  readonly ended: Promise<number | null>;
  /** One request and its result; rejects with the error's code as message. */
  request(method: string, params: object): Promise<Record<string, unknown>>;
  sendPin(pin: string): void;
  /** A frame with this body, whatever it is. */
  post(body: string | Uint8Array): void;
  /** Octets as they are. */
  write(octets: Uint8Array): void;
  /** Waits until the host has said something that this accepts. */
  until(accepts: (message: HostMessage) => boolean): Promise<HostMessage>;
  /** The card in place, waited for. */
  ready(): Promise<ReadyState>;
  /** What it has written to stderr. */
  stderr(): string;
  /** Resident memory of the process, in octets (Linux). */
  memory(): number;
  kill(signal: NodeJS.Signals): void;
  /** Closes stdin, as a browser does when it goes; resolves to the exit code. */
  end(): Promise<number | null>;
}

/** Starts a host under the Node that runs this. With the standard caller it resolves after the host's first message. */
export async function startHost(
  args: readonly string[],
  host = BUILT_HOST,
  caller: readonly string[] = [CHROMIUM_CALLER],
): Promise<HostClient> {
  const child = spawn(process.execPath, [host, ...args, ...caller], { stdio: "pipe" });
  const messages: HostMessage[] = [];
  const listeners = new Set<() => void>();
  let errors = "";
  let rest = Buffer.alloc(0);
  let nextId = 1;
  child.stderr.on("data", (piece: Buffer) => (errors += piece.toString()));
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  child.stdout.on("data", (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE()) {
      const length = rest.readUInt32LE();
      messages.push(v.parse(hostMessageSchema, JSON.parse(rest.subarray(4, 4 + length).toString())));
      rest = rest.subarray(4 + length);
    }
    for (const listener of listeners) listener();
  });

  const until: HostClient["until"] = (accepts) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = messages.find(accepts);
        if (!found) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      void ended.then((code) => reject(new Error(`the host ended (${String(code)}): ${errors}`)));
      look();
    });
  const post: HostClient["post"] = (body) => {
    const octets = Buffer.from(body);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(octets.length);
    child.stdin.write(Buffer.concat([head, octets]));
  };
  await until(() => true);

  return {
    messages,
    ended,
    post,
    until,
    sendPin: (pin) => post(JSON.stringify({ pin })),
    async request(method, params) {
      const id = nextId++;
      post(JSON.stringify({ id, method, params }));
      const answer = await until((message) => "id" in message && message.id === id);
      if ("error" in answer) throw new Error(answer.error.code);
      return "result" in answer ? (answer.result as Record<string, unknown>) : {};
    },
    write: (octets) => void child.stdin.write(octets),
    async ready() {
      await until((message) => "event" in message && message.event === "card" && message.state.status === "ready");
      const states = messages.flatMap((message) =>
        "event" in message && message.event === "card" ? [message.state] : [],
      );
      const last = states.findLast((state) => state.status === "ready");
      if (!last) throw new Error("no card");
      return last;
    },
    stderr: () => errors,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, "utf8"))?.[1]) * 1024,
    kill: (signal) => void child.kill(signal),
    end() {
      child.stdin.end();
      return ended;
    },
  };
}
