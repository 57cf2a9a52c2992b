import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PinBytes } from "../../shared/protocol/pin-frame.ts";
import {
  certificateOf,
  computeSignature,
  readCertificate,
  selectJpki,
  somePin,
  verifyPin,
} from "../../tests/support/card-script.ts";
import { scriptedAccess } from "../../tests/support/scripted-access.ts";
import { sha256DigestInfo } from "../jpki/digest-info.ts";
import type { WatchedCard } from "./card-watch.ts";
import { unlock } from "./unlock.ts";

const certificate = certificateOf(2000);
const digest = new Uint8Array(32).fill(7);
const opening = selectJpki() + verifyPin("9B") + readCertificate(certificate, "81");
const signing = (response = `${"5A".repeat(256)}9000`): string =>
  computeSignature("9A", sha256DigestInfo(digest), response);

/** An unlocked card that answers `script` behind the opening, and a question for the card that waits until the session has ended. */
async function open(script = "", idleMilliseconds = 10_000) {
  const access = scriptedAccess();
  access.next(opening + script);
  const connection = await access.connect("reader");
  const card: WatchedCard = {
    number: 1,
    connection,
    shortIds: "taken",
    attemptsRemaining: 5,
    certificate: undefined,
    test: false,
  };
  const pin = new PinBytes(somePin("signing"));
  const session = await unlock(card, pin, idleMilliseconds);
  let ended = false;
  const next = connection.transaction(() => Promise.resolve()).then(() => (ended = true));
  return { access, session, pin, next, isEnded: () => ended };
}

describe("an unlocked card", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("gives its certificate and signs, with a PIN that is gone by then", async () => {
    const { access, session, pin } = await open(signing() + signing());
    expect(session.certificate).toEqual(certificate);
    expect(pin.expose().every((octet) => octet === 0)).toBe(true);
    expect(await session.sign([digest, digest])).toHaveLength(2);
    expect(access.remaining()).toBe(0);
    await session.finish();
  });

  it("keeps others away until it is finished, and is of no use then", async () => {
    const { session, next, isEnded } = await open();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(isEnded()).toBe(false);
    await session.finish();
    await next;
    await expect(session.sign([digest])).rejects.toMatchObject({ code: "card-unresponsive" });
    await session.finish();
  });

  it("ends by itself when nobody uses it, counted from the last use", async () => {
    const { session, next, isEnded } = await open(signing());
    await vi.advanceTimersByTimeAsync(9_000);
    await session.sign([digest]);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(isEnded()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await next;
    await expect(session.sign([digest])).rejects.toMatchObject({ code: "card-unresponsive" });
  });

  it.each([
    ["6F42", "StatusWordError"],
    ["6982", "PinRequired"],
  ])("ends when the card answers a signature with %s", async (response, name) => {
    const { session, next, isEnded } = await open(signing() + signing(response));
    await expect(session.sign([digest, digest])).rejects.toMatchObject({ name });
    await next;
    expect(isEnded()).toBe(true);
  });

  it("is left, and others let in, after a wrong PIN", async () => {
    const access = scriptedAccess();
    access.next(selectJpki() + verifyPin("9B", "63C4"));
    const connection = await access.connect("reader");
    const pin = new PinBytes(somePin("signing"));
    const card: WatchedCard = {
      number: 1,
      connection,
      shortIds: "taken",
      attemptsRemaining: 5,
      certificate: undefined,
      test: false,
    };
    await expect(unlock(card, pin, 10_000)).rejects.toMatchObject({ attemptsRemaining: 4 });
    await connection.transaction(() => Promise.resolve());
    expect(pin.expose().every((octet) => octet === 0)).toBe(true);
    expect(access.log).toEqual(["connect reader", "transaction unpower", "transaction leave"]);
  });
});
