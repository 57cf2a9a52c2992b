import { describe, expect, it, vi } from "vitest";
import { playTimestampAuthority } from "../../tests/support/played-timestamp-authority.ts";
import type { SignatureFile } from "../signature/signature-builder.ts";
import { finishFiles, TimestampLacking } from "./signed-files.ts";

describe("files with timestamps", () => {
  it("that there is no room for are lacking theirs: the signature is kept, and can get another", async () => {
    const authority = playTimestampAuthority();
    const finished = new Map<number, SignatureFile>();
    let fits = false;
    const work = {
      broken: undefined,
      signed: [
        {
          index: 0,
          signature: new Uint8Array(256),
          prepared: {
            toBeSigned: new Uint8Array(32),
            timestampImprint: () => Promise.resolve(new Uint8Array(32)),
            finish: () =>
              fits
                ? Promise.resolve({ file: new Uint8Array(1), type: "", name: "a" })
                : Promise.reject(new RangeError("the token is longer than its room")),
          },
        },
      ],
    };
    const nonce = new Uint8Array(16).fill(1);
    vi.spyOn(crypto, "getRandomValues").mockReturnValue(nonce);
    const ask = () => Promise.resolve(authority.respond({ imprint: new Uint8Array(32), nonce }));
    await expect(finishFiles(work, finished, ask)).rejects.toThrow(TimestampLacking);
    fits = true;
    await finishFiles(work, finished, ask);
    expect(finished.size).toBe(1);
  });
});
