import { concatBytes } from "../../shared/encoding/bytes.ts";

/** Browsers write the length in the byte order of the machine; every machine that both run on today is little-endian. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const LENGTH_BYTES = 4;

/** A frame announces more than the limit: nothing behind it can be told apart any more. */
export class FrameTooLarge extends Error {
  override readonly name = "FrameTooLarge";
}

/** Native messaging: 32-bit length in native byte order, then so many octets of UTF-8 JSON. */
export function encodeFrame(message: object): Uint8Array<ArrayBuffer> {
  const body = new TextEncoder().encode(JSON.stringify(message));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, body.length, LITTLE_ENDIAN);
  return concatBytes(length, body);
}

/** Takes octets as they come and calls back with whole frames. */
export interface FrameDecoder {
  /**
   * Copies what belongs to frames and overwrites `chunk`, because a PIN may be in it. Throws {@link FrameTooLarge} at a frame over the
   * limit, once the frames before it were handed on, and at every later call.
   */
  push(chunk: Uint8Array): void;
}

/**
 * Puts frames together, however they were split or joined, each octet copied once. `onFrame` gets the body (possibly empty) in an array
 * of its own, which it may overwrite.
 */
export function createFrameDecoder(limit: number, onFrame: (body: Uint8Array) => void): FrameDecoder {
  const length = new Uint8Array(LENGTH_BYTES);
  let body: Uint8Array | undefined;
  let filled = 0;
  let lost = false;

  /** What the next octets are for; a frame is handed on as soon as nothing is missing from it. */
  const startBody = (): void => {
    const size = new DataView(length.buffer).getUint32(0, LITTLE_ENDIAN);
    lost = size > limit;
    if (lost) throw new FrameTooLarge();
    body = new Uint8Array(size);
    filled = 0;
  };
  const take = (target: Uint8Array, chunk: Uint8Array): number => {
    const part = chunk.subarray(0, target.length - filled);
    target.set(part, filled);
    part.fill(0);
    filled += part.length;
    return part.length;
  };

  return {
    push(chunk) {
      if (lost) throw new FrameTooLarge();
      let rest = chunk;
      while (rest.length > 0) {
        rest = rest.subarray(take(body ?? length, rest));
        if (body === undefined && filled === LENGTH_BYTES) startBody();
        const whole = body;
        if (whole?.length === filled) {
          body = undefined;
          filled = 0;
          onFrame(whole);
        }
      }
    },
  };
}
