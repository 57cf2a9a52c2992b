import { describe, expect, it } from "vitest";
import { imageFacts } from "./image-facts.ts";

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? Array.from(part, (c) => c.charCodeAt(0)) : [part])),
  );
const chunk = (type: string, ...data: number[]): (string | number)[] => [
  0,
  0,
  0,
  data.length,
  type,
  ...data,
  0,
  0,
  0,
  0,
];
const png = (...between: (string | number)[]): Uint8Array =>
  bytes(
    0x89,
    "PNG\r\n",
    0x1a,
    "\n",
    ...chunk("IHDR", 0, 0, 1, 2, 0, 0, 0, 3, 8, 2, 0, 0, 0),
    ...between,
    ...chunk("IDAT", 0),
  );
const picture = [0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 1, 0, 0];
const gif = (...blocks: number[]): Uint8Array =>
  bytes("GIF89a", 2, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, ...blocks, 0x3b);
const webp = (type: string, ...data: number[]): Uint8Array =>
  bytes("RIFF", 0, 0, 0, 0, "WEBP", type, data.length, 0, 0, 0, ...data);

describe("an image says its size and whether it moves", () => {
  it.each([
    ["png", png(), { width: 258, height: 3, moving: false }],
    ["png", png(...chunk("tEXt", 1, 2), ...chunk("acTL", 0, 0, 0, 2)), { width: 258, height: 3, moving: true }],
    [
      "jpeg",
      bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 2, 0xff, 0xc2, 0, 8, 8, 0, 9, 1, 0, 3, 0, 0),
      { width: 256, height: 9, moving: false },
    ],
    ["gif", gif(...picture), { width: 2, height: 1, moving: false }],
    ["gif", gif(0x21, 0xf9, 1, 0, 0, ...picture, ...picture), { width: 2, height: 1, moving: true }],
    ["webp", webp("VP8X", 2, 0, 0, 0, 9, 0, 0, 4, 0, 0), { width: 10, height: 5, moving: true }],
    ["webp", webp("VP8L", 0x2f, 9, 0, 1, 0), { width: 10, height: 5, moving: false }],
    ["webp", webp("VP8 ", 0, 0, 0, 0x9d, 1, 0x2a, 10, 0, 5, 0), { width: 10, height: 5, moving: false }],
  ] as const)("%s", (kind, image, facts) => {
    expect(imageFacts(kind, image)).toEqual(facts);
  });

  it.each([
    ["png", png().slice(0, 20)],
    ["jpeg", bytes(0xff, 0xd8, 0xff, 0xd9)],
    ["jpeg", bytes(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0)],
    ["gif", bytes("GIF89a")],
    ["webp", webp("ABCD", 0)],
    ["pdf", bytes("%PDF-")],
    [undefined, bytes("")],
  ] as const)("%s that ends too early or says none is refused", (kind, image) => {
    expect(() => imageFacts(kind, image)).toThrow(expect.objectContaining({ code: "document-broken" }));
  });
});
