import { FAULT_GROUPS, type FaultCode } from "../../shared/errors.ts";
import type { CeremonyRequest } from "../../shared/protocol/ceremony-messages.ts";
import {
  keyOf,
  type CeremonyEffect,
  type CeremonyEvent,
  type CeremonyState,
  type JudgedValidity,
  type Phase,
  type UserAction,
} from "./ceremony-state.ts";
import { endingOf, screenOf } from "./ceremony-screen.ts";
import { judgeValidity, type Validity } from "./certificate-validity.ts";

/** A state and what is to be done on entering it, in order. */
export interface Step {
  readonly state: CeremonyState;
  readonly effects: readonly CeremonyEffect[];
}

type EventOf<Type extends CeremonyEvent["type"]> = Extract<CeremonyEvent, { type: Type }>;

const PIN_ANEW = { name: "pin", lastTryAccepted: false, problem: undefined, lost: false } as const satisfies Phase;

const to = (state: CeremonyState, change: Partial<CeremonyState>, ...effects: readonly CeremonyEffect[]): Step => ({
  state: { ...state, ...change },
  effects,
});
const stay = (state: CeremonyState): Step => ({ state, effects: [] });

/** After these nothing that host, card or page do changes anything. */
const isOver = ({ phase }: CeremonyState): boolean =>
  phase.name === "done" || phase.name === "stopped" || phase.name === "ended";

const stop = (state: CeremonyState, code: FaultCode, date?: number): Step =>
  to(state, { phase: { name: "stopped", code, date } }, { type: "forget-pin" }, { type: "close-host" });

const judged = (validity: Validity | undefined, at: number): JudgedValidity | undefined =>
  validity && { ...validity, verdict: judgeValidity(validity, at) };

/** Stops at a certificate outside its days; `undefined` when it may be used. */
function stopAtValidity(state: CeremonyState, validity: JudgedValidity | undefined): Step | undefined {
  if (validity?.verdict === "expired") return stop(state, "certificate-expired", validity.notAfter);
  if (validity?.verdict === "not-yet-valid") return stop(state, "certificate-not-yet-valid", validity.notBefore);
  return undefined;
}

/** The work that an answer of this attempt belongs to; `undefined` for answers that come too late. */
function workingOn(state: CeremonyState, attempt: number): Extract<Phase, { name: "working" }> | undefined {
  return state.phase.name === "working" && state.attempt === attempt ? state.phase : undefined;
}

function watch({ record }: CeremonyState): readonly CeremonyEffect[] {
  return record ? [{ type: "watch", key: keyOf(record.operation), origin: record.approval.origin }] : [];
}

function request(state: CeremonyState, { request: asked }: { request: CeremonyRequest }): Step {
  if (state.phase.name !== "opening") return stay(state);
  if (asked.operation !== state.record?.operation) return stop(state, "invalid-message");
  const documents = asked.operation === "sign" ? asked.documents : [];
  return to(state, {
    request: asked,
    documents: documents.map(({ name, type, format, packaging, bytes }) => ({
      name,
      type,
      format,
      packaging,
      size: bytes,
    })),
    phase: { name: "review" },
  });
}

function hostFault(state: CeremonyState, code: FaultCode): Step {
  if (isOver(state)) return stay(state);
  const working = state.phase.name === "working";
  return to(
    state,
    {
      host: { status: "fault", code },
      card: undefined,
      ready: undefined,
      ...(working && { phase: { name: "interrupted", code, card: undefined } }),
    },
    { type: "forget-pin" },
    { type: "retry-host" },
  );
}

/** A card's report. What it interrupts is decided by the operation's own answer; what it mends goes on by itself. */
function card(state: CeremonyState, event: EventOf<"card">): Step {
  const { phase } = state;
  const report = event.state;
  if (report.status !== "ready") {
    const ready = report.status === "reading" ? state.ready : undefined;
    const lost = phase.name === "pin" && report.status === "card-none" && state.ready !== undefined;
    return to(state, { card: report, ready, ...(lost && { phase: { ...PIN_ANEW, lost } }) });
  }
  const ready = {
    card: report.card,
    attemptsRemaining: report.attemptsRemaining,
    validity: judged(event.validity, event.at),
  };
  const another = report.card !== (phase.name === "interrupted" ? phase.card : state.ready?.card);
  const goesOn =
    another &&
    (phase.name === "pin" ||
      (phase.name === "interrupted" && (FAULT_GROUPS[phase.code] === "card" || FAULT_GROUPS[phase.code] === "setup")));
  return to(state, { card: report, ready, test: state.test || report.test, ...(goesOn && { phase: PIN_ANEW }) });
}

function submitPin(state: CeremonyState): Step {
  const { ready, request: asked } = state;
  if (screenOf(state) !== "pin" || !ready || !asked) return to(state, {}, { type: "forget-pin" });
  const attempt = state.attempt + 1;
  const late = asked.operation === "authenticate" && asked.challenge === null;
  const work: CeremonyEffect = late
    ? { type: "request-challenge", attempt }
    : asked.operation === "authenticate"
      ? { type: "authenticate", attempt, card: ready.card, challenge: asked.challenge ?? "" }
      : { type: "unlock", attempt, card: ready.card };
  const phase: Phase = { name: "working", step: late ? "challenge" : "card", card: ready.card, seconds: 0, signed: 0 };
  return to(state, { attempt, phase }, work, { type: "time-working", attempt });
}

/** The host, the card or the site said no. Nothing is ever tried again without the resident. */
function refused(state: CeremonyState, { attempt, code, attemptsRemaining }: EventOf<"refused">): Step {
  const working = workingOn(state, attempt);
  if (!working) return stay(state);
  const { ready } = state;
  switch (code) {
    case "pin-incorrect":
    case "pin-blocked": {
      const left = code === "pin-blocked" ? 0 : (attemptsRemaining ?? Math.max(0, (ready?.attemptsRemaining ?? 1) - 1));
      const phase: Phase = { ...PIN_ANEW, problem: "pin.incorrect" };
      // another card may lie there by now: the tries that were told are not its own
      const same = ready?.card === working.card;
      return to(
        state,
        { ...(same && { ready: { ...ready, attemptsRemaining: left } }), phase },
        { type: "forget-pin" },
      );
    }
    case "pin-malformed":
      return to(state, { phase: { ...PIN_ANEW, problem: "pin.malformed" } }, { type: "forget-pin" });
    case "certificate-missing":
    case "certificate-expired":
    case "certificate-not-yet-valid":
      return stop(state, code);
    default:
      return to(state, { phase: { name: "interrupted", code, card: ready?.card } }, { type: "forget-pin" });
  }
}

function retry(state: CeremonyState): Step {
  const { phase, host } = state;
  if (phase.name === "interrupted" && FAULT_GROUPS[phase.code] === "program" && host.status === "open") {
    const anew: Partial<CeremonyState> = { host: { status: "connecting" }, card: undefined, ready: undefined };
    return to(state, { ...anew, phase: PIN_ANEW }, { type: "close-host" }, { type: "open-host" });
  }
  if (phase.name === "interrupted") return to(state, { phase: PIN_ANEW });
  return host.status === "fault" && !isOver(state) ? to(state, {}, { type: "open-host" }) : stay(state);
}

function end(state: CeremonyState, ending: ReturnType<typeof endingOf>): Step {
  const told: readonly CeremonyEffect[] =
    state.phase.name === "done" ? [] : [{ type: "send", message: { type: "end", ending } }];
  return to(
    state,
    { phase: { name: "ended" } },
    ...told,
    { type: "forget-pin" },
    { type: "close-host" },
    { type: "close-window" },
  );
}

function userAction(state: CeremonyState, action: UserAction): Step {
  const { phase } = state;
  switch (action) {
    case "next": {
      const complete = state.documents.every((document) => document.received);
      return screenOf(state) === "review" && complete ? to(state, { phase: PIN_ANEW }) : stay(state);
    }
    case "accept-last-try":
      return phase.name === "pin" ? to(state, { phase: { ...phase, lastTryAccepted: true } }) : stay(state);
    case "pin-submitted":
      return submitPin(state);
    case "retry":
      return retry(state);
    case "cancel":
    case "close":
      return phase.name === "ended" ? stay(state) : end(state, endingOf(state));
    case "other-means":
      return phase.name === "ended" || phase.name === "done" ? stay(state) : end(state, "other-means");
  }
}

/** The result is there: it goes to the page at once, before the resident closes the window. */
function finished(state: CeremonyState, event: EventOf<"authenticated" | "signed">): Step {
  if (!workingOn(state, event.attempt)) return stay(state);
  const validity = judged(event.validity, event.at);
  const message =
    event.type === "authenticated"
      ? { type: "token" as const, token: event.token }
      : { type: "signatures" as const, result: event.result };
  const files = event.type === "signed" ? event.files : [];
  return (
    stopAtValidity(state, validity) ??
    to(
      state,
      { phase: { name: "done", at: event.at, files, validity } },
      { type: "send", message },
      { type: "tell-finished" },
      { type: "close-host" },
    )
  );
}

/** One step of the ceremony: pure, total, and the only place where it is decided what happens next. */
export function step(state: CeremonyState, event: CeremonyEvent): Step {
  switch (event.type) {
    case "record": {
      const known = { ...state, record: event.record };
      if (!event.record) return stop(state, "page-gone");
      return to(known, {}, ...(state.host.status === "open" ? watch(known) : []));
    }
    case "request":
      return request(state, event);
    case "document":
      return to(state, {
        documents: state.documents.map((document, index) =>
          index === event.index ? { ...document, received: event.received } : document,
        ),
      });
    case "host-open":
      if (isOver(state)) return to(state, {}, { type: "close-host" });
      return to(state, { host: { status: "open" }, test: state.test || event.test }, ...watch(state));
    case "host-fault":
      return hostFault(state, event.code);
    case "card":
      return card(state, event);
    case "challenge": {
      const working = workingOn(state, event.attempt);
      if (working?.step !== "challenge") return stay(state);
      const { attempt, challenge } = event;
      return to(
        state,
        { phase: { ...working, step: "card" } },
        { type: "authenticate", attempt, card: working.card, challenge },
      );
    }
    case "unlocked": {
      if (!workingOn(state, event.attempt)) return stay(state);
      const { attempt, certificate, validity } = event;
      return (
        stopAtValidity(state, judged(validity, event.at)) ??
        to(state, {}, { type: "sign", attempt, certificate, validity })
      );
    }
    case "document-signed": {
      const working = workingOn(state, event.attempt);
      return working ? to(state, { phase: { ...working, signed: event.count } }) : stay(state);
    }
    case "authenticated":
    case "signed":
      return finished(state, event);
    case "refused":
      return refused(state, event);
    case "working-for": {
      const working = workingOn(state, event.attempt);
      return working ? to(state, { phase: { ...working, seconds: event.seconds } }) : stay(state);
    }
    case "page-gone":
      if (state.phase.name === "done" || state.phase.name === "ended") return stay(state);
      return to(
        state,
        { phase: { name: "ended" } },
        { type: "forget-pin" },
        { type: "close-host" },
        { type: "close-window" },
      );
    default:
      return userAction(state, event.type);
  }
}
