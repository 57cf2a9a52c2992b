import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAULT_CODES, FAULT_GROUPS, type FaultCode } from "../../shared/errors.ts";
import { LOGIN, NOW, ready, SIGN, SIGNED } from "../../tests/ceremony/ceremony-events.ts";
import { step } from "./ceremony-machine.ts";
import { cardStatusOf, endingOf, screenOf } from "./ceremony-screen.ts";
import { INITIAL_STATE, type CeremonyEvent } from "./ceremony-state.ts";
import { types, walk } from "../../tests/ceremony/walk.ts";

const toReview = [...LOGIN, ready(1, 3)];
const toPin: CeremonyEvent[] = [...toReview, { type: "next" }];
const toWork: CeremonyEvent[] = [...toPin, { type: "pin-submitted" }];
const no = (code: FaultCode, attemptsRemaining?: number): CeremonyEvent => ({
  type: "refused",
  attempt: 1,
  code,
  attemptsRemaining,
});

describe("host, reader and card", () => {
  const SETUP = FAULT_CODES.filter(
    (code) => FAULT_GROUPS[code] === "setup" && !["pcsc-unavailable", "reader-none"].includes(code),
  );

  it.each([...SETUP, "caller-refused"] as const)(
    "%s shows at every step, is retried, and goes on when mended",
    (code) => {
      for (const before of [LOGIN, toReview, toPin]) {
        const broken = walk(...before, { type: "host-fault", code });
        expect(broken.screen).toBe(code);
        expect(types(broken.effects)).toContain("retry-host");
        expect(endingOf(broken.state)).toBe("failed");
        const mended = [{ type: "host-open", test: false } as const, ready(1, 3)].reduce(
          (state, event) => step(state, event).state,
          broken.state,
        );
        expect(["review", "pin"]).toContain(screenOf(mended));
      }
    },
  );

  it.each([
    "pcsc-unavailable",
    "reader-none",
    "card-unsupported",
    "card-unresponsive",
    "card-busy",
    "certificate-missing",
  ] as const)("%s shows at review and PIN, and goes on by itself", (status) => {
    const report: CeremonyEvent = { type: "card", state: { status }, validity: undefined, at: NOW };
    for (const before of [toReview, toPin]) {
      const broken = walk(...before, report);
      expect([broken.screen, cardStatusOf(broken.state)]).toEqual([status, status]);
      expect(["review", "pin"]).toContain(screenOf(step(broken.state, ready(2, 3)).state));
    }
  });

  it("a card that is not there yet is part of the review, and awaited after it", () => {
    const none: CeremonyEvent = { type: "card", state: { status: "card-none" }, validity: undefined, at: NOW };
    expect(walk(...LOGIN, none).screen).toBe("review");
    const waiting = walk(...LOGIN, none, { type: "next" });
    expect(waiting.screen).toBe("card-none");
    expect(screenOf(step(waiting.state, ready(1, 3)).state)).toBe("pin");
  });

  it("a card taken away before the PIN says so, and the PIN starts anew when it is back", () => {
    const gone = walk(...toPin, { type: "card", state: { status: "card-none" }, validity: undefined, at: NOW });
    expect(gone.screen).toBe("card-removed");
    expect(screenOf(step(gone.state, ready(2, 3)).state)).toBe("pin");
  });

  it("a card that is only being read again does not disturb who is typing", () => {
    const reading: CeremonyEvent = { type: "card", state: { status: "reading" }, validity: undefined, at: NOW };
    expect(walk(...toPin, reading).screen).toBe("pin");
    expect(walk(...toPin, reading, ready(1, 3)).screen).toBe("pin");
  });

  it.each(["card-removed", "card-unresponsive", "host-stopped"] as const)(
    "%s in the work asks again when the card is back",
    (code) => {
      const broken = walk(...toWork, no(code));
      expect(broken.screen).toBe(code);
      expect(screenOf(step(broken.state, ready(1, 3)).state)).toBe(code);
      expect(screenOf(step(broken.state, ready(2, 3)).state)).toBe("pin");
      expect(screenOf(step(broken.state, { type: "retry" }).state)).toBe("pin");
    },
  );

  it("a host that dies in the work interrupts it, and its late answers count for nothing", () => {
    const died = walk(...toWork, { type: "host-fault", code: "host-stopped" });
    expect(died.screen).toBe("host-stopped");
    expect(step(died.state, no("pin-incorrect", 0)).state).toEqual(died.state);
    const back = step(step(died.state, { type: "host-open", test: false }).state, ready(1, 3)).state;
    expect(screenOf(back)).toBe("pin");
  });

  it.each(["invalid-message", "unknown-method", "message-too-large", "busy", "internal"] as const)(
    "%s starts another host on retry",
    (code) => {
      const broken = walk(...toWork, no(code));
      expect(broken.screen).toBe(code);
      expect(types(step(broken.state, { type: "retry" }).effects)).toEqual(["close-host", "open-host"]);
    },
  );

  it("retry looks for a missing host at once", () => {
    const missing = walk(...LOGIN, { type: "host-fault", code: "host-missing" }, { type: "retry" });
    expect(missing).toMatchObject({ screen: "host-missing", effects: [{ type: "open-host" }] });
  });

  it("a test card marks the window from then on", () => {
    expect(walk({ type: "host-open", test: true }).state.test).toBe(true);
    const card = ready(1, 3);
    const test: CeremonyEvent = { ...card, state: { ...card.state, test: true } as never };
    expect(walk(...LOGIN, test, ready(2, 3)).state.test).toBe(true);
  });
});

describe("whatever happens", () => {
  const cardStates = [
    "pcsc-unavailable",
    "reader-none",
    "card-none",
    "reading",
    "card-busy",
    "card-unsupported",
  ] as const;
  const anyEvent: fc.Arbitrary<CeremonyEvent> = fc.oneof(
    fc.constantFrom<CeremonyEvent>(...LOGIN, ...SIGN, SIGNED, { type: "record", record: undefined }),
    fc.constantFrom("next", "accept-last-try", "pin-submitted", "retry", "page-gone").map((type) => ({ type })),
    fc.record({ card: fc.nat(3), tries: fc.nat(3) }).map(({ card, tries }) => ready(card, tries)),
    fc
      .constantFrom(...cardStates)
      .map((status) => ({ type: "card" as const, state: { status }, validity: undefined, at: NOW })),
    fc.constantFrom(...FAULT_CODES).map((code) => ({ type: "host-fault" as const, code })),
    fc
      .record({ attempt: fc.nat(3), code: fc.constantFrom(...FAULT_CODES) })
      .map((event) => ({ type: "refused" as const, attemptsRemaining: undefined, ...event })),
    fc.nat(3).map((attempt) => ({ type: "challenge" as const, attempt, challenge: "c" })),
  );

  it("one submitted PIN reaches the card at most once, only from the PIN screen, never with a blocked card", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let state = INITIAL_STATE;
        const used = new Set<number>();
        for (const event of events) {
          const before = screenOf(state);
          const next = step(state, event);
          for (const effect of next.effects) {
            if (effect.type !== "authenticate" && effect.type !== "unlock") continue;
            expect(used.has(effect.attempt)).toBe(false);
            used.add(effect.attempt);
            expect(["pin-submitted", "challenge"]).toContain(event.type);
            if (event.type === "pin-submitted") expect(before).toBe("pin");
          }
          if (event.type === "pin-submitted" && before === "pin")
            expect(state.ready?.attemptsRemaining).toBeGreaterThan(0);
          if (before === "working" && screenOf(next.state) !== "working" && screenOf(next.state) !== "done") {
            expect(types(next.effects)).toContain("forget-pin");
          }
          state = next.state;
        }
      }),
    );
  });
});
