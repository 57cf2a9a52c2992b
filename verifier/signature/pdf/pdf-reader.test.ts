import { describe, expect, it } from "vitest";
import { BYTE_RANGE_ATTACKS, SEVERAL_SIGNATURES, UPDATE_ATTACKS } from "../../../tests/verifier/pdf/attacks.ts";
import { ALLOWED_CHANGES, FORM_ATTACKS } from "../../../tests/verifier/pdf/form-attacks.ts";
import { REFERENCE_ATTACKS } from "../../../tests/verifier/pdf/reference-attacks.ts";
import { SHADOW_ATTACKS } from "../../../tests/verifier/pdf/shadow-attacks.ts";
import { plan, signed, verdict } from "../../../tests/verifier/pdf/signed-pdf.ts";

describe("a signed file", () => {
  it("is accepted as it is", async () => {
    expect(await verdict(await signed(plan()))).toEqual(["ok"]);
  });
});

describe.each([
  ["byte ranges (GHSA-g258-q5gf-7hvx)", BYTE_RANGE_ATTACKS],
  ["updates", UPDATE_ATTACKS],
  ["several signatures (GHSA-58hw-cg5m-88rp)", SEVERAL_SIGNATURES],
  ["shadows", SHADOW_ATTACKS],
  ["references", REFERENCE_ATTACKS],
  ["forms and annotations", FORM_ATTACKS],
  ["what is allowed", ALLOWED_CHANGES],
])("%s", (_, attacks) => {
  it.each(attacks)("$name", async ({ make, expected }) => {
    expect(await verdict(await make())).toEqual(expected);
  });
});
