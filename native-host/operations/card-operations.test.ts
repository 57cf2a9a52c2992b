import { describe, expect, it } from "vitest";
import type { CardState, HostError, HostMethod, HostParams } from "../../shared/protocol/host-messages.ts";
import { PinBytes } from "../../shared/protocol/pin-frame.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";
import {
  certificateOf,
  computeSignature,
  exchange,
  query,
  readCertificate,
  selectJpki,
  somePin,
  verifyPin,
} from "../../tests/support/card-script.ts";
import { oneReader, scriptedAccess } from "../../tests/support/scripted-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { createCardOperations } from "./card-operations.ts";
import { loginInput } from "./login-input.ts";

const ORIGIN = "https://forms.example.go.jp";
const CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
const certificate = certificateOf(300);
const login = selectJpki() + query("98", "63C3") + readCertificate(certificate, "8A");
const signing =
  selectJpki() + query("9B", "63C5") + exchange("00B0810000", "6982") + exchange("00B0820000", "308201009000");

/** A ceremony on a card that answers `script`, `again` after it was asked anew. */
async function begin(key: KeyName, script: string, ...again: string[]) {
  const access = scriptedAccess();
  const log: (CardState | { answer: object } | { refuse: HostError })[] = [];
  const ceremony = createCardOperations({
    openAccess: () => Promise.resolve(access),
    virtual: false,
    emit: (state) => void log.push(state),
    wait: () => new Promise(() => undefined),
  });
  const call = async <M extends HostMethod>(method: M, params: HostParams<M>, pin?: PinBytes): Promise<unknown> => {
    const begun = log.length;
    const answered = {
      pin,
      answer: (answer: object) => void log.push({ answer }),
      refuse: (refuse: HostError) => void log.push({ refuse }),
    };
    try {
      await ceremony.operations[method](params as never, answered as never);
    } catch (error) {
      return String(error);
    }
    return log.slice(begun).find((entry) => "answer" in entry || "refuse" in entry);
  };
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
  await call("watch", { key, origin: ORIGIN });
  access.next(script, ...again);
  access.report(oneReader("present"));
  await settle();
  return { access, log, call, close: () => ceremony.close(), settle };
}

const authenticate = { card: 1, challenge: CHALLENGE };
const newPin = (key: KeyName = "authentication"): PinBytes => new PinBytes(somePin(key));

describe("the order of a ceremony", () => {
  it("begins with watch, once", async () => {
    const { call } = await begin("authentication", login);
    expect(await call("watch", { key: "signing", origin: ORIGIN })).toContain("invalid-message");
  });

  it.each([
    ["authentication", "unlock", { card: 1 }],
    ["signing", "authenticate", authenticate],
    ["signing", "sign", { digests: [CHALLENGE] }],
  ] satisfies [KeyName, HostMethod, object][])("with the %s key has no %s now", async (key, method, params) => {
    const { access, call } = await begin(key, key === "signing" ? signing : login);
    const before = access.log.length;
    expect(await call(method, params as never, newPin())).toEqual({ refuse: { code: "invalid-message" } });
    expect(access.log).toHaveLength(before);
  });

  it("refuses what is no SHA-256 digest before the card sees it", async () => {
    const { call } = await begin("signing", signing);
    expect(await call("sign", { digests: [CHALLENGE, "AAAA"] })).toEqual({ refuse: { code: "invalid-message" } });
  });

  it("takes finish at any time", async () => {
    const { call } = await begin("signing", signing);
    expect(await call("finish", {})).toEqual({ answer: {} });
  });

  it("ends at once where no card service can be opened", async () => {
    const { operations } = createCardOperations({
      openAccess: () => Promise.reject(new SmartCardError("service-unavailable")),
      virtual: false,
      emit: () => undefined,
      wait: () => Promise.resolve(),
    });
    const call = { pin: undefined, answer: () => undefined, refuse: () => undefined };
    await expect(operations.watch({ key: "signing", origin: ORIGIN }, call)).rejects.toMatchObject({
      fault: "service-unavailable",
    });
  });
});

describe("authenticate", () => {
  const afterPin = (verify: string): string => selectJpki() + verifyPin("98", verify);
  const signature = computeSignature("97", loginInput(ORIGIN, CHALLENGE), `${"5A".repeat(256)}9000`);

  it("answers with certificate and signature, and nothing is left", async () => {
    const { access, call, close } = await begin("authentication", login + afterPin("9000") + signature);
    expect(await call("authenticate", authenticate, newPin())).toEqual({
      answer: {
        algorithm: "RS256",
        certificate: Buffer.from(certificate).toString("base64"),
        signature: Buffer.alloc(256, 0x5a).toString("base64"),
      },
    });
    expect(access.remaining()).toBe(0);
    await close();
    expect(access.log.slice(-3)).toEqual(["transaction unpower", "close leave", "close access"]);
  });

  it("answers a wrong PIN first, and reports the card with its tries behind it", async () => {
    const { log, call } = await begin("authentication", login + afterPin("63C1"));
    await call("authenticate", authenticate, newPin());
    expect(log.slice(-2)).toMatchObject([
      { refuse: { code: "pin-incorrect", attemptsRemaining: 1 } },
      { status: "ready", card: 1, attemptsRemaining: 1 },
    ]);
  });

  it("reports a card that is blocked now", async () => {
    const { log, call } = await begin("authentication", login + afterPin("6984"));
    await call("authenticate", authenticate, newPin());
    expect(log.slice(-2)).toMatchObject([
      { refuse: { code: "pin-blocked" } },
      { status: "ready", attemptsRemaining: 0 },
    ]);
  });

  it.each([
    ["! card-removed", "card-removed"],
    ["! card-reset", "card-unresponsive"],
    ["! communication", "card-unresponsive"],
    ["< 6F42", "card-unresponsive"],
  ])("never presents a PIN again after %s in VERIFY, and asks the card anew", async (outcome, code) => {
    const broken = `${selectJpki()}> 00200098[masked]\n${outcome}\n`;
    const { access, log, call, settle } = await begin("authentication", login + broken, login);
    const pin = newPin();
    expect(await call("authenticate", authenticate, pin)).toEqual({ refuse: { code } });
    await settle();
    expect(pin.expose().every((octet) => octet === 0)).toBe(true);
    expect(log.at(-1)).toMatchObject({ status: "ready", card: 2, attemptsRemaining: 3 });
    expect(access.remaining()).toBe(0);
    expect(await call("authenticate", authenticate, newPin())).toEqual({ refuse: { code: "card-changed" } });
  });

  it("presents no PIN where the application is gone", async () => {
    const { access, call } = await begin("authentication", login + selectJpki("6A82"));
    expect(await call("authenticate", authenticate, newPin())).toEqual({ refuse: { code: "card-unsupported" } });
    expect(access.remaining()).toBe(0);
  });

  it("refuses without any exchange when the card was taken out", async () => {
    const { access, call, settle } = await begin("authentication", login);
    access.report(oneReader("absent"));
    await settle();
    const before = access.log.length;
    expect(await call("authenticate", authenticate, newPin())).toEqual({ refuse: { code: "card-removed" } });
    expect(access.log).toHaveLength(before);
  });
});

describe("signing", () => {
  const unlocking = selectJpki() + verifyPin("9B") + readCertificate(certificate, "81");

  it("ends with the card: nobody waits for a session that can't sign", async () => {
    const { access, call, settle } = await begin("signing", signing + unlocking);
    await call("unlock", { card: 1 }, newPin("signing"));
    access.report(oneReader("absent"));
    await settle();
    expect(access.log.at(-1)).toBe("close leave");
    expect(await call("sign", { digests: [CHALLENGE] })).toEqual({ refuse: { code: "card-removed" } });
  });

  it("can be begun again, which ends the session before", async () => {
    const { access, call } = await begin("signing", signing + unlocking + unlocking);
    await call("unlock", { card: 1 }, newPin("signing"));
    expect(await call("unlock", { card: 1 }, newPin("signing"))).toMatchObject({ answer: {} });
    expect(access.log.filter((line) => line === "transaction unpower")).toHaveLength(3);
  });

  it("is over when the host ends", async () => {
    const { access, call, close } = await begin("signing", signing + unlocking);
    await call("unlock", { card: 1 }, newPin("signing"));
    await close();
    expect(access.log.slice(-2)).toEqual(["close leave", "close access"]);
  });
});
