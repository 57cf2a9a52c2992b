import { describe, expect, it } from "vitest";
import { FAILURE_CODES, FAILURE_GROUPS } from "../../verifier/verdict/failure-codes.ts";
import { read } from "./source-files.ts";

describe.each(["verifier/README.md", "verifier/README.ja.md"])("%s", (file) => {
  const rows = read(file)
    .split("\n")
    .filter((line) => /^\| `[a-z0-9-]+` /.test(line))
    .filter((line) => !/^\| `(?:valid|accepted-unchecked|undecided|refused)` /.test(line));

  it.each(FAILURE_CODES)("has a row for %s, with who must act", (code) => {
    const found = rows.filter((row) => row.startsWith(`| \`${code}\` `));
    expect(found).toHaveLength(1);
    expect(found[0]?.split("|")[2]).toContain(FAILURE_GROUPS[code]);
  });

  it("has no row for a code that there is not", () => {
    expect(rows).toHaveLength(FAILURE_CODES.length);
  });
});
