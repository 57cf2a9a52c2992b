import { describe, expect, it } from "vitest";
import { LIMITS } from "../../shared/limits.ts";
import { usePlayedBridge } from "./played-bridge.ts";

const bridge = usePlayedBridge();

describe("a document's data", () => {
  it.each([
    ["a string as UTF-8", `"aé公"`, [97, 195, 169, 229, 133, 172]],
    ["a lone surrogate as U+FFFD", `"\\ud800"`, [239, 191, 189]],
    ["an object by its toString", `({ toString: () => "x" })`, [120]],
    ["null by ToString", "null", [110, 117, 108, 108]],
    ["an ArrayBuffer", "new Uint8Array([1, 2, 3]).buffer", [1, 2, 3]],
    ["a part of a buffer", "new Uint8Array([1, 2, 3, 4]).subarray(1, 3)", [2, 3]],
    ["a wider view as its bytes", "new Uint16Array([258])", [2, 1]],
    ["a DataView", "new DataView(new Uint8Array([7, 8, 9]).buffer, 1)", [8, 9]],
    ["a Blob", `new Blob(["ab", "c"])`, [97, 98, 99]],
    ["a File", `new File(["f"], "name.txt")`, [102]],
    ["nothing", `""`, []],
  ])("takes %s", async (_kind, data, bytes) => {
    const { ended, sent } = await bridge().sign(`{ name: "n", data: ${data} }`);
    expect([ended, sent?.["data"]]).toEqual(["fulfilled arrived", bytes]);
  });

  it.each([
    ["a symbol", "Symbol()"],
    [
      "a view of shared memory",
      "new Uint8Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer)",
    ],
    ["a resizable buffer", "new ArrayBuffer(1, { maxByteLength: 2 })"],
    ["a view of a resizable buffer", "new Uint8Array(new ArrayBuffer(1, { maxByteLength: 2 }))"],
  ])("refuses %s", async (_kind, data) => {
    expect((await bridge().sign(`{ name: "n", data: ${data} }`)).ended).toBe("TypeError");
  });

  it("is copied at the call", async () => {
    expect(
      await bridge().run(`(async () => {
        calls.length = 0;
        const bytes = new Uint8Array([1, 2]);
        const signing = navigator.jpki.sign({ format: "pkcs1", documents: [{ name: "n", data: bytes }] });
        bytes.fill(9);
        await signing;
        return [Array.from(new Uint8Array(await calls[0].documents[0].data.arrayBuffer())), bytes.length];
      })()`),
    ).toEqual([[1, 2], 2]);
  });

  it.each([
    ["neither data nor digest", `{ name: "n" }`, "TypeError"],
    ["both", `{ name: "n", data: "d", digest: { algorithm: "SHA-256", value: new Uint8Array(32) } }`, "TypeError"],
    ["a digest that is no buffer", `{ name: "n", digest: { algorithm: "SHA-256", value: "x" } }`, "TypeError"],
    ["a digest without its algorithm", `{ name: "n", digest: { value: new Uint8Array(32) } }`, "TypeError"],
    ["a digest", `{ name: "n", digest: { algorithm: "SHA-256", value: new Uint8Array(32) } }`, "fulfilled arrived"],
    [
      "a digest by another algorithm",
      `{ name: "n", digest: { algorithm: "SHA-1", value: new Uint8Array(32) } }`,
      "NotSupportedError/unsupported",
    ],
    ["a short digest", `{ name: "n", digest: { algorithm: "SHA-256", value: new Uint8Array(31) } }`, "TypeError"],
    ["no name", `{ data: "d" }`, "TypeError"],
  ])("with %s", async (_kind, document, expected) => {
    expect((await bridge().sign(document)).ended).toBe(expected);
  });
});

describe("sequences", () => {
  it.each([
    ["an iterable", "new Set([{ name: 'n', data: 'd' }])", "fulfilled arrived"],
    ["a generator", "(function* () { yield { name: 'n', data: 'd' }; })()", "fulfilled arrived"],
    ["nothing in it", "[]", "TypeError"],
    ["a string", "'documents'", "TypeError"],
    ["no iterator", "({ length: 1, 0: { name: 'n', data: 'd' } })", "TypeError"],
    ["an iterator that is no object", "({ [Symbol.iterator]: () => 1 })", "TypeError"],
    ["a result that is no object", "({ [Symbol.iterator]: () => ({ next: () => 1 }) })", "TypeError"],
    ["a document that is none", "[5]", "TypeError"],
    ["two documents", "[{ name: 'a', data: 'd' }, { name: 'b', data: 'd' }]", "fulfilled arrived"],
    ["one too many", `Array(${LIMITS.documentsPerCall + 1}).fill({ name: 'a', data: 'd' })`, "TypeError"],
  ])("%s", async (_kind, documents, expected) => {
    expect(await bridge().endOf("sign", `{ format: "pkcs1", documents: ${documents} }`)).toBe(expected);
  });
});
