import { openSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { LIMITS } from "../shared/limits.ts";
import type { HostMessage } from "../shared/protocol/host-messages.ts";
import { PRODUCT_VERSION, PROTOCOL_VERSION } from "../shared/protocol/version.ts";
import { isKnownCaller } from "./messaging/caller.ts";
import { parseHostArguments, type HostArguments } from "./messaging/host-arguments.ts";
import { openStdioChannel } from "./messaging/stdio-channel.ts";
import { guardStdout } from "./messaging/stdout-guard.ts";
import { encodeFrame } from "./messaging/frame-codec.ts";
import type { CardAccess } from "./smartcard/card-access.ts";

/** Chromium kills a host two seconds after it closed the pipe; a card that is stuck must not keep the process until then. */
const END_MILLISECONDS = 1_500;

/** Prints for whoever looks into the browser's stderr. Nothing that is thrown here has a PIN, a challenge or a document in it. */
function report(error: unknown): void {
  process.stderr.write(`kodo-host: ${error instanceof Error ? (error.stack ?? error.message) : "unknown error"}\n`);
}

/** PC/SC or the embedded virtual card, recorded if asked for. Loaded only now: `hello` does not wait for it. */
async function openAccess({ virtualCard, transcript }: HostArguments): Promise<CardAccess> {
  const access =
    virtualCard === undefined
      ? await (await import("./pcsc/pcsc-card-access.ts")).openPcscCardAccess()
      : await (await import("./virtual-card/embedded-card-access.ts")).openEmbeddedCardAccess(virtualCard);
  if (transcript === undefined) return access;
  const file = openSync(transcript, "a", 0o600);
  const { withCardTranscript } = await import("./smartcard/transcript.ts");
  return withCardTranscript(access, (line) => void writeSync(file, `${line}\n`));
}

/** Speaks to the browser until it goes. Ends the process itself, because a thread that waits for a card would keep it alive. */
async function serve(options: HostArguments): Promise<void> {
  const output = guardStdout(process);
  const say = (message: HostMessage): void => void output.write(encodeFrame(message));
  if (!isKnownCaller(options.browser)) {
    say({ event: "fault", error: { code: "caller-refused" } });
    output.end(() => process.exit(1));
    return;
  }
  const card = options.virtualCard === undefined ? "pcsc" : "virtual";
  say({ event: "hello", protocols: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION }, version: PRODUCT_VERSION, card });

  const [{ createDispatcher }, { createCardOperations }] = await Promise.all([
    import("./messaging/dispatcher.ts"),
    import("./operations/card-operations.ts"),
  ]);
  const ceremony = createCardOperations({
    openAccess: () => openAccess(options),
    virtual: card === "virtual",
    emit: (state) => channel.send({ event: "card", state }),
    wait: (milliseconds, signal) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
  });
  const dispatcher = createDispatcher({
    operations: ceremony.operations,
    send: (message) => channel.send(message),
    report,
  });

  let ending = false;
  const end = async (exitCode: number): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(exitCode), END_MILLISECONDS);
    try {
      await dispatcher.close();
      await ceremony.close();
      await channel.flush();
    } catch (error) {
      report(error);
    }
    process.exit(exitCode);
  };
  const channel = openStdioChannel(
    { input: process.stdin, output, limit: LIMITS.hostFrameBytes },
    {
      onFrame: (body) => dispatcher.receive(body),
      onEnd: (reason) => {
        if (reason === "message-too-large") channel.send({ event: "fault", error: { code: reason } });
        void end(reason === "closed" ? 0 : 1);
      },
    },
  );
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void end(0));
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      report(error);
      void end(1);
    });
  }
}

/** The host's start: options of the launcher first, then what the browser appends (docs/protocol.md). */
async function main(): Promise<void> {
  try {
    const options = parseHostArguments(process.argv.slice(2));
    if (options.version) process.stdout.write(`${PRODUCT_VERSION}\n`);
    else await serve(options);
  } catch (error) {
    report(error);
    process.exit(2);
  }
}

void main();
