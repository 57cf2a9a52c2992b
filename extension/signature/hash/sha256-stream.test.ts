import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { sha256 } from "../sha256.ts";
import { createSha256 } from "./sha256-stream.ts";

const document = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 31) % 251);
const expected = (octets: Uint8Array): Uint8Array => Uint8Array.from(createHash("sha256").update(octets).digest());

it.each([0, 1, 55, 56, 64, 16_384, 65_537])("%i octets at a time, then the rest", async (size) => {
  const stream = await createSha256();
  stream.update(document.subarray(0, size));
  stream.update(new Uint8Array());
  stream.update(document.subarray(size));
  expect(stream.digest()).toEqual(expected(document));
});

it("of nothing", async () => {
  expect((await createSha256()).digest()).toEqual(expected(new Uint8Array()));
});

it("two streams don't meet", async () => {
  const [one, other] = await Promise.all([createSha256(), createSha256()]);
  one.update(document);
  other.update(Uint8Array.of(1));
  expect(one.digest()).toEqual(expected(document));
  expect(other.digest()).toEqual(expected(Uint8Array.of(1)));
});

it("ends with its digest", async () => {
  const stream = await createSha256();
  stream.digest();
  expect(() => stream.update(document)).toThrow();
  expect(() => stream.digest()).toThrow();
});

it.each([
  ["what is changed meanwhile", () => document.slice()],
  ["a part of an array", () => document.slice().subarray(5)],
  ["shared memory", () => new Uint8Array(new SharedArrayBuffer(64))],
  ["resizable memory", () => new Uint8Array(new ArrayBuffer(64, { maxByteLength: 128 }))],
])("sha256 of %s", async (_, make) => {
  const octets = make();
  const before = expected(octets);
  const digest = sha256(octets);
  octets.fill(9);
  expect(await digest).toEqual(before);
});
