import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signDocument } from "../../support/sign-document.ts";
import { makeTestResidents, type TestResidents } from "../../support/test-residents.ts";
import { oldestNode } from "./oldest-node.ts";

/** The package as a site gets it: packed, installed without a network, run by the oldest Node at hand, compiled against. */
const ROOT = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "kodo-package-"));
const project = join(folder, "project");
const at = (name: string): string => join(project, name);
const installed = (name: string): string => join(project, "node_modules/kodo-verifier", name);
const node = oldestNode();
const DOCUMENT = "給付の額 50,000円\n";

let residents: TestResidents;

beforeAll(async () => {
  const built = join(folder, "built");
  execFileSync(process.execPath, [join(ROOT, "tools/build-verifier.ts"), built], { stdio: "pipe" });
  execFileSync("npm", ["pack", "--pack-destination", folder], { cwd: built, stdio: "pipe" });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  mkdirSync(project);
  writeFileSync(at("package.json"), JSON.stringify({ name: "site", private: true, type: "module" }));
  const words = ["install", "--offline", "--no-audit", "--no-fund", join(folder, tarball)];
  execFileSync("npm", words, { cwd: project, stdio: "pipe" });

  residents = await makeTestResidents();
  const document = new TextEncoder().encode(DOCUMENT);
  writeFileSync(at("form.txt"), document);
  writeFileSync(at("form.txt.p7s"), (await signDocument(await residents.holder("signing"), "cades", document)).file);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(residents.folder, { recursive: true });
});

const run = (program: string, words: readonly string[]) =>
  spawnSync(program, words, { cwd: project, encoding: "utf8", env: { ...process.env, LANG: "C", LC_ALL: "" } });

describe(`the package, under ${node.version}`, () => {
  it("has everything it needs, and nothing else", () => {
    expect(readdirSync(at("node_modules")).filter((name) => !name.startsWith("."))).toEqual(["kodo-verifier"]);
    const files = readdirSync(installed("")).filter((name) => !name.startsWith("kodo-verifier-"));
    const texts = ["LICENSE", "README.ja.md", "README.md", "THIRD-PARTY-LICENSES"];
    expect(files.sort()).toEqual([...texts, "command-line.js", "index.js", "package.json", "types"].sort());
    const manifest = JSON.parse(readFileSync(installed("package.json"), "utf8")) as Record<string, unknown>;
    expect(Object.keys(manifest)).not.toContain("dependencies");
    for (const bundle of readdirSync(installed("")).filter((name) => name.endsWith(".js"))) {
      const imports = readFileSync(installed(bundle), "utf8").matchAll(/^(?:import|export) .*from "([^"]+)";$/gm);
      expect(Array.from(imports, ([, name]) => name).filter((name) => !/^(node:|\.\/)/.test(name ?? ""))).toEqual([]);
    }
    expect(readFileSync(installed("THIRD-PARTY-LICENSES"), "utf8")).toContain("valibot");
  });

  it("verifies a file", () => {
    writeFileSync(
      at("verify.js"),
      `import { readFileSync } from "node:fs";
       import { createTrust, verifySignature } from "kodo-verifier";
       const [, , authority] = process.argv;
       const trust = createTrust({ certificates: [], testAuthorities: { signing: [readFileSync(authority, "utf8")] } });
       const options = { trust, revocation: "accept-unknown", content: readFileSync("form.txt") };
       const { verdict, signatures } = await verifySignature(readFileSync("form.txt.p7s"), options);
       console.log(JSON.stringify([verdict, signatures[0].signer?.name, process.version]));`,
    );
    const { stdout, stderr } = run(node.path, ["verify.js", join(residents.folder, "signing-ca-2.pem")]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(["accepted-unchecked", "青空　さくら", node.version]);
  });

  it("brings kodo-verify along", () => {
    const program = at("node_modules/.bin/kodo-verify");
    expect(existsSync(program)).toBe(true);
    const trust = ["--test-trust", residents.folder, "--accept-unknown-revocation"];
    const accepted = run(node.path, [program, "verify", "form.txt.p7s", "--content", "form.txt", ...trust]);
    expect(accepted.stderr).toBe("");
    expect(accepted.stdout).toContain("青空　さくら");
    expect(accepted.status).toBe(1);
    // by its own name, as a shell finds it
    expect(run(program, ["--help"]).stdout).toContain("kodo-verify recheck");
  });
});

describe("the package's types", () => {
  /** Compiles as a site does that has nothing of ours: strict, its own modules, no sources with `.ts` suffixes. */
  function compile(sources: Readonly<Record<string, string>>): string {
    mkdirSync(at("node_modules/@types"), { recursive: true });
    symlinkSync(join(ROOT, "node_modules/@types/node"), at("node_modules/@types/node"));
    for (const [name, source] of Object.entries(sources)) writeFileSync(at(name), source);
    // skipLibCheck would read over a broken declaration of ours
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--skipLibCheck", "false"];
    const modules = ["--module", "nodenext", "--moduleResolution", "nodenext", "--target", "es2022", "--types", "node"];
    const words = [join(ROOT, "node_modules/typescript/bin/tsc"), ...options, ...modules, ...Object.keys(sources)];
    return run(process.execPath, words).stdout;
  }

  function programsIn(readme: string): string {
    const blocks = [...readFileSync(installed(readme), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
    expect(blocks.length).toBeGreaterThanOrEqual(5);
    const surroundings = `import { readFileSync } from "node:fs";
      import type { Evidence } from "kodo-verifier";
      declare function keep(kept: { document: Uint8Array; signatureFile: Uint8Array; evidence: Evidence }): Promise<void>;
      declare const allEvidence: readonly Evidence[];\n`;
    return surroundings + blocks.map(([, text]) => text).join("\n");
  }

  it("hold for the programs in both readmes, and tell what is wrong", () => {
    const wrong = `import { readTrust, verifySignature } from "kodo-verifier";
      void verifySignature(new Uint8Array(), { trust: readTrust("trust") });\n`;
    const said = compile({
      "english.ts": programsIn("README.md"),
      "japanese.ts": programsIn("README.ja.md"),
      "wrong.ts": wrong,
    });
    expect(said.match(/^\S+\(\d+,\d+\): error/gm)).toHaveLength(1);
    expect(said).toMatch(/^wrong\.ts.*'revocation' is missing/ms);
  });
});
