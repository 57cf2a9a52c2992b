import { describe, expect, it } from "vitest";
import { createFrameDecoder, encodeFrame, FrameTooLarge } from "./frame-codec.ts";

const LIMIT = 64 * 1024;

function collector(limit = LIMIT) {
  const bodies: string[] = [];
  const decoder = createFrameDecoder(limit, (body) => bodies.push(Buffer.from(body).toString()));
  return { bodies, push: (octets: Uint8Array) => decoder.push(Uint8Array.from(octets)) };
}

/** Length and body, little-endian as on every machine that browsers run on. */
function frame(body: string): Buffer {
  const octets = Buffer.from(body);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(octets.length);
  return Buffer.concat([length, octets]);
}

describe("frames", () => {
  it("are a length and JSON in UTF-8", () => {
    expect(Buffer.from(encodeFrame({ text: "公道" }))).toEqual(frame('{"text":"公道"}'));
  });

  it("are put together however they were split", () => {
    const octets = Buffer.concat([frame("one"), frame(""), frame("three, longer")]);
    for (let size = 1; size <= octets.length; size++) {
      const { bodies, push } = collector();
      for (let at = 0; at < octets.length; at += size) push(octets.subarray(at, at + size));
      expect(bodies, `pieces of ${size}`).toEqual(["one", "", "three, longer"]);
    }
  });

  it("are not handed on before they are whole", () => {
    const { bodies, push } = collector();
    push(frame("half").subarray(0, 6));
    expect(bodies).toEqual([]);
  });

  it("may be as large as the limit and no larger", () => {
    const { bodies, push } = collector(8);
    push(frame("12345678"));
    expect(bodies).toEqual(["12345678"]);
    expect(() => push(frame("123456789"))).toThrow(FrameTooLarge);
  });

  it("before an oversized one are handed on, and nothing behind it ever is", () => {
    const { bodies, push } = collector(8);
    expect(() => push(Buffer.concat([frame("first"), frame("much too long"), frame("last")]))).toThrow(FrameTooLarge);
    expect(() => push(frame("later"))).toThrow(FrameTooLarge);
    expect(bodies).toEqual(["first"]);
  });

  it("announced with four gigabytes take no memory", () => {
    const { push } = collector();
    expect(() => push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow(FrameTooLarge);
  });

  it("leave nothing in the pieces that they came in", () => {
    const pieces = [frame("what nobody else").subarray(0, 9), frame("what nobody else").subarray(9)].map((piece) =>
      Uint8Array.from(piece),
    );
    const bodies: Uint8Array[] = [];
    const decoder = createFrameDecoder(LIMIT, (body) => bodies.push(body));
    for (const piece of pieces) decoder.push(piece);
    expect(Buffer.from(bodies[0] ?? []).toString()).toBe("what nobody else");
    expect(pieces.every((piece) => piece.every((octet) => octet === 0))).toBe(true);
  });
});
