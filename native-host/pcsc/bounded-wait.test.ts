import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { within } from "./bounded-wait.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("within", () => {
  it("resolves with the work and leaves no timer behind", async () => {
    expect(await within(Promise.resolve(7), 1000, () => expect.fail())).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rejects with the work's own error", async () => {
    const reason = new Error("reason");
    await expect(within(Promise.reject(reason), 1000, () => expect.fail())).rejects.toBe(reason);
  });

  it("gives up at the bound, says so, and no longer cares for the work", async () => {
    const work = Promise.withResolvers<never>();
    let late = 0;
    const outcome = within(work.promise, 1000, () => (late += 1));
    vi.advanceTimersByTime(999);
    expect(late).toBe(0);
    vi.advanceTimersByTime(1);
    expect(late).toBe(1);
    expect(await outcome).toBe(false);
    work.reject(new Error("too late to matter"));
  });
});
