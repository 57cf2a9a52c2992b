import { afterAll, describe, expect, it } from "vitest";
import { Authority } from "../../conformance/pdf/authority.ts";
import { pdfsig } from "../../conformance/pdf/verifiers.ts";
import { hasProgram } from "../../conformance/xml/verifiers.ts";
import { BYTE_RANGE_ATTACKS, SEVERAL_SIGNATURES, UPDATE_ATTACKS, type Attack } from "./attacks.ts";
import { ALLOWED_CHANGES, FORM_ATTACKS } from "./form-attacks.ts";
import { REFERENCE_ATTACKS } from "./reference-attacks.ts";
import { SHADOW_ATTACKS } from "./shadow-attacks.ts";
import { verdict } from "./signed-pdf.ts";

const authority = new Authority();
const table: string[] = [];
afterAll(() => {
  authority.remove();
  console.log(["signatures that pdfsig calls valid, of those that it finds:", ...table].join("\n"));
});

const hasPdfsig = hasProgram("pdfsig", "-v");
if (!hasPdfsig) console.log("skipped: no pdfsig on this machine");

const ATTACKS: readonly Attack[] = [
  ...BYTE_RANGE_ATTACKS,
  ...UPDATE_ATTACKS,
  ...SEVERAL_SIGNATURES,
  ...SHADOW_ATTACKS,
  ...REFERENCE_ATTACKS,
  ...FORM_ATTACKS,
];

describe.skipIf(!hasPdfsig)("beside pdfsig", () => {
  it.each(ATTACKS)("$name", async ({ name, make, expected }) => {
    const file = await make();
    const { valid, found, words } = pdfsig(authority, file);
    const isWhole = words.includes("Total document signed") ? ", whole" : "";
    const ours = await verdict(file);
    table.push(`${valid}/${found}${isWhole}\t${ours.join(", ")}\t${name}`);
    expect(ours).toEqual(expected);
    // what was signed before the attack is what it is about; later signatures may be sound
    expect(ours[0]).not.toBe("ok");
  });

  it.each(ALLOWED_CHANGES)("allowed: $name", async ({ name, make, expected }) => {
    const file = await make();
    const { valid, found } = pdfsig(authority, file);
    const ours = await verdict(file);
    table.push(`${valid}/${found}\t${ours.join(", ")}\t${name}`);
    expect(ours).toEqual(expected);
    expect(valid).toBeGreaterThanOrEqual(ours.length);
  });
});
