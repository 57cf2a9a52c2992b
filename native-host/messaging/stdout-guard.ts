import { Writable } from "node:stream";

/** The parts of `process` that are rearranged. */
export interface StandardStreams {
  readonly stdout: Pick<Writable, "write" | "on">;
  readonly stderr: Pick<Writable, "write">;
}

/**
 * Takes stdout away from everybody else and returns the only stream that still reaches it. Whatever is written to `process.stdout` from
 * now on, by `console.log` or by a library, goes to stderr: one stray octet there would break every frame behind it.
 */
export function guardStdout({ stdout, stderr }: StandardStreams): Writable {
  const write = stdout.write.bind(stdout);
  const frames = new Writable({
    decodeStrings: false,
    write: (chunk: Uint8Array | string, _encoding, done) => void write(chunk, done),
  });
  stdout.on("error", (error: Error) => frames.destroy(error));
  stdout.write = stderr.write.bind(stderr);
  return frames;
}
