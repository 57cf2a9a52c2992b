import { describe, expect, it } from "vitest";
import { RETURN_CODE, errorOfReturnCode } from "./pcsc-return-code.ts";
import { onceSettled } from "./settling-card.ts";

/** Fails with each of `codes` in turn, then gives the number of calls. */
function failing(...codes: readonly number[]): () => Promise<number> {
  let calls = 0;
  return () => {
    const code = codes[calls];
    calls += 1;
    return code === undefined ? Promise.resolve(calls) : Promise.reject(errorOfReturnCode(code));
  };
}
const { SCARD_E_PROTO_MISMATCH: unsettled, SCARD_W_REMOVED_CARD: removed } = RETURN_CODE;

describe("onceSettled", () => {
  it("waits for a card that is just being powered", async () => {
    expect(await onceSettled(failing(unsettled, unsettled))).toBe(3);
  });

  it("gives up on a card that stays mute", async () => {
    await expect(onceSettled(failing(...Array<number>(20).fill(unsettled)))).rejects.toMatchObject({
      fault: "card-unresponsive",
    });
  });

  it("hands on every other fault at once", async () => {
    await expect(onceSettled(failing(removed))).rejects.toMatchObject({ fault: "card-removed" });
  });
});
