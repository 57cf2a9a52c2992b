import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "./exit-codes.ts";
import { isFolder, readDerFiles, readInput, readText } from "./input.ts";

const folder = mkdtempSync(join(tmpdir(), "kodo-input-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};

describe("a file", () => {
  it("is read as it is, up to a limit", () => {
    const path = file("four", Uint8Array.of(1, 2, 3, 4));
    expect(readInput(path)).toEqual(Uint8Array.of(1, 2, 3, 4));
    expect(readInput(path, 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(readInput(file("empty", ""))).toHaveLength(0);
    expect(readText(file("text", "青空\n"))).toBe("青空");
  });

  it.each([
    ["is not there", "missing", "There is no file"],
    ["is below a file", join("four", "x"), "There is no file"],
    ["is a folder", ".", "is a folder"],
  ])("that %s ends in a sentence", (_, name, said) => {
    expect(() => readInput(at(name))).toThrow(InputError);
    expect(() => readInput(at(name))).toThrow(said);
  });
});

describe("certificates and lists", () => {
  const pem = (label: string, base64: string): string =>
    `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;

  it("are DER, or PEM with as many as there are", () => {
    const der = file("one.der", Uint8Array.of(0x30, 0));
    expect(readDerFiles(der, "list")).toEqual([{ path: der, der: Uint8Array.of(0x30, 0) }]);
    const two = file("two.pem", `# words\n${pem("X509 CRL", "MAA=")}${pem("X509 CRL", "MAEA")}`);
    expect(readDerFiles(two, "list").map(({ der: octets }) => octets.length)).toEqual([2, 3]);
  });

  it("are found in a folder, keys left out", () => {
    mkdirSync(at("lists"));
    file("lists/b.crl", Uint8Array.of(0x30, 1, 0));
    file("lists/a.pem", pem("X509 CRL", "MAA="));
    file("lists/a.key.pem", "secret");
    file("lists/README", "words");
    expect(readDerFiles(at("lists"), "list").map(({ path }) => path)).toEqual([at("lists/a.pem"), at("lists/b.crl")]);
  });

  it.each([
    ["neither", "words.pem", "words", "neither DER nor PEM"],
    ["an empty file", "none.crl", "", "neither DER nor PEM"],
    ["half of PEM", "half.pem", "-----BEGIN X509 CRL-----\nMAA=\n", "neither DER nor PEM"],
  ])("that are %s end in a sentence", (_, name, content, said) => {
    const path = file(name, content);
    expect(() => readDerFiles(path, "list")).toThrow(InputError);
    expect(() => readDerFiles(path, "list")).toThrow(said);
  });

  it("that are nowhere end in a sentence", () => {
    mkdirSync(at("nothing"));
    expect(() => readDerFiles(at("nothing"), "list")).toThrow("There is no list");
    expect(() => isFolder(at("missing"))).toThrow(InputError);
    expect(isFolder(at("four"))).toBe(false);
  });
});
