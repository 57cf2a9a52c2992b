import { FAULT_CODES, FAULT_ENDINGS, FAULT_GROUPS, type FaultCode, type PageEnding } from "../../shared/errors.ts";
import type { TextKey } from "../locales/text-types.ts";
import type { CeremonyState } from "./ceremony-state.ts";
import { isList } from "./document-steps.ts";

/** What the window shows: a step of the ceremony, or the fault that stops it. */
export type ScreenName = "opening" | "review" | "last-try" | "pin" | "working" | "done" | "ended" | FaultCode;

/** The fault that host or card show by themselves, before or between operations; it goes when they are mended. */
function standingFault({ host, card, ready }: CeremonyState): FaultCode | undefined {
  if (host.status === "fault") return host.code;
  if (card && card.status !== "ready" && card.status !== "reading" && card.status !== "card-none") return card.status;
  if (ready?.attemptsRemaining === 0) return "pin-blocked";
  if (ready?.validity?.verdict === "expired") return "certificate-expired";
  return ready?.validity?.verdict === "not-yet-valid" ? "certificate-not-yet-valid" : undefined;
}

/** Whether an interruption is about host, reader or card: then what they show now counts for more. */
const isMendedByHand = (code: FaultCode): boolean => FAULT_GROUPS[code] === "setup" || FAULT_GROUPS[code] === "card";

/** The screen that follows from the state, and nothing else. */
export function screenOf(state: CeremonyState): ScreenName {
  const { phase, ready } = state;
  switch (phase.name) {
    case "opening":
    case "review":
      return standingFault(state) ?? phase.name;
    case "pin": {
      const fault = standingFault(state);
      if (fault) return fault;
      if (!ready) return phase.lost ? "card-removed" : "card-none";
      return ready.attemptsRemaining === 1 && !phase.lastTryAccepted ? "last-try" : "pin";
    }
    case "interrupted":
      return (isMendedByHand(phase.code) ? standingFault(state) : undefined) ?? phase.code;
    case "stopped":
      return phase.code;
    case "timestamp-lacking":
      return "timestamp-failed";
    case "working":
    case "done":
    case "ended":
      return phase.name;
  }
}

/** The fault that a screen is about. */
export function faultOf(screen: ScreenName): FaultCode | undefined {
  return FAULT_CODES.find((code) => code === screen);
}

/** How the ceremony ends for the page if the window closes now. */
export function endingOf(state: CeremonyState): PageEnding {
  const fault = faultOf(screenOf(state));
  return fault ? FAULT_ENDINGS[fault] : "dismissed";
}

type DocumentsText = Extract<TextKey, "documents.status" | "documents.status.all">;

/** The line about card and reader at the foot of the window; while several documents are reviewed, about how far that is. */
export interface DockStatus {
  readonly text: Extract<TextKey, `status.${string}` | "working.5" | "working.15"> | DocumentsText;
  /** Of a list: how many documents are ticked, and how many are not. */
  readonly counts?: { readonly count: number; readonly left: number };
  readonly tone: "wait" | "work" | "found" | "warn" | "bad" | "list";
}

/** The dock's line for the state. */
export function dockOf(state: CeremonyState): DockStatus {
  const screen = screenOf(state);
  if (state.phase.name === "timestamp-lacking") return { text: "status.stopped", tone: "warn" };
  if (screen === "done") return { text: "status.done", tone: "found" };
  if (state.phase.name === "working") {
    const { seconds, step } = state.phase;
    if (step === "timestamp") return { text: "status.timestamp", tone: "work" };
    return { text: seconds === 0 ? "status.working" : `working.${seconds}`, tone: "work" };
  }
  const fault = faultOf(screen);
  if (fault && fault !== "card-none") {
    const group = FAULT_GROUPS[fault];
    if (group === "setup") return { text: "status.waiting-setup", tone: "warn" };
    return group === "card" ? { text: "status.waiting-card", tone: "warn" } : { text: "status.stopped", tone: "bad" };
  }
  if (screen === "review" && isList(state)) {
    const count = state.documents.filter(({ ticked }) => ticked).length;
    const left = state.documents.length - count;
    return { text: left === 0 ? "documents.status.all" : "documents.status", counts: { count, left }, tone: "list" };
  }
  switch (state.card?.status) {
    case "ready":
      return { text: "status.ready", tone: "found" };
    case "reading":
      return { text: "status.reading", tone: "wait" };
    case "card-none":
      return { text: "status.card-none", tone: "wait" };
    default:
      return { text: "status.connecting", tone: "wait" };
  }
}

/** Host and card in one word, for whoever drives the window from outside (`document.body.dataset.card`). */
export function cardStatusOf({ host, card }: CeremonyState): string {
  return host.status === "fault" ? host.code : (card?.status ?? "connecting");
}

/** The day that the screen's sentence names, if any. */
export function faultDateOf({ phase, ready }: CeremonyState, fault: FaultCode): number | undefined {
  if (phase.name === "stopped") return phase.date;
  return fault === "certificate-not-yet-valid" ? ready?.validity?.notBefore : ready?.validity?.notAfter;
}
