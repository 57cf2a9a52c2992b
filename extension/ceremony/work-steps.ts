import type { CeremonyEffect, CeremonyState, Phase } from "./ceremony-state.ts";
import { screenOf } from "./ceremony-screen.ts";
import {
  judged,
  PIN_ANEW,
  stay,
  stop,
  stopAtValidity,
  to,
  workingOn,
  type EventOf,
  type Step,
} from "./machine-step.ts";

/** A PIN was typed: the site's late challenge is asked for, or the card is. */
export function submitPin(state: CeremonyState): Step {
  const { ready, request } = state;
  if (screenOf(state) !== "pin" || !ready || !request) return to(state, {}, { type: "forget-pin" });
  const attempt = state.attempt + 1;
  const { card } = ready;
  const given = request.operation === "sign" ? undefined : request.challenge;
  const late = given === null;
  const challenge = given ?? undefined;
  const phase: Phase = { name: "working", step: late ? "challenge" : "card", card, seconds: 0, signed: 0, challenge };
  const next = { ...state, attempt, phase };
  const work: CeremonyEffect = late ? { type: "request-challenge", attempt } : cardWork(next, challenge);
  return to(next, {}, work, { type: "time-working", attempt });
}

/** What the card is asked first. */
function cardWork({ request, attempt, phase }: CeremonyState, challenge: string | undefined): CeremonyEffect {
  const card = phase.name === "working" ? phase.card : 0;
  return request?.operation === "authenticate"
    ? { type: "authenticate", attempt, card, challenge: challenge ?? "" }
    : { type: "unlock", attempt, card };
}

/** The site's late challenge is there. */
export function challengeHeard(state: CeremonyState, { attempt, challenge }: EventOf<"challenge">): Step {
  const working = workingOn(state, attempt);
  if (working?.step !== "challenge") return stay(state);
  return to(state, { phase: { ...working, step: "card", challenge } }, cardWork(state, challenge));
}

/** The signing key may be used, and the certificate is known at last. */
export function unlocked(state: CeremonyState, { attempt, certificate, validity, at }: EventOf<"unlocked">): Step {
  const working = workingOn(state, attempt);
  if (!working) return stay(state);
  const type = state.request?.operation === "readAttributes" ? "read-attributes" : "sign";
  const { challenge } = working;
  return (
    stopAtValidity(state, judged(validity, at)) ?? to(state, {}, { type, attempt, certificate, validity, challenge })
  );
}

/** Nothing more is asked of the card: it may go while timestamps are fetched and files are finished. */
export function cardSigned(state: CeremonyState, { attempt, timestamps }: EventOf<"card-signed">): Step {
  const working = workingOn(state, attempt);
  if (!working) return stay(state);
  return to(
    state,
    { phase: { ...working, ...(timestamps && { step: "timestamp" }) } },
    { type: "close-host" },
    { type: "finish-files", attempt },
  );
}

/** The signatures are kept, and nothing is handed out without its timestamp. */
export function timestampRefused(state: CeremonyState, { attempt }: EventOf<"timestamp-refused">): Step {
  const working = workingOn(state, attempt);
  return working ? to(state, { phase: { name: "timestamp-lacking", working } }) : stay(state);
}

/** Asks for the timestamps once more, with a new attempt so that late answers to the first are told apart. */
export function retryTimestamp(state: CeremonyState): Step {
  const { phase } = state;
  if (phase.name !== "timestamp-lacking") return stay(state);
  const attempt = state.attempt + 1;
  return to(
    state,
    { attempt, phase: { ...phase.working, seconds: 0 } },
    { type: "finish-files", attempt },
    { type: "time-working", attempt },
  );
}

/** The result is there: it goes to the page at once, before the resident closes the window. */
export function finished(state: CeremonyState, event: EventOf<"authenticated" | "signed" | "attributes-read">): Step {
  if (!workingOn(state, event.attempt)) return stay(state);
  const validity = judged(event.validity, event.at);
  const { files, unsigned, broken } = event.type === "signed" ? event : { files: [], unsigned: [], broken: undefined };
  const attributes = event.type === "attributes-read" ? event.attributes : undefined;
  return (
    stopAtValidity(state, validity) ??
    to(
      state,
      { phase: { name: "done", at: event.at, files, unsigned, broken, attributes, validity } },
      deliver(event),
      { type: "tell-finished" },
      { type: "close-host" },
    )
  );
}

function deliver(event: EventOf<"authenticated" | "signed" | "attributes-read">): CeremonyEffect {
  switch (event.type) {
    case "authenticated":
      return { type: "send", message: { type: "token", token: event.token } };
    case "attributes-read":
      return { type: "send", message: { type: "attributes", result: event.attributes } };
    case "signed":
      return { type: "deliver", files: event.files, result: event.result };
  }
}

/** The host, the card or the site said no. Nothing is ever tried again without the resident. */
export function refused(state: CeremonyState, { attempt, code, attemptsRemaining }: EventOf<"refused">): Step {
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
