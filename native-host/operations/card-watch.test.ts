import { afterEach, describe, expect, it } from "vitest";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import {
  certificateOf,
  exchange,
  query,
  readCertificate,
  selectFile,
  selectJpki,
} from "../../tests/support/card-script.ts";
import { oneReader, scriptedAccess } from "../../tests/support/scripted-access.ts";
import type { SmartCardFault } from "../smartcard/smart-card-connection.ts";
import { watchCards, type CardWatch } from "./card-watch.ts";

const certificate = certificateOf(300);
const goodCard = selectJpki() + query("98", "63C3") + readCertificate(certificate, "8A");
const otherKind = selectJpki("6A82");
const childsCard = selectJpki() + query("9B", "6A88") + selectFile("001B", "6A82");
const certificateText = Buffer.from(certificate).toString("base64");

const watches: CardWatch[] = [];
afterEach(async () => {
  for (const watch of watches.splice(0)) await watch.stop();
});

/** A watch whose pauses last until the test ends them. */
function start(key: KeyName = "authentication", virtual = false) {
  const access = scriptedAccess();
  const states: CardState[] = [];
  const pauses: { milliseconds: number; end: () => void }[] = [];
  const watch = watchCards({
    access,
    key,
    virtual,
    emit: (state) => void states.push(state),
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        pauses.push({ milliseconds, end: resolve });
        signal.addEventListener("abort", () => resolve());
      }),
  });
  watches.push(watch);
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
  const report = async (...args: Parameters<typeof oneReader>): Promise<void> => {
    access.report(oneReader(...args));
    await settle();
  };
  const retry = async (): Promise<number | undefined> => {
    const pause = pauses.at(-1);
    pause?.end();
    await settle();
    return pause?.milliseconds;
  };
  return { access, states, pauses, watch, settle, report, retry, statuses: () => states.map(({ status }) => status) };
}

describe("readers", () => {
  it("are reported as they come and go, each state once", async () => {
    const { access, statuses, settle, report } = start();
    for (let times = 0; times < 2; times++) {
      access.report({ service: "unavailable" });
      await settle();
    }
    access.report({ service: "running", readers: [] });
    await settle();
    await report("absent");
    await report("unresponsive");
    expect(statuses()).toEqual(["pcsc-unavailable", "reader-none", "card-none", "card-unresponsive"]);
  });
});

describe("a card", () => {
  it("is read and reported with its tries and its certificate", async () => {
    const { access, states, watch, report } = start();
    await report("absent", 0);
    access.next(goodCard);
    await report("present");
    expect(states.slice(1)).toEqual([
      { status: "reading" },
      { status: "ready", card: 1, attemptsRemaining: 3, test: false, certificate: certificateText },
    ]);
    expect(watch.current()).toMatchObject({ number: 1, shortIds: "taken" });
    expect(access.log).toEqual(["connect reader", "transaction leave"]);
    expect(access.remaining()).toBe(0);
  });

  it("that lay there at the start is powered off first", async () => {
    const { access, report } = start();
    access.next(goodCard);
    await report("present");
    expect(access.log).toEqual(["connect reader", "transaction unpower", "transaction leave"]);
  });

  it("of the embedded virtual card is a test card whoever issued it", async () => {
    const { access, states, report } = start("authentication", true);
    access.next(goodCard);
    await report("present");
    expect(states.at(-1)).toMatchObject({ test: true });
  });

  it("keeps its certificate for behind the PIN: then its authority is looked at", async () => {
    const { access, states, report } = start();
    const authority = "3082040C060355040A13094A504B492D54455354";
    access.next(
      selectJpki() + query("98", "63C2") + exchange("00B08A0000", "6982") + exchange("00B08B0000", `${authority}9000`),
    );
    await report("present");
    expect(states.at(-1)).toEqual({ status: "ready", card: 1, attemptsRemaining: 2, test: true });
  });

  it("for signing is asked for tries, certificate and authority, the certificate itself being behind the PIN", async () => {
    const { access, states, report } = start("signing");
    access.next(
      selectJpki() + query("9B", "63C5") + exchange("00B0810000", "6982") + exchange("00B0820000", "308201009000"),
    );
    await report("present");
    expect(states.at(-1)).toEqual({ status: "ready", card: 1, attemptsRemaining: 5, test: false });
    expect(access.remaining()).toBe(0);
  });

  it.each([
    ["has no signing PIN", childsCard],
    ["has no signing certificate", selectJpki() + query("9B", "63C5") + exchange("00B0810000", "6A82")],
    ["has an empty file", selectJpki() + query("9B", "63C5") + exchange("00B0810000", "9000")],
  ])("for signing that %s is of no use", async (_, script) => {
    const { access, states, watch, report } = start("signing");
    access.next(script);
    await report("present");
    expect(states.at(-1)).toEqual({ status: "certificate-missing" });
    expect(watch.current()).toBeUndefined();
    expect(access.log.at(-1)).toBe("close leave");
  });

  it("of another kind is left alone until it is put in again", async () => {
    const { access, statuses, report } = start();
    access.next(otherKind);
    await report("present");
    await report("present");
    expect(statuses()).toEqual(["reading", "card-unsupported"]);
    expect(access.log.filter((line) => line.startsWith("connect"))).toHaveLength(1);
    access.next(goodCard);
    await report("present", 2);
    expect(statuses().at(-1)).toBe("ready");
  });

  it("taken out is let go of; the next one has another number", async () => {
    const { access, states, watch, report } = start();
    access.next(goodCard, goodCard);
    await report("present", 1);
    await report("absent", 1);
    expect(watch.current()).toBeUndefined();
    expect(access.log.at(-1)).toBe("close leave");
    await report("present", 2);
    expect(states.at(-1)).toMatchObject({ status: "ready", card: 2 });
  });

  it("exchanged between two looks is another card", async () => {
    const { access, states, report } = start();
    access.next(goodCard, goodCard);
    await report("present", 1);
    await report("present", 2);
    expect(states.filter(({ status }) => status === "ready")).toMatchObject([{ card: 1 }, { card: 2 }]);
  });

  it("stays the one whatever is put into other readers", async () => {
    const { access, statuses, watch, settle, report } = start();
    access.next(goodCard);
    await report("present");
    const other = { reader: "another reader", card: "present", insertion: 1 } as const;
    access.report({ service: "running", readers: [other, { reader: "reader", card: "present", insertion: 1 }] });
    await settle();
    expect(watch.current()?.number).toBe(1);
    expect(statuses()).toEqual(["reading", "ready"]);
  });

  it("is found behind one of another kind", async () => {
    const { access, statuses, settle } = start();
    access.next(otherKind, goodCard);
    access.report({
      service: "running",
      readers: [
        { reader: "a bank card", card: "present", insertion: 1 },
        { reader: "reader", card: "present", insertion: 1 },
      ],
    });
    await settle();
    expect(statuses()).toEqual(["reading", "ready"]);
  });

  it("is reported again with the tries that VERIFY told, under its number", async () => {
    const { access, states, watch, report } = start();
    access.next(goodCard);
    await report("present");
    watch.attemptsChanged(1, 1);
    watch.attemptsChanged(1, 1);
    watch.attemptsChanged(2, 3);
    expect(states.slice(2)).toEqual([
      { status: "ready", card: 1, attemptsRemaining: 1, test: false, certificate: certificateText },
    ]);
  });

  it("that is asked anew has a new number and connection", async () => {
    const { access, states, watch, settle, report } = start();
    access.next(goodCard, goodCard);
    await report("present");
    watch.recheck();
    expect(watch.current()).toBeUndefined();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: "ready", card: 2 });
    expect(access.log).toContain("close leave");
  });
});

describe("a card that does not answer properly", () => {
  it("gets a moment before the resident is told, and is ready when it answers", async () => {
    const { access, statuses, report, retry } = start();
    access.next("communication", "communication", goodCard);
    await report("present");
    await retry();
    await retry();
    expect(statuses()).toEqual(["reading", "ready"]);
  });

  it.each(["communication", "card-unresponsive", "card-reset", "card-removed"] as SmartCardFault[])(
    "is asked a few times with growing pauses, then left alone (%s)",
    async (fault) => {
      const { access, statuses, pauses, report, retry } = start();
      access.next(...Array.from({ length: 20 }, () => fault));
      await report("present");
      for (let times = 0; times < 10; times++) await retry();
      expect(statuses()).toEqual(["reading", "card-unresponsive"]);
      expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([100, 250, 500, 1_000, 2_000]);
    },
  );

  it("is asked as long as another program keeps it", async () => {
    const { access, statuses, report, retry } = start();
    access.next(...Array.from({ length: 12 }, () => "card-busy"), goodCard);
    await report("present");
    for (let times = 0; times < 11; times++) await retry();
    expect(statuses()).toEqual(["reading", "card-busy"]);
    await retry();
    expect(statuses().at(-1)).toBe("ready");
  });

  it("is a new one when it is put in again", async () => {
    const { access, statuses, report, retry } = start();
    access.next(...Array.from({ length: 6 }, () => "communication"), goodCard);
    await report("present");
    for (let times = 0; times < 6; times++) await retry();
    await report("present", 2);
    expect(statuses()).toEqual(["reading", "card-unresponsive", "reading", "ready"]);
  });
});

describe("stopping", () => {
  it("lets go of the card and reports nothing more", async () => {
    const { access, states, watch, report } = start();
    access.next(goodCard);
    await report("present");
    await watch.stop();
    expect(access.log.at(-1)).toBe("close leave");
    access.report({ service: "unavailable" });
    expect(states.at(-1)).toMatchObject({ status: "ready" });
  });

  it("in the middle of reading lets go as well", async () => {
    const { access, watch, statuses } = start();
    access.next(goodCard);
    access.report(oneReader("present"));
    while (access.log.length < 1) await Promise.resolve();
    await watch.stop();
    expect(statuses()).not.toContain("ready");
    expect(access.log.at(-1)).toBe("close leave");
  });
});
