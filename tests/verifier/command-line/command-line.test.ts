import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileReport } from "../../../verifier/index.ts";
import { EXPECTED, kodoVerify, playFiles } from "./played-files.ts";

/** The day before the lists were made: what they say of it does not hang on today's date. */
const AT = ["--at", "2026-11-23T12:00:00+09:00"];

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await playFiles();
});
afterAll(() => rmSync(folder, { recursive: true }));

const trust = (): string[] => ["--test-trust", at("trust")];
const unknown = (): string[] => [...trust(), "--accept-unknown-revocation", ...AT];
const lists = (...names: string[]): string[] => [...trust(), ...AT, ...names.flatMap((name) => ["--crl", at(name)])];
const signedForm = (): string[] => ["verify", at("form.txt.p7s"), "--content", at("form.txt")];

describe("kodo-verify verify", () => {
  it.each([
    [0, "good.crl", "valid"],
    [2, "revoked.crl", "was revoked"],
    [3, "old.crl", "undecided"],
  ])("ends with %i by %s", async (code, list, words) => {
    const { out, ...ended } = await kodoVerify(...signedForm(), ...lists(list));
    expect(ended).toEqual({ code, complaints: "" });
    expect(out).toContain(words);
  });

  it("ends with 1 where revocation is not checked, and tells who signed, when, what, and each check", async () => {
    const { code, out } = await kodoVerify(...signedForm(), ...unknown());
    expect(code).toBe(1);
    for (const words of [
      "form.txt.p7s: accepted, revocation not checked",
      "[TEST]",
      "Signature 1/1 (cades,",
      "Name: 電子　花子",
      "Address: 東京都青空市中央一丁目２番３号",
      "Date of birth: 1989-01-08",
      "Sex: female",
      "Timestamp: none",
      "Certificate judged at: 2026-11-23 12:00:00 JST (the time that was given)",
      "Covers: the whole content, 23 octets",
      "✓ signature: passed",
      "- revocation: not done",
      "(revocation-unchecked: the caller accepts this)",
    ])
      expect(out).toContain(words);
  });

  it("speaks Japanese, and plain Japanese", async () => {
    const { out } = await kodoVerify(...signedForm(), ...unknown(), "--lang", "ja");
    for (const words of [
      "受け付けられます（失効は未確認）",
      "氏名：電子　花子",
      "生年月日：1989年1月8日",
      "【テスト】",
    ])
      expect(out).toContain(words);
    const easy = await kodoVerify(...signedForm(), ...unknown(), "--lang", "ja-easy");
    expect(easy.out).toContain("生まれた日：1989年1月8日");
  });

  it("takes XML, a bare signature with its certificate, and a certain format only", async () => {
    expect(await kodoVerify("verify", at("form.signed.xml"), ...unknown())).toMatchObject({ code: 1 });
    const bare = ["--format", "pkcs1", "--content", at("form.txt"), "--certificate", at("signer.pem")];
    expect(await kodoVerify("verify", at("form.txt.sig"), ...bare, ...unknown())).toMatchObject({ code: 1 });
    const other = await kodoVerify(...signedForm(), "--format", "jws", ...unknown());
    expect(other).toMatchObject({ code: 2, complaints: "" });
    expect(other.out).toContain("format-unknown");
  });

  it("refuses another content, an empty file and noise, in sentences", async () => {
    const other = await kodoVerify("verify", at("form.txt.p7s"), "--content", at("other.txt"), ...unknown());
    expect(other).toMatchObject({ code: 2, complaints: "" });
    expect(other.out).toContain("Please submit the document exactly as it was signed.");
    for (const [name, octets] of [
      ["empty", new Uint8Array()],
      ["noise", Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ] as const) {
      writeFileSync(at(name), octets);
      expect(await kodoVerify("verify", at(name), ...unknown())).toMatchObject({ code: 2, complaints: "" });
    }
  });

  it("prints the whole report as JSON, whatever the verdict", async () => {
    const { code, out } = await kodoVerify(...signedForm(), ...lists("good.crl"), "--json");
    expect(code).toBe(0);
    const report = JSON.parse(out) as FileReport;
    expect(report).toMatchObject({
      verdict: "valid",
      format: "cades",
      test: true,
      signatures: [
        {
          judgedAt: "2026-11-23T03:00:00.000Z",
          judgedBy: "at",
          coverage: { kind: "content", octets: { length: 23, base64: readFileSync(at("form.txt"), "base64") } },
          evidence: { version: 1, revocation: { status: "good" } },
        },
      ],
    });
    writeFileSync(at("empty"), "");
    const refused = await kodoVerify("verify", at("empty"), ...unknown(), "--json");
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out)).toMatchObject({ verdict: "refused", failure: { code: "format-unknown" } });
  });

  it("warns of a list that it can't use, and gives up where none is left", async () => {
    const mixed = await kodoVerify(...signedForm(), ...lists("good.crl", "stranger.crl"));
    expect(mixed.code).toBe(0);
    expect(mixed.complaints).toContain("stranger.crl is not used");
    const none = await kodoVerify(...signedForm(), ...lists("stranger.crl"));
    expect(none).toMatchObject({ code: 66, out: "" });
    expect(none.complaints).toContain("No list can be used");
  });
});

describe("kodo-verify token and attributes", () => {
  it("take what the page got", async () => {
    const token = await kodoVerify("token", at("token.json"), ...EXPECTED, ...unknown());
    expect(token).toMatchObject({ code: 1, complaints: "" });
    expect(token.out).toContain("✓ signature: passed");
    const proof = await kodoVerify("attributes", at("proof.jws"), ...EXPECTED, ...lists("good.crl"));
    expect(proof).toMatchObject({ code: 0, complaints: "" });
    for (const words of ["Name: 電子　花子", "Purpose: 給付金の申請"]) expect(proof.out).toContain(words);
    expect(proof.out).not.toContain("東京都");
  });

  it("refuse what is for another site, challenge or purpose, or each other's", async () => {
    const [, origin = "", , challenge = ""] = EXPECTED;
    const elsewhere = ["--origin", "https://www.example.com", "--challenge", challenge];
    const later = ["--origin", origin, "--challenge", `A${challenge.slice(1)}`];
    for (const [words, code] of [
      [["token", at("token.json"), ...elsewhere], "signature-wrong"],
      [["token", at("token.json"), ...later], "signature-wrong"],
      [["token", at("proof.jws"), ...EXPECTED], "token-malformed"],
      [["attributes", at("proof.jws"), ...elsewhere], "proof-for-another-site"],
      [["attributes", at("proof.jws"), ...later], "proof-for-another-challenge"],
      [["attributes", at("proof.jws"), ...EXPECTED, "--purpose", "x"], "proof-for-another-purpose"],
      [["attributes", at("token.json"), ...EXPECTED], "not-a-proof"],
      [["verify", at("proof.jws")], "proof-is-no-document"],
    ] as const) {
      const { code: ended, out } = await kodoVerify(...words, ...unknown());
      expect([ended, out]).toEqual([2, expect.stringContaining(code)]);
    }
  });

  it.each([
    [["--origin", "www.example.com", "--challenge", "A".repeat(44)], "--origin"],
    [["--origin", "https://www.example.com/", "--challenge", "A".repeat(44)], "--origin"],
    [["--origin", "https://www.example.com", "--challenge", "short"], "--challenge"],
  ])("do not understand %j", async (words, said) => {
    for (const command of ["token", "attributes"]) {
      const ended = await kodoVerify(command, at("token.json"), ...words, ...unknown());
      expect(ended).toMatchObject({ code: 64, out: "" });
      expect(ended.complaints).toContain(said);
    }
  });
});

describe("kodo-verify recheck", () => {
  it("judges what was kept by newer lists", async () => {
    writeFileSync(at("report.json"), (await kodoVerify(...signedForm(), ...unknown(), "--json")).out);
    const { signatures } = JSON.parse(readFileSync(at("report.json"), "utf8")) as FileReport;
    writeFileSync(at("evidence.json"), JSON.stringify([signatures[0]?.evidence, signatures[0]?.evidence]));
    const again = (file: string, list: string, ...more: string[]) =>
      kodoVerify("recheck", at(file), ...trust(), "--crl", at(list), ...more);
    for (const file of ["report.json", "evidence.json"]) {
      expect(await again(file, "good.crl")).toMatchObject({ code: 0, complaints: "" });
      const revoked = await again(file, "revoked.crl");
      expect(revoked).toMatchObject({ code: 2, complaints: "" });
      for (const words of ["refused", "The result has changed.", "Result before: accepted", "2026-11-01 09:00:00 JST"])
        expect(revoked.out).toContain(words);
    }
    expect(JSON.parse((await again("evidence.json", "good.crl", "--json")).out)).toMatchObject({
      verdicts: { valid: 2, refused: 0 },
    });
  });

  it("names what is no evidence", async () => {
    const again = (content: string) => {
      writeFileSync(at("kept.json"), content);
      return kodoVerify("recheck", at("kept.json"), ...trust(), "--crl", at("good.crl"));
    };
    for (const [content, words] of [
      ["{", "is not JSON"],
      ["", "is not JSON"],
      ["[]", "There is no evidence"],
      ['{"version":1}', "There is no evidence"],
      [`${"[".repeat(50_000)}${"]".repeat(50_000)}`, "There is no evidence"],
    ] as const) {
      const ended = await again(content);
      expect(ended).toMatchObject({ code: 66, out: "" });
      expect(ended.complaints).toContain(words);
    }
    const { out } = await kodoVerify(...signedForm(), ...unknown(), "--json");
    const some = await again(`[${out}, {"version": 2}]`);
    expect(some.code).toBe(66);
    expect(some.complaints).toContain("number 2 is no evidence");
    expect(some.out).toContain("valid");
  });
});

describe("what can't be read", () => {
  it.each([
    ["a file that is not there", () => ["verify", at("missing"), ...unknown()], "There is no file"],
    ["a folder", () => ["verify", at("trust"), ...unknown()], "is a folder"],
    [
      "a content that is not there",
      () => [...signedForm().slice(0, 3), at("missing"), ...unknown()],
      "There is no file",
    ],
    ["a trust folder that is not there", () => [...signedForm(), "--trust", at("nowhere"), ...unknown()], "nowhere"],
    ["a trust folder that is a file", () => [...signedForm(), "--trust", at("form.txt"), ...unknown()], "is no folder"],
    ["an empty trust folder", () => [...signedForm(), "--trust", at("void"), ...unknown()], "holds no certificate"],
    ["authorities without a pin", () => [...signedForm(), "--trust", at("trust"), ...unknown()], "pinned"],
    [
      "no authorities for tests",
      () => [...signedForm(), "--test-trust", at("void"), ...unknown().slice(2)],
      "no auth*.pem",
    ],
    ["no certificate", () => [...signedForm(), "--certificate", at("form.txt"), ...unknown()], "neither DER nor PEM"],
    ["no list", () => [...signedForm(), ...lists("void")], "no revocation list"],
  ])("ends with a sentence: %s", async (_, words, said) => {
    mkdirSync(at("void"), { recursive: true });
    const ended = await kodoVerify(...words());
    expect(ended).toMatchObject({ code: 66, out: "" });
    expect(ended.complaints).toContain(said);
    expect(ended.complaints).not.toContain("    at ");
  });

  it("is not understood with too many contents, or standard input twice", async () => {
    const two = await kodoVerify(...signedForm(), "--content", at("other.txt"), ...unknown());
    expect(two).toMatchObject({ code: 64, out: "" });
    const twice = await kodoVerify("verify", at("form.txt.p7s"), "--content", "-", "--content", "-", ...unknown());
    expect(twice).toMatchObject({ code: 64, out: "" });
  });
});

describe("the program", () => {
  const program = join(import.meta.dirname, "../../../verifier/command-line/main.ts");
  const start = (input: string | Buffer, ...words: string[]) =>
    spawnSync(process.execPath, [program, ...words], { input, encoding: "utf8", env: { LANG: "ja_JP.UTF-8" } });

  it("reads standard input, speaks the language of its surroundings, and exits", () => {
    const input = readFileSync(at("form.txt.p7s"));
    const { status, stdout, stderr } = start(input, "verify", "-", "--content", at("form.txt"), ...unknown());
    expect([status, stderr]).toEqual([1, ""]);
    expect(stdout).toContain("受け付けられます");
    expect(start("", "verify", "-", ...unknown()).status).toBe(2);
  });

  it("says how it is used", () => {
    expect(start("", "--help")).toMatchObject({ status: 0, stderr: "" });
    expect(start("", "prove")).toMatchObject({ status: 64, stdout: "" });
  });
});
