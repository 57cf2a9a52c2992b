import type { Readable, Writable } from "node:stream";
import type { HostMessage } from "../../shared/protocol/host-messages.ts";
import { createFrameDecoder, encodeFrame } from "./frame-codec.ts";

/** Frames to the browser. */
export interface StdioChannel {
  /** Writes one frame; silently nothing when the browser is gone. */
  send(message: HostMessage): void;
  /** Resolves when everything that was sent has been handed to the system. */
  flush(): Promise<void>;
}

/** What the browser's side does. */
export interface ChannelEvents {
  /** The body of one frame; the array is the receiver's to overwrite. */
  onFrame(body: Uint8Array): void;
  /** No frame follows: the browser closed the pipe, or the stream can't be trusted any more. Called once. */
  onEnd(reason: "closed" | "message-too-large"): void;
}

/** Frames on a pair of streams. `limit` is in octets of one frame's body. Reading begins at once. */
export function openStdioChannel(
  { input, output, limit }: { input: Readable; output: Writable; limit: number },
  events: ChannelEvents,
): StdioChannel {
  const decoder = createFrameDecoder(limit, (body) => events.onFrame(body));
  let open = true;
  const end = (reason: "closed" | "message-too-large"): void => {
    if (!open) return;
    open = false;
    input.off("data", receive);
    events.onEnd(reason);
  };
  const receive = (chunk: Uint8Array): void => {
    try {
      decoder.push(chunk);
    } catch {
      end("message-too-large");
    }
  };
  input.on("data", receive);
  for (const ending of ["end", "close", "error"]) input.on(ending, () => end("closed"));
  // a browser that is gone can't read either
  output.on("error", () => end("closed"));
  return {
    send: (message) => {
      if (output.writable) output.write(encodeFrame(message));
    },
    flush: () =>
      new Promise((resolve) => {
        if (output.writable) output.write("", () => resolve());
        else resolve();
      }),
  };
}
