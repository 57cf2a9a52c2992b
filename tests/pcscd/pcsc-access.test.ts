import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPcscCardAccess } from "../../native-host/pcsc/pcsc-card-access.ts";
import type { CardAccess, CardConnection } from "../../native-host/smartcard/card-access.ts";
import type { SmartCardConnection, SmartCardError } from "../../native-host/smartcard/smart-card-connection.ts";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import { smartCardConnectionContract } from "../contract/smart-card-connection.contract.ts";
import { ROOT } from "../repository/source-files.ts";
import { SELECT_JPKI, somePins, temporaryFolder } from "../support/virtual-card.ts";
import { startPcscd, VIRTUAL_READER, type CardService } from "./pcscd-harness.ts";
import { pcscdSkipReason } from "./privilege.ts";
import { cardIn, insertionIn, seenByService, watching } from "./watching.ts";

const reason = pcscdSkipReason();
const SECOND_PROGRAM = join(ROOT, "tests/pcscd/second-program.ts");

const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (error as SmartCardError).fault,
  );
const select = async (connection: CardConnection): Promise<string> =>
  connection.transaction(async (card) => encodeHex(await card.transmit(decodeHex(SELECT_JPKI))));

describe.skipIf(reason !== undefined)(`PC/SC through pcscd${reason === undefined ? "" : ` (${reason})`}`, () => {
  const { folder, remove } = temporaryFolder();
  let service: CardService;
  let access: CardAccess;

  beforeAll(async () => (service = await startPcscd()));
  afterAll(async () => {
    await service.stop();
    remove();
  });
  beforeEach(async () => {
    access = await openPcscCardAccess();
    await insertCard({});
  });
  afterEach(async () => {
    await removeCard();
    await access.close();
  });

  async function insertCard(file: CardFileInput): Promise<void> {
    writeCardFile(folder, file);
    await service.insertCard(folder);
    await seenByService(VIRTUAL_READER, "present");
  }
  async function removeCard(): Promise<void> {
    await service.removeCard();
    await seenByService(VIRTUAL_READER, "absent");
  }

  smartCardConnectionContract("a PC/SC card", async () => {
    const connection = await access.connect(VIRTUAL_READER);
    return {
      connection: { transmit: (command) => connection.transaction((card) => card.transmit(command)) },
      close: () => connection.close("unpower"),
    };
  });

  describe("watching", () => {
    it("numbers every insertion anew", async () => {
      const seen = watching(access);
      const first = await seen.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
      await removeCard();
      await seen.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "absent");
      await insertCard({});
      const second = await seen.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
      expect(insertionIn(second, VIRTUAL_READER)).not.toBe(insertionIn(first, VIRTUAL_READER));
      await seen.stop();
    });

    it("sees an exchange that happened while nobody watched", async () => {
      const before = watching(access);
      const first = await before.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
      await before.stop();
      await removeCard();
      await insertCard({});
      const after = watching(access);
      const second = await after.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
      expect(insertionIn(second, VIRTUAL_READER)).not.toBe(insertionIn(first, VIRTUAL_READER));
      await after.stop();
    });

    it("does not count what happens to a card that stays", async () => {
      const seen = watching(access);
      const before = await seen.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
      const connection = await access.connect(VIRTUAL_READER);
      await select(connection);
      await connection.close("unpower");
      secondProgram("reset");
      const again = await access.connect(VIRTUAL_READER);
      await select(again);
      await again.close("leave");
      expect(seen.latest()).toEqual(before);
      await seen.stop();
    });

    it("stops at once when told so, however early", async () => {
      for (let round = 0; round < 10; round += 1) {
        const end = new AbortController();
        const watch = access.watch(() => setTimeout(() => end.abort(), round), end.signal);
        await watch;
      }
    });
  });

  describe("a reset by another program", () => {
    it("is absorbed before the next transaction, which finds nothing selected", async () => {
      const connection = await access.connect(VIRTUAL_READER);
      expect(await select(connection)).toBe("9000");
      secondProgram("reset");
      const answer = await connection.transaction(async (card) =>
        encodeHex(await card.transmit(decodeHex("00200098"))),
      );
      expect(answer).not.toMatch(/^63c/);
      expect(await select(connection)).toBe("9000");
      await connection.close("leave");
    });

    it("never leads to another card", async () => {
      const connection = await access.connect(VIRTUAL_READER);
      await select(connection);
      await removeCard();
      await insertCard({});
      // from here on the service reports the old handle as reset only, and no longer as removed
      secondProgram("reset");
      expect(await faultOf(select(connection))).toBe("card-removed");
      expect(await faultOf(select(connection))).toBe("card-removed");
      await connection.close("unpower");
    });
  });

  describe("a card that goes", () => {
    it("in the middle of a command is removed, not a failed exchange", async () => {
      await removeCard();
      await insertCard({ quirks: { removedAfterCommands: 2 } });
      const connection = await access.connect(VIRTUAL_READER);
      const work = connection.transaction(async (card) => {
        for (let command = 0; command < 5; command += 1) await card.transmit(decodeHex(SELECT_JPKI));
      });
      expect(await faultOf(work)).toBe("card-removed");
      expect(await faultOf(select(connection))).toBe("card-removed");
    });

    it("between two transactions is removed, and the next card can be connected to", async () => {
      const connection = await access.connect(VIRTUAL_READER);
      await removeCard();
      expect(await faultOf(select(connection))).toBe("card-removed");
      expect(["no-card", "card-removed"]).toContain(await faultOf(access.connect(VIRTUAL_READER)));
      await insertCard({});
      const next = await access.connect(VIRTUAL_READER);
      expect(await select(next)).toBe("9000");
      await next.close("leave");
    });
  });

  describe("a program that holds the card", () => {
    it("makes a transaction busy after a while, blocks nothing else, and is not blocked afterwards", async () => {
      const connection = await access.connect(VIRTUAL_READER);
      const other = await holdCard();
      let ticks = 0;
      const clock = setInterval(() => (ticks += 1), 20);
      expect(await faultOf(select(connection))).toBe("card-busy");
      clearInterval(clock);
      expect(ticks).toBeGreaterThan(20);
      await other.giveBack();
      // what was asked for too late is given back: a third program gets the card
      await (await holdCard()).giveBack();
      expect(await select(connection)).toBe("9000");
      await connection.close("leave");
    });

    it("delays a transaction that it gives the card back to", async () => {
      const connection = await access.connect(VIRTUAL_READER);
      const other = await holdCard();
      const waiting = select(connection);
      await other.giveBack();
      expect(await waiting).toBe("9000");
      await connection.close("leave");
    });

    it("makes connecting busy, and no connection stays behind", async () => {
      const other = await holdCard();
      expect(await faultOf(access.connect(VIRTUAL_READER))).toBe("card-busy");
      await other.giveBack();
      const connection = await access.connect(VIRTUAL_READER);
      expect(await select(connection)).toBe("9000");
      await connection.close("unpower");
    });

    it("does not keep an ending process alive", async () => {
      const other = await holdCard();
      expect(secondProgram("wait-and-exit")).toBe(7);
      await other.giveBack();
    });

    // pcscd's own race, seen once: a card that it has just reset for a dead program refuses the protocol for a moment
    it("and dies with it leaves the card to us", { retry: 1 }, async () => {
      const connection = await access.connect(VIRTUAL_READER);
      const other = await holdCard();
      await other.kill();
      expect(await select(connection)).toBe("9000");
      await connection.close("leave");
    });
  });

  describe("a transaction that ends with the card's power", () => {
    const pins = somePins();
    const verify = concatBytes(decodeHex("0020009804"), pins.authentication);
    const sign = decodeHex(`802A009733${"3031300D060960864801650304020105000420" + "00".repeat(32)}00`);
    /** What the card says to a signature without VERIFY: it makes one as long as the PIN state lives. */
    const signAnswer = async (connection: CardConnection): Promise<string> =>
      connection.transaction(async (card) => {
        await card.transmit(decodeHex(SELECT_JPKI));
        return encodeHex((await card.transmit(sign)).subarray(-2));
      });
    const unlock = async (card: SmartCardConnection): Promise<void> => {
      await card.transmit(decodeHex(SELECT_JPKI));
      expect(encodeHex(await card.transmit(verify))).toBe("9000");
    };

    it("leaves no PIN state, and the connection usable", async () => {
      await removeCard();
      await insertCard(pins.file);
      const connection = await access.connect(VIRTUAL_READER);
      await connection.transaction(unlock);
      expect(await signAnswer(connection)).toBe("9000");
      await connection.transaction(unlock, "unpower");
      expect(await signAnswer(connection)).toBe("6982");
      expect(await signAnswer(connection)).toBe("6982");
      await connection.close("leave");
    });

    it("does so after the work failed as well", async () => {
      await removeCard();
      await insertCard(pins.file);
      const connection = await access.connect(VIRTUAL_READER);
      const work = connection.transaction(async (card) => {
        await unlock(card);
        throw new RangeError("of the work");
      }, "unpower");
      await expect(work).rejects.toThrow(RangeError);
      expect(await signAnswer(connection)).toBe("6982");
      await connection.close("leave");
    });

    it("is what closing can do, too", async () => {
      await removeCard();
      await insertCard(pins.file);
      const connection = await access.connect(VIRTUAL_READER);
      await connection.transaction(unlock);
      await connection.close("unpower");
      const next = await access.connect(VIRTUAL_READER);
      expect(await signAnswer(next)).toBe("6982");
      await next.close("leave");
    });
  });

  it("lets OpenSC use the card while a connection is open but idle", async () => {
    const connection = await access.connect(VIRTUAL_READER);
    await select(connection);
    const sent = spawnSync("opensc-tool", ["--reader", VIRTUAL_READER, "--send-apdu", SELECT_JPKI], {
      encoding: "utf8",
    });
    expect(sent.stdout).toContain("SW1=0x90");
    expect(await select(connection)).toBe("9000");
    await connection.close("leave");
  });

  it("runs transactions of one connection one after the other, and gives the card back after a failure", async () => {
    const connection = await access.connect(VIRTUAL_READER);
    const order: string[] = [];
    const failing = connection.transaction(async (card) => {
      order.push("first begins");
      await card.transmit(decodeHex(SELECT_JPKI));
      order.push("first ends");
      throw new RangeError("of the work");
    });
    const following = connection.transaction(() => Promise.resolve(order.push("second")));
    await expect(failing).rejects.toThrow(RangeError);
    await following;
    expect(order).toEqual(["first begins", "first ends", "second"]);
    await (await holdCard()).giveBack();
    await connection.close("leave");
  });

  it("knows no reader of another name, and no card in the empty reader", async () => {
    expect(await faultOf(access.connect("Reader of another name"))).toBe("reader-unavailable");
    expect(await faultOf(access.connect("Virtual PCD 00 01"))).toBe("no-card");
  });
});

/** Runs {@link SECOND_PROGRAM} to its end; gives its exit code. */
function secondProgram(task: "reset" | "wait-and-exit"): number | null {
  return spawnSync(process.execPath, [SECOND_PROGRAM, task, VIRTUAL_READER], { stdio: ["ignore", "ignore", "inherit"] })
    .status;
}

/** Another process that holds a transaction on the card. */
async function holdCard(): Promise<{ giveBack(): Promise<void>; kill(): Promise<void> }> {
  const child = spawn(process.execPath, [SECOND_PROGRAM, "hold", VIRTUAL_READER], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", () => reject(new Error("the second program could not hold the card")));
  });
  return {
    async giveBack() {
      child.stdin.end();
      await exit;
    },
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
  };
}
