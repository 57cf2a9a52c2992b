import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type {
  CardAccess,
  CardConnection,
  ReaderSnapshot,
  ReaderState,
} from "../../native-host/smartcard/card-access.ts";
import type { SmartCardConnection } from "../../native-host/smartcard/smart-card-connection.ts";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { resetPins, SELECT_JPKI, send, somePins, temporaryFolder } from "../support/virtual-card.ts";

/** What a test of one kind of access works with. */
export interface CardAccessBench {
  /** Freshly opened; the card of the folder is in its reader, unless the folder's `card.json` keeps it away. */
  readonly access: CardAccess;
  /** Makes the card service unavailable while the access is open, and available again with the card in its reader. */
  stopService(): Promise<void>;
  startService(): Promise<void>;
  /** Ends everything, the access included. */
  end(): Promise<void>;
}

/** `open` puts the virtual card of a folder (its `card.json` is already there) into a reader that the access can see. */
export function cardAccessContract(name: string, open: (folder: string) => Promise<CardAccessBench>): void {
  describe(`${name} as card access`, () => {
    let folder: string;
    let remove: () => void;
    let bench: CardAccessBench;
    let pins = somePins();
    let card: CardFileInput = {};
    /** Writes `card.json`: what was written before, with these changes. */
    const write = (changes: CardFileInput): void => writeCardFile(folder, (card = { ...card, ...changes }));

    beforeEach(async () => {
      ({ folder, remove } = temporaryFolder());
      pins = somePins();
      card = pins.file;
      write({});
      bench = await open(folder);
    });
    afterEach(async () => {
      await bench.end();
      resetPins(folder);
      remove();
    });

    /** The first snapshot for which `wanted` gives something, from now on. */
    async function seen<T>(wanted: (snapshot: ReaderSnapshot) => T | undefined): Promise<T> {
      const enough = new AbortController();
      let found: T | undefined;
      await bench.access.watch((snapshot) => {
        found ??= wanted(snapshot);
        if (found !== undefined) enough.abort();
      }, enough.signal);
      if (found === undefined) throw new Error("the watch ended too early");
      return found;
    }
    const cardIn = (snapshot: ReaderSnapshot): ReaderState | undefined =>
      snapshot.service === "running" ? snapshot.readers.find((reader) => reader.card === "present") : undefined;
    const present = (): Promise<ReaderState> => seen(cardIn);
    const connect = async (): Promise<CardConnection> => bench.access.connect((await present()).reader);
    const empty = (): Promise<true> =>
      seen((snapshot) => (snapshot.service === "running" && !cardIn(snapshot) ? true : undefined));
    /** Takes the card out and puts another one in; resolves when it can be used. */
    async function exchange(changes: CardFileInput): Promise<ReaderState> {
      const { insertion } = await present();
      write({ ...changes, insertion: (card.insertion ?? 0) + 1 });
      return seen((snapshot) => {
        const now = cardIn(snapshot);
        return now?.insertion === insertion ? undefined : now;
      });
    }

    const selectJpki = (at: SmartCardConnection): Promise<string> => send(at, SELECT_JPKI);
    const unlock = (at: SmartCardConnection): Promise<string> => send(at, "00200098", pins.authentication);
    const sign = async (at: SmartCardConnection): Promise<string> => (await send(at, "802A009701AA00")).slice(-4);

    describe("watch", () => {
      it("gives the present state at once", async () => {
        expect(await present()).toMatchObject({ card: "present", insertion: expect.any(Number) as number });
      });

      it("tells of removal and insertion, each card with a number of its own", async () => {
        const before = await present();
        write({ present: false });
        await empty();
        write({ present: true });
        const after = await present();
        expect(after.reader).toBe(before.reader);
        expect(after.insertion).not.toBe(before.insertion);
      });

      it("tells of an exchanged card", async () => {
        const { reader } = await present();
        expect((await exchange({ person: "latin-script" })).reader).toBe(reader);
      });

      it("serves several watchers, and each until its signal aborts", async () => {
        const stopped = new AbortController();
        const told: ReaderSnapshot[] = [];
        const watching = bench.access.watch((snapshot) => void told.push(snapshot), stopped.signal);
        await present();
        stopped.abort();
        await watching;
        const before = told.length;
        write({ present: false });
        await empty();
        expect(told.length).toBe(before);
      });

      it("ends at once with a signal that is aborted already", async () => {
        await bench.access.watch(() => undefined, AbortSignal.abort());
      });

      it("outlives the card service, and goes on when it is back", async () => {
        await present();
        await bench.stopService();
        await seen((snapshot) => (snapshot.service === "unavailable" ? true : undefined));
        await expect(bench.access.connect("any")).rejects.toMatchObject({ fault: "service-unavailable" });
        await bench.startService();
        const connection = await connect();
        expect(await connection.transaction(selectJpki)).toBe("9000");
        await connection.close("leave");
      });
    });

    describe("connect", () => {
      it("refuses a reader that is not there, and one without card", async () => {
        const { reader } = await present();
        await expect(bench.access.connect("no such reader")).rejects.toMatchObject({ fault: "reader-unavailable" });
        write({ present: false });
        await empty();
        await expect(bench.access.connect(reader)).rejects.toMatchObject({ fault: "no-card" });
      });
    });

    describe("transaction", () => {
      it("resolves to what the work gave, and rejects with what it threw, giving the card back", async () => {
        const connection = await connect();
        await expect(connection.transaction(() => Promise.reject(new RangeError("mine")))).rejects.toThrow(RangeError);
        expect(await connection.transaction(selectJpki)).toBe("9000");
        await connection.close("leave");
      });

      it("comes one after the other on one connection", async () => {
        const connection = await connect();
        const order: string[] = [];
        const work = (name: string) =>
          connection.transaction(async (at) => {
            order.push(`${name} begins`);
            await selectJpki(at);
            await selectJpki(at);
            order.push(`${name} ends`);
          });
        await Promise.all([work("first"), work("second")]);
        expect(order).toEqual(["first begins", "first ends", "second begins", "second ends"]);
        await connection.close("leave");
      });

      it("keeps another connection out until it ends", async () => {
        const one = await connect();
        const other = await connect();
        const order: string[] = [];
        let goOn = (): void => undefined;
        const held = new Promise<void>((resolve) => (goOn = resolve));
        let begun = (): void => undefined;
        const begins = new Promise<void>((resolve) => (begun = resolve));
        const first = one.transaction(async (at) => {
          await selectJpki(at);
          begun();
          await held;
          await selectJpki(at);
          order.push("one");
        });
        await begins;
        const second = other.transaction(async (at) => {
          await selectJpki(at);
          order.push("other");
        });
        goOn();
        await Promise.all([first, second]);
        expect(order).toEqual(["one", "other"]);
        await Promise.all([one.close("leave"), other.close("leave")]);
      });

      it("absorbs that another program took the power, and begins with nothing selected", async () => {
        const one = await connect();
        const other = await connect();
        await one.transaction(async (at) => {
          await selectJpki(at);
          await unlock(at);
        });
        await other.close("unpower");
        const answers = await one.transaction(async (at) => [
          await send(at, "00200098"),
          await selectJpki(at),
          await sign(at),
        ]);
        expect(answers).toEqual(["6986", "9000", "6982"]);
        await one.close("leave");
      });

      it.each(["resolved", "rejected"])("that %s takes the power away as it ends, when asked to", async (how) => {
        const connection = await connect();
        const work = connection.transaction(async (at) => {
          await selectJpki(at);
          await unlock(at);
          if (how === "rejected") throw new RangeError("after the PIN");
        }, "unpower");
        await (how === "rejected" ? expect(work).rejects.toThrow(RangeError) : work);
        const answer = await connection.transaction(async (at) => {
          await selectJpki(at);
          return sign(at);
        });
        expect(answer).toBe("6982");
        await connection.close("leave");
      });
    });

    describe("close", () => {
      it("leaves the PIN state to whoever comes next, unless it takes the power", async () => {
        const second = await connect();
        for (const [ending, answer] of [
          ["leave", "9000"],
          ["unpower", "6982"],
        ] as const) {
          const first = await connect();
          await first.transaction(async (at) => {
            await selectJpki(at);
            await unlock(at);
          });
          await first.close(ending);
          const found = await second.transaction(async (at) => {
            await selectJpki(at);
            return sign(at);
          });
          expect(found, ending).toBe(answer);
        }
        await second.close("unpower");
      });

      it("can be called when the card is gone", async () => {
        const connection = await connect();
        write({ present: false });
        await empty();
        await connection.close("unpower");
      });
    });

    describe("a card that is taken out", () => {
      it("ends its connection for ever, also when it comes back", async () => {
        const connection = await connect();
        await connection.transaction(selectJpki);
        write({ present: false });
        await empty();
        await expect(connection.transaction(selectJpki)).rejects.toMatchObject({ fault: "card-removed" });
        write({ present: true });
        await present();
        await expect(connection.transaction(selectJpki)).rejects.toMatchObject({ fault: "card-removed" });
        await connection.close("leave");
      });

      it("fails the command that finds it gone", async () => {
        await exchange({ quirks: { removedAfterCommands: 3 } });
        const connection = await connect();
        const answers: string[] = [];
        const work = connection.transaction(async (at) => {
          for (let command = 0; command < 9; command++) answers.push(await selectJpki(at));
        });
        await expect(work).rejects.toMatchObject({ fault: "card-removed" });
        expect(answers).toEqual(["9000", "9000", "9000"]);
        await empty();
        await connection.close("leave");
      });

      it("fails the command that it was busy with", async () => {
        await exchange({ quirks: { slowKeyMilliseconds: 60_000 } });
        const connection = await connect();
        const work = connection.transaction(async (at) => {
          await selectJpki(at);
          await unlock(at);
          const signature = sign(at);
          write({ present: false });
          await signature;
        });
        await expect(work).rejects.toMatchObject({ fault: "card-removed" });
        await connection.close("leave");
      });
    });
  });
}
