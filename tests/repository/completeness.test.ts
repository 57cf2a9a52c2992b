import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FAULT_CODES, FAULT_GROUPS } from "../../shared/errors.ts";
import { productSources, read, repositoryFiles, ROOT } from "./source-files.ts";

describe("every fault code", () => {
  const protocol = read("docs/protocol.md");

  it.each(FAULT_CODES)("%s has a row in docs/protocol.md with its group", (code) => {
    const row = protocol.split("\n").find((line) => line.startsWith(`| \`${code}\` `));
    expect(row).toContain(FAULT_GROUPS[code]);
  });

  it.each(["ja", "ja-easy", "en"])("has its texts in %s", (language) => {
    const texts = read(`extension/locales/${language}.ts`);
    expect(FAULT_CODES.filter((code) => !texts.includes(code))).toEqual([]);
  });
});

describe("every source", () => {
  it("stays under 300 lines of code", () => {
    const long = productSources().filter((file) => read(file).split("\n").length > 330);
    expect(long).toEqual([]);
  });

  it("documents every export", () => {
    const bare = productSources().flatMap((file) => {
      const lines = read(file)
        .split("\n")
        .filter((line) => !line.startsWith("// eslint-"));
      return lines.flatMap((line, index) => {
        const exported =
          /^export (?:default )?(?:async )?(?:abstract )?(?:function|class|const|interface|type) [^{]/.test(line);
        const before = lines[index - 1] ?? "";
        // further signatures of one function stand below its comment
        const overload = before.startsWith(line.slice(0, line.indexOf("(") + 1)) && line.startsWith("export function ");
        return exported && !overload && !before.trimEnd().endsWith("*/") ? [`${file}:${index + 1}`] : [];
      });
    });
    expect(bare).toEqual([]);
  });
});

describe("the repository speaks of the project only", () => {
  const texts = repositoryFiles().filter(
    (file) => /\.(ts|tsx|mjs|js|json|md|css|html|yml|txt)$/.test(file) || file.startsWith(".ci/"),
  );

  it("names no path of a machine and no registry's host", () => {
    const words = new RegExp(
      ["/(work|farm|home/\\w+|Users/\\w+)/", "registry\\.npm", "deb\\." + "debian", "bash_" + "jobs"].join("|"),
    );
    const found = texts.filter((file) => !file.startsWith("tests/repository/") && words.test(read(file)));
    expect(found).toEqual([]);
  });

  it("has no decision without context, choice and price", () => {
    const decisions = repositoryFiles().filter((file) => /^docs\/decisions\/\d{4}-.*\.md$/.test(file));
    expect(decisions.length).toBeGreaterThan(0);
    for (const file of decisions) expect(read(file), file).toMatch(/## Context[\s\S]*## Choice[\s\S]*## Price/);
  });
});

describe("the threat model", () => {
  const rows = read("docs/threat-model.md")
    .split("\n")
    .filter((line) => /^\| *\d+ /.test(line));

  it.each(rows.map((row) => [row.split("|")[1]?.trim(), row]))(
    "claim %s names tests and sources that exist",
    (_, row) => {
      const named = [...row.matchAll(/`((?:tests|extension|native-host|shared|formats|verifier)\/[^`]*)`/g)].map(
        ([, path]) => path ?? "",
      );
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    },
  );
});
