import { describe, expect, it } from "vitest";
import type { ReaderSnapshot } from "../smartcard/card-access.ts";
import { cardInsertions } from "./card-insertions.ts";
import { RETURN_CODE, errorOfReturnCode } from "./pcsc-return-code.ts";
import { watchReaders } from "./pcsc-watch.ts";
import type { ReaderStatus, Winscard } from "./winscard.ts";

const EMPTY = 0x10;
const PLUG_AND_PLAY = "\\\\?PnP?\\Notification";

/**
 * A service whose readers can be plugged in and out, which the real one of the tests in tests/pcscd can't: virtual readers stay. It
 * answers as pcsc-lite does: a state that differs comes back at once, an unknown name is refused.
 */
function pluggableService(options: { plugAndPlay: boolean }) {
  let readers: string[] = [];
  let running = true;
  let wake = (): void => undefined;
  const check = (): void => {
    if (!running) throw errorOfReturnCode(RETURN_CODE.SCARD_E_NO_SERVICE);
  };
  const step = (change: () => void): void => {
    change();
    wake();
  };
  const answer = (asked: readonly ReaderStatus[]): readonly ReaderStatus[] => {
    check();
    const known = [...readers, ...(options.plugAndPlay ? [PLUG_AND_PLAY] : [])];
    if (asked.some(({ reader }) => !known.includes(reader)))
      throw errorOfReturnCode(RETURN_CODE.SCARD_E_UNKNOWN_READER);
    return asked.map(({ reader }) => ({ reader, state: reader === PLUG_AND_PLAY ? 0 : EMPTY }));
  };
  const winscard = {
    establishContext: () =>
      Promise.resolve().then(() => {
        check();
        return 1;
      }),
    releaseContext: () => Promise.resolve(),
    listReaders: () =>
      Promise.resolve().then(() => {
        check();
        return readers;
      }),
    cancel: () => {
      wake();
      return Promise.resolve();
    },
    async getStatusChange(_, asked, milliseconds) {
      const now = answer(asked);
      const differs = now.some(({ state }, index) => state !== 0 && asked[index]?.state !== state);
      if (differs || milliseconds === 0) return now;
      await new Promise<void>((resolve) => (wake = resolve));
      return answer(asked);
    },
  } satisfies Partial<Winscard>;
  return {
    winscard: winscard as unknown as Winscard,
    plug: (names: string[]) => step(() => (readers = names)),
    end: () => step(() => (running = false)),
    start: () => step(() => (running = true)),
  };
}

/** Watches, hands every snapshot to the next of `steps`, and stops when all were taken. */
async function watchThrough(
  service: ReturnType<typeof pluggableService>,
  steps: readonly ((snapshot: ReaderSnapshot) => void)[],
  serviceFollowsReaders = false,
): Promise<ReaderSnapshot[]> {
  const seen: ReaderSnapshot[] = [];
  const stop = new AbortController();
  const parts = { winscard: () => service.winscard, insertions: cardInsertions(), serviceFollowsReaders };
  await watchReaders(
    parts,
    (snapshot) => {
      // the next step comes while the watch waits again
      setTimeout(() => {
        steps[seen.length]?.(snapshot);
        seen.push(snapshot);
        if (seen.length >= steps.length) stop.abort();
      }, 20);
    },
    stop.signal,
  );
  return seen;
}

const names = (snapshot: ReaderSnapshot): string =>
  snapshot.service === "running" ? snapshot.readers.map(({ reader }) => reader).join() : snapshot.service;
const nothing = (): void => undefined;

describe("watchReaders", () => {
  it.each([true, false])("sees readers come and go (pseudo-reader: %s)", async (plugAndPlay) => {
    const service = pluggableService({ plugAndPlay });
    const seen = await watchThrough(service, [
      () => service.plug(["A"]),
      () => service.plug(["A", "B"]),
      () => service.plug(["B"]),
      () => service.plug([]),
      nothing,
    ]);
    expect(seen.map(names)).toEqual(["", "A", "A,B", "B", ""]);
  });

  it("reports a service that ends, and goes on when it is back", async () => {
    const service = pluggableService({ plugAndPlay: true });
    service.plug(["A"]);
    const seen = await watchThrough(service, [() => service.end(), () => service.start(), nothing]);
    expect(seen.map(names)).toEqual(["A", "unavailable", "A"]);
  });

  it("takes a missing service for a missing reader where the service comes with the reader", async () => {
    const service = pluggableService({ plugAndPlay: true });
    service.end();
    const start = (): void => {
      service.plug(["A"]);
      service.start();
    };
    expect((await watchThrough(service, [start, nothing], true)).map(names)).toEqual(["", "A"]);
  });

  it("tells nobody anything after it was stopped, and hands on what the listener throws", async () => {
    const service = pluggableService({ plugAndPlay: true });
    const stopped = AbortSignal.abort();
    const parts = { winscard: () => service.winscard, insertions: cardInsertions(), serviceFollowsReaders: false };
    await watchReaders(parts, () => expect.fail("told"), stopped);
    const failing = (): never => {
      throw new RangeError("of the listener");
    };
    await expect(watchReaders(parts, failing, new AbortController().signal)).rejects.toThrow(RangeError);
  });
});
