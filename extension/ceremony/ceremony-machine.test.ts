import { describe, expect, it } from "vitest";
import { FAULT_CODES, FAULT_ENDINGS, type FaultCode } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/limits.ts";
import { step } from "./ceremony-machine.ts";
import { dockOf, endingOf, faultDateOf, faultOf, screenOf } from "./ceremony-screen.ts";
import { INITIAL_STATE, type CeremonyEvent, type CeremonyState } from "./ceremony-state.ts";
import { DAY, LOGIN, NOW, ready, RECORD, SIGN, SIGNED, TOKEN, VALIDITY } from "../../tests/ceremony/ceremony-events.ts";

import { types, walk } from "../../tests/ceremony/walk.ts";

const toReview = [...LOGIN, ready(1, 3)];
const toPin: CeremonyEvent[] = [...toReview, { type: "next" }];
const toWork: CeremonyEvent[] = [...toPin, { type: "pin-submitted" }];
const toSignPin: CeremonyEvent[] = [...SIGN, ready(1, 5), { type: "next" }];
const toSignWork: CeremonyEvent[] = [...toSignPin, { type: "pin-submitted" }];
const no = (code: FaultCode, attemptsRemaining?: number): CeremonyEvent => ({
  type: "refused",
  attempt: 1,
  code,
  attemptsRemaining,
});

describe("a login", () => {
  it("goes from review to PIN to work to done", () => {
    expect(walk().screen).toBe("opening");
    expect(walk(...LOGIN).screen).toBe("review");
    expect(walk(...toPin).screen).toBe("pin");
    expect(walk(...toWork)).toMatchObject({
      screen: "working",
      effects: [{ type: "request-challenge" }, { type: "time-working" }],
    });
    const challenge: CeremonyEvent = { type: "challenge", attempt: 1, challenge: "c" };
    expect(walk(...toWork, challenge).effects).toEqual([{ type: "authenticate", attempt: 1, card: 1, challenge: "c" }]);
    const done = walk(...toWork, challenge, {
      type: "authenticated",
      attempt: 1,
      token: TOKEN,
      validity: VALIDITY,
      at: NOW,
    });
    expect(done).toMatchObject({
      screen: "done",
      effects: [
        { type: "send", message: { type: "token", token: TOKEN } },
        { type: "tell-finished" },
        { type: "close-host" },
      ],
    });
    expect(types(step(done.state, { type: "close" }).effects)).toEqual(["forget-pin", "close-host", "close-window"]);
  });

  it("watches as soon as both record and host are there, whichever comes first", () => {
    const watching = { type: "watch", key: "authentication", origin: RECORD.approval.origin };
    const record: CeremonyEvent = { type: "record", record: RECORD };
    const open: CeremonyEvent = { type: "host-open", test: true };
    expect(walk(record, open).effects).toContainEqual(watching);
    expect(walk(open, record).effects).toContainEqual(watching);
  });

  it("sends a challenge that came with the request at once", () => {
    const early = LOGIN.map((event) =>
      event.type === "request"
        ? { ...event, request: { operation: "authenticate" as const, challenge: "early" } }
        : event,
    );
    const { effects } = walk(...early, ready(1, 3), { type: "next" }, { type: "pin-submitted" });
    expect(effects[0]).toEqual({ type: "authenticate", attempt: 1, card: 1, challenge: "early" });
  });

  it.each(["challenge-failed", "challenge-malformed"] as const)(
    "spends no try when the challenge is not there: %s",
    (code) => {
      const failed = walk(...toWork, no(code));
      expect(failed).toMatchObject({ screen: code, effects: [{ type: "forget-pin" }] });
      expect(screenOf(step(failed.state, { type: "retry" }).state)).toBe("pin");
    },
  );

  it("stops before the PIN at a certificate outside its days, and goes on with another card", () => {
    const expired = walk(...LOGIN, ready(1, 3, { ...VALIDITY, notAfter: NOW - DAY }));
    expect(expired.screen).toBe("certificate-expired");
    expect(faultDateOf(expired.state, "certificate-expired")).toBe(NOW - DAY);
    expect(screenOf(step(expired.state, ready(2, 3)).state)).toBe("review");
    const early = walk(...LOGIN, ready(1, 3, { ...VALIDITY, notBefore: NOW + DAY }));
    expect([early.screen, faultDateOf(early.state, "certificate-not-yet-valid")]).toEqual([
      "certificate-not-yet-valid",
      NOW + DAY,
    ]);
  });

  it("hands on nothing made with an expired certificate that showed only after the PIN", () => {
    const token: CeremonyEvent = {
      type: "authenticated",
      attempt: 1,
      token: TOKEN,
      validity: { ...VALIDITY, notAfter: NOW - DAY },
      at: NOW,
    };
    const late = walk(...toWork, { type: "challenge", attempt: 1, challenge: "c" }, token);
    expect(late).toMatchObject({
      screen: "certificate-expired",
      effects: [{ type: "forget-pin" }, { type: "close-host" }],
    });
  });
});

const UNLOCKED: CeremonyEvent = {
  type: "unlocked",
  attempt: 1,
  certificate: Uint8Array.of(1),
  validity: VALIDITY,
  at: NOW,
};
const CARD_SIGNED: CeremonyEvent = { type: "card-signed", attempt: 1, timestamps: false };

describe("a signature", () => {
  it("waits until the document can be signed, then goes from review to PIN to unlock to sign to files to done", () => {
    for (const missing of ["document", "document-opened"]) {
      const incomplete = SIGN.filter((event) => event.type !== missing);
      expect(walk(...incomplete, ready(1, 5), { type: "next" }).screen).toBe(missing === "document" ? "pin" : "review");
    }
    expect(walk(...toSignWork).effects[0]).toEqual({ type: "unlock", attempt: 1, card: 1 });
    const { certificate } = UNLOCKED;
    expect(walk(...toSignWork, UNLOCKED).effects).toEqual([
      { type: "sign", attempt: 1, certificate, validity: VALIDITY, challenge: undefined },
    ]);
    const counted = walk(...toSignWork, UNLOCKED, { type: "document-signed", attempt: 1, count: 1 });
    expect(counted.state.phase).toMatchObject({ signed: 1 });
    const left = step(counted.state, CARD_SIGNED);
    expect([screenOf(left.state), types(left.effects)]).toEqual(["working", ["close-host", "finish-files"]]);
    const done = step(left.state, SIGNED);
    expect(screenOf(done.state)).toBe("done");
    expect(types(done.effects)).toEqual(["deliver", "tell-finished", "close-host"]);
  });

  it("stops at an expired certificate, which only the unlocked card shows, and signs nothing", () => {
    const validity = { ...VALIDITY, notAfter: NOW - DAY };
    const expired = walk(...toSignWork, { ...UNLOCKED, validity });
    expect(expired.screen).toBe("certificate-expired");
    expect(types(expired.effects)).not.toContain("sign");
  });

  it("whose card is gone after it has signed is finished all the same", () => {
    const left = walk(...toSignWork, UNLOCKED, CARD_SIGNED, {
      type: "card",
      state: { status: "card-none" },
      validity: undefined,
      at: NOW,
    });
    expect(left.screen).toBe("working");
    expect(screenOf(step(left.state, SIGNED).state)).toBe("done");
  });

  it("keeps what the card signed while a timestamp is lacking, and tells late answers to the first try apart", () => {
    const stamping = walk(...toSignWork, UNLOCKED, { ...CARD_SIGNED, timestamps: true });
    expect(stamping.state.phase).toMatchObject({ name: "working", step: "timestamp" });
    const lacking = step(stamping.state, { type: "timestamp-refused", attempt: 1 }).state;
    expect([screenOf(lacking), endingOf(lacking)]).toEqual(["timestamp-failed", "dismissed"]);
    const again = step(lacking, { type: "retry" });
    expect(types(again.effects)).toEqual(["finish-files", "time-working"]);
    expect(screenOf(step(again.state, SIGNED).state)).toBe("working");
    expect(screenOf(step(again.state, { ...SIGNED, attempt: 2 }).state)).toBe("done");
  });

  it("of a document that can't be signed ends for the page at once, and stays for its reader", () => {
    const refused = walk(...SIGN, { type: "document-refused", index: 0, code: "document-locked", detail: "encrypted" });
    expect([refused.screen, refused.state.phase]).toMatchObject([
      "document-locked",
      { document: 0, detail: "encrypted" },
    ]);
    expect(refused.effects).toContainEqual({ type: "send", message: { type: "refused", ending: "unsupported" } });
    expect(types(refused.effects)).toContain("tell-finished");
    expect(step(refused.state, { type: "page-gone" })).toEqual({ state: refused.state, effects: [] });
    expect(types(step(refused.state, { type: "close" }).effects)).not.toContain("send");
  });

  it.each<[string, object]>([
    ["a document that no format takes", { format: "asic" }],
    ["a digest that the approval does not allow", { format: "pkcs1", digest: new ArrayBuffer(32) }],
  ])("stops at %s, which the bridge would not have let through", (_name, difference) => {
    const approval = { ...RECORD.approval, blindSigning: false };
    const record: CeremonyEvent = { type: "record", record: { ...RECORD, operation: "sign", approval } };
    const documents = [{ name: "n", type: "", bytes: 0, ...difference }];
    const request: CeremonyEvent = { type: "request", request: { operation: "sign", timestamp: false, documents } };
    expect(walk(record, request).screen).toBe("invalid-message");
  });

  it.each([
    ["one that its format needs as a whole", [{ format: "pades", bytes: LIMITS.shownDocumentBytes + 1 }]],
    ["several that are held together", Array<object>(3).fill({ format: "jws", bytes: LIMITS.shownDocumentBytes })],
  ])("refuses documents that are too large: %s", (_, differences) => {
    const [record, open] = SIGN;
    const documents = differences.map((difference) => ({ name: "n", type: "", bytes: 0, ...difference }));
    const request: CeremonyEvent = { type: "request", request: { operation: "sign", timestamp: false, documents } };
    expect(record && open && walk(record, open, request).screen).toBe("document-unsupported");
  });
});

describe("the PIN", () => {
  it("wrong keeps the resident on the field with the tries left", () => {
    const wrong = walk(...toWork, no("pin-incorrect", 2));
    expect(wrong).toMatchObject({
      screen: "pin",
      effects: [{ type: "forget-pin" }],
      state: { ready: { attemptsRemaining: 2 } },
    });
    expect(step(wrong.state, ready(1, 2)).state.phase).toMatchObject({ name: "pin", problem: "pin.incorrect" });
  });

  it("with one try left asks for an explicit yes, each time anew", () => {
    const last = walk(...LOGIN, ready(1, 1), { type: "next" });
    expect(last.screen).toBe("last-try");
    expect(types(step(last.state, { type: "pin-submitted" }).effects)).toEqual(["forget-pin"]);
    const accepted = step(last.state, { type: "accept-last-try" }).state;
    expect(screenOf(accepted)).toBe("pin");
    expect(screenOf(step(accepted, ready(2, 1)).state)).toBe("last-try");
    expect(walk(...toWork, no("pin-incorrect", 1)).screen).toBe("last-try");
  });

  it.each([
    ["at once", [...LOGIN, ready(1, 0)]],
    ["by the last wrong one", [...toWork, no("pin-incorrect", 0)]],
    ["by the card's word", [...toWork, no("pin-blocked")]],
  ])("blocked shows the way out %s, until another card comes", (_, events) => {
    const blocked = walk(...events);
    expect(blocked.screen).toBe("pin-blocked");
    expect(["review", "pin"]).toContain(screenOf(step(blocked.state, ready(2, 3)).state));
  });

  it("counts down by itself where the host gives no number", () => {
    expect(walk(...toWork, no("pin-incorrect")).state.ready?.attemptsRemaining).toBe(2);
  });

  it("malformed spends nothing and stays on the field", () => {
    const malformed = walk(...toWork, no("pin-malformed"));
    expect(malformed.state.phase).toMatchObject({ name: "pin", problem: "pin.malformed" });
  });
});

describe("an end", () => {
  it.each(["cancel", "close"] as const)("%s tells the page how, then closes", (type) => {
    expect(walk(...toPin, { type }).effects[0]).toEqual({
      type: "send",
      message: { type: "end", ending: "dismissed" },
    });
    const missing = walk(...LOGIN, { type: "host-fault", code: "host-missing" }, { type });
    expect(missing.effects[0]).toEqual({ type: "send", message: { type: "end", ending: "failed" } });
    expect(types(missing.effects)).toContain("close-window");
  });

  it("other means is its own word to the page", () => {
    expect(walk(...toPin, { type: "other-means" }).effects[0]).toEqual({
      type: "send",
      message: { type: "end", ending: "other-means" },
    });
  });

  it("the page's end closes the window, except when its result is there", () => {
    expect(types(walk(...toWork, { type: "page-gone" }).effects)).toEqual(["forget-pin", "close-host", "close-window"]);
    const done = walk(...toSignWork, UNLOCKED, SIGNED);
    expect(step(done.state, { type: "page-gone" })).toEqual({ state: done.state, effects: [] });
  });

  it("a window without a record, or with another request than the record's, stops", () => {
    expect(walk({ type: "record", record: undefined }).screen).toBe("page-gone");
    const record: CeremonyEvent = { type: "record", record: { ...RECORD, operation: "sign" } };
    expect(walk(record, { type: "request", request: { operation: "authenticate", challenge: null } }).screen).toBe(
      "invalid-message",
    );
  });

  it.each(FAULT_CODES)("%s as a stopping screen has its ending and a line in the dock", (code) => {
    const state: CeremonyState = { ...INITIAL_STATE, phase: { name: "stopped", code, date: 5 } };
    expect([faultOf(screenOf(state)), endingOf(state), faultDateOf(state, code)]).toEqual([
      code,
      FAULT_ENDINGS[code],
      5,
    ]);
    expect(dockOf(state).text).toMatch(/^status\./);
  });
});
