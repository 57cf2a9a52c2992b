import { FAULT_GROUPS, type FaultCode } from "../../shared/errors.ts";
import {
  keyOf,
  type CeremonyEffect,
  type CeremonyEvent,
  type CeremonyState,
  type UserAction,
} from "./ceremony-state.ts";
import { endingOf, screenOf } from "./ceremony-screen.ts";
import {
  canGoOn,
  documentOpened,
  documentProgress,
  documentReceived,
  isList,
  refuseDocument,
  request,
  showDocument,
  tickDocument,
} from "./document-steps.ts";
import { isOver, judged, PIN_ANEW, stay, stop, to, workingOn, type EventOf, type Step } from "./machine-step.ts";
import {
  cardSigned,
  challengeHeard,
  finished,
  refused,
  retryTimestamp,
  submitPin,
  timestampRefused,
  unlocked,
} from "./work-steps.ts";

function watch({ record }: CeremonyState): readonly CeremonyEffect[] {
  return record ? [{ type: "watch", key: keyOf(record.operation), origin: record.approval.origin }] : [];
}

function hostFault(state: CeremonyState, code: FaultCode): Step {
  if (isOver(state)) return stay(state);
  const working = state.phase.name === "working";
  // what is signed already is not lost: the work's own answer follows, and tells what broke it off
  if (state.phase.name === "working" && state.phase.signed > 0) {
    return to(state, { host: { status: "fault", code }, card: undefined, ready: undefined });
  }
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

function retry(state: CeremonyState): Step {
  const { phase, host } = state;
  if (phase.name === "interrupted" && FAULT_GROUPS[phase.code] === "program" && host.status === "open") {
    const anew: Partial<CeremonyState> = { host: { status: "connecting" }, card: undefined, ready: undefined };
    return to(state, { ...anew, phase: PIN_ANEW }, { type: "close-host" }, { type: "open-host" });
  }
  if (phase.name === "interrupted") return to(state, { phase: PIN_ANEW });
  if (phase.name === "timestamp-lacking") return retryTimestamp(state);
  return host.status === "fault" && !isOver(state) ? to(state, {}, { type: "open-host" }) : stay(state);
}

/** The page has its answer; the window is there for the resident alone. */
const isTold = ({ phase }: CeremonyState): boolean =>
  phase.name === "done" || (phase.name === "stopped" && phase.document !== undefined);

function end(state: CeremonyState, ending: ReturnType<typeof endingOf>): Step {
  const told: readonly CeremonyEffect[] = isTold(state) ? [] : [{ type: "send", message: { type: "end", ending } }];
  return to(
    state,
    { phase: { name: "ended" } },
    ...told,
    { type: "forget-pin" },
    { type: "close-host" },
    { type: "close-window" },
  );
}

/** On to the PIN; a single document is taken along by that alone. */
function next(state: CeremonyState): Step {
  if (screenOf(state) !== "review" || !canGoOn(state)) return stay(state);
  const documents = isList(state)
    ? state.documents
    : state.documents.map((document) => ({ ...document, ticked: true }));
  return to(state, { documents, phase: PIN_ANEW });
}

function userAction(state: CeremonyState, action: UserAction): Step {
  const { phase } = state;
  switch (action) {
    case "next":
      return next(state);
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
    case "document-progress":
      return documentProgress(state, event);
    case "document":
      return isOver(state) ? stay(state) : documentReceived(state, event);
    case "document-opened":
      return documentOpened(state, event);
    case "document-refused":
      return refuseDocument(state, event.index, event.code, event.detail);
    case "show-document":
      return showDocument(state, event);
    case "tick-document":
      return tickDocument(state, event);
    case "host-open":
      if (isOver(state)) return to(state, {}, { type: "close-host" });
      return to(state, { host: { status: "open" }, test: state.test || event.test }, ...watch(state));
    case "host-fault":
      return hostFault(state, event.code);
    case "card":
      return card(state, event);
    case "challenge":
      return challengeHeard(state, event);
    case "unlocked":
      return unlocked(state, event);
    case "card-signed":
      return cardSigned(state, event);
    case "timestamp-refused":
      return timestampRefused(state, event);
    case "document-signed": {
      const working = workingOn(state, event.attempt);
      return working ? to(state, { phase: { ...working, signed: event.count } }) : stay(state);
    }
    case "authenticated":
    case "signed":
    case "attributes-read":
      return finished(state, event);
    case "refused":
      return refused(state, event);
    case "working-for": {
      const working = workingOn(state, event.attempt);
      return working ? to(state, { phase: { ...working, seconds: event.seconds } }) : stay(state);
    }
    case "page-gone":
      if (isTold(state) || state.phase.name === "ended") return stay(state);
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
