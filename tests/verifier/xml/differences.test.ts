import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasProgram, verifyWithJdk, verifyWithXmlsec, type IdAttribute } from "../../conformance/xml/verifiers.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { DIFFERING_FILES } from "./differing-files.ts";
import { writeSigners } from "./played-signers.ts";
import { verdicts } from "./reading.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const { authorityFile } = writeSigners(folder);
const files = DIFFERING_FILES.map(({ file }, at) => {
  writeFileSync(join(folder, `differing-${at}.xml`), file);
  return `differing-${at}.xml`;
});
const expected = (verifier: "ours" | "xmlsec1" | "jdk") =>
  DIFFERING_FILES.map((one) => `${one.name}: ${String(one[verifier])}`);
const named = (all: readonly (string | boolean)[]) =>
  DIFFERING_FILES.map(({ name }, at) => `${name}: ${String(all[at])}`);

/** The table of docs/verifying.md about other verifiers: each verdict is asked for, not remembered. */
const hasXmlsec = hasProgram("xmlsec1", "--version");
const hasJava = hasProgram("javac", "-version");

describe("verdicts about the same files", () => {
  it("ours", async () => {
    const all: string[] = [];
    for (const { file, options } of DIFFERING_FILES) all.push((await verdicts(file, options)).join(", "));
    expect(named(all)).toEqual(expected("ours"));
  });

  it.skipIf(!hasXmlsec)(hasXmlsec ? "xmlsec1's" : "xmlsec1's (not installed)", async () => {
    const ids = ["form", "answers", "x"].map((name): IdAttribute => ["Id", name]);
    const all: boolean[] = [];
    for (const file of files)
      all.push((await verifyWithXmlsec(folder, authorityFile, [file], [...ids, ["ID", "a"]]))[0] === "OK");
    expect(named(all)).toEqual(expected("xmlsec1"));
  });

  it.skipIf(!hasJava)(hasJava ? "the JDK's" : "the JDK's (javac is not installed)", () => {
    const all = verifyWithJdk(folder, authorityFile, files).map((verdict) => verdict === "OK");
    expect(named(all)).toEqual(expected("jdk"));
  });
});
