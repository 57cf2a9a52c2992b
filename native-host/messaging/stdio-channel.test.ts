import { PassThrough, Writable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { encodeFrame } from "./frame-codec.ts";
import { openStdioChannel } from "./stdio-channel.ts";
import { guardStdout } from "./stdout-guard.ts";

function open(limit = 1024) {
  const input = new PassThrough();
  const output = new PassThrough();
  const bodies: string[] = [];
  const endings: string[] = [];
  const channel = openStdioChannel(
    { input, output, limit },
    { onFrame: (body) => bodies.push(Buffer.from(body).toString()), onEnd: (reason) => endings.push(reason) },
  );
  return { input, output, bodies, endings, channel };
}

describe("the channel to the browser", () => {
  it("carries frames both ways", async () => {
    const { input, output, bodies, channel } = open();
    input.write(encodeFrame({ id: 1 }));
    channel.send({ id: 1, result: {} });
    await channel.flush();
    await setImmediate();
    expect(bodies).toEqual(['{"id":1}']);
    expect(output.read()).toEqual(Buffer.from(encodeFrame({ id: 1, result: {} })));
  });

  it("ends once when the browser closes it, a frame cut short or not", async () => {
    const { input, bodies, endings } = open();
    input.end(encodeFrame({ id: 1 }).subarray(0, 7));
    await setImmediate();
    await setImmediate();
    expect([bodies, endings]).toEqual([[], ["closed"]]);
  });

  it("ends at an oversized frame and takes nothing behind it", async () => {
    const { input, bodies, endings } = open(16);
    input.write(encodeFrame({ text: "far too long for so small a limit" }));
    input.write(encodeFrame({ id: 1 }));
    await setImmediate();
    expect([bodies, endings]).toEqual([[], ["message-too-large"]]);
  });

  it("ends when nobody reads any more, and sending goes on without harm", async () => {
    const { output, endings, channel } = open();
    output.destroy(new Error("EPIPE"));
    await setImmediate();
    channel.send({ id: 1, result: {} });
    await channel.flush();
    expect(endings).toEqual(["closed"]);
  });
});

describe("stdout", () => {
  function streams() {
    const written = { stdout: "", stderr: "" };
    const sink = (name: "stdout" | "stderr") =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          written[name] += chunk.toString();
          done();
        },
      });
    return { written, stdout: sink("stdout"), stderr: sink("stderr") };
  }

  it("belongs to frames; what anybody else writes goes to stderr", async () => {
    const { written, stdout, stderr } = streams();
    const frames = guardStdout({ stdout, stderr });
    stdout.write("from a library");
    frames.write("frame");
    await setImmediate();
    expect(written).toEqual({ stdout: "frame", stderr: "from a library" });
  });

  it("tells when the pipe broke", async () => {
    const { stdout, stderr } = streams();
    const frames = guardStdout({ stdout, stderr });
    const errors: string[] = [];
    frames.on("error", (error) => errors.push(error.message));
    stdout.destroy(new Error("EPIPE"));
    await setImmediate();
    expect(errors).toEqual(["EPIPE"]);
  });
});
