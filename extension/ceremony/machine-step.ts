import type { FaultCode } from "../../shared/errors.ts";
import type { CeremonyEffect, CeremonyEvent, CeremonyState, JudgedValidity, Phase } from "./ceremony-state.ts";
import { judgeValidity, type Validity } from "./certificate-validity.ts";

/** A state and what is to be done on entering it, in order. */
export interface Step {
  readonly state: CeremonyState;
  readonly effects: readonly CeremonyEffect[];
}

/** The event of one type. */
export type EventOf<Type extends CeremonyEvent["type"]> = Extract<CeremonyEvent, { type: Type }>;

/** The PIN screen as it is first shown. */
export const PIN_ANEW = {
  name: "pin",
  lastTryAccepted: false,
  problem: undefined,
  lost: false,
} as const satisfies Phase;

/** Goes on with a change. */
export const to = (
  state: CeremonyState,
  change: Partial<CeremonyState>,
  ...effects: readonly CeremonyEffect[]
): Step => ({ state: { ...state, ...change }, effects });

/** Nothing happens. */
export const stay = (state: CeremonyState): Step => ({ state, effects: [] });

/** After these nothing that host, card or page do changes anything. */
export const isOver = ({ phase }: CeremonyState): boolean =>
  phase.name === "done" || phase.name === "stopped" || phase.name === "ended";

/** Stops for good; `about` says what the screen names besides the code. */
export const stop = (
  state: CeremonyState,
  code: FaultCode,
  about: { readonly date?: number; readonly document?: number; readonly detail?: string } = {},
): Step =>
  to(
    state,
    { phase: { name: "stopped", code, date: undefined, ...about } },
    { type: "forget-pin" },
    { type: "close-host" },
  );

/** A certificate's days with the verdict at `at`. */
export const judged = (validity: Validity | undefined, at: number): JudgedValidity | undefined =>
  validity && { ...validity, verdict: judgeValidity(validity, at) };

/** Stops at a certificate outside its days; `undefined` when it may be used. */
export function stopAtValidity(state: CeremonyState, validity: JudgedValidity | undefined): Step | undefined {
  if (validity?.verdict === "expired") return stop(state, "certificate-expired", { date: validity.notAfter });
  if (validity?.verdict === "not-yet-valid") {
    return stop(state, "certificate-not-yet-valid", { date: validity.notBefore });
  }
  return undefined;
}

/** The work that an answer of this attempt belongs to; `undefined` for answers that come too late. */
export function workingOn(state: CeremonyState, attempt: number): Extract<Phase, { name: "working" }> | undefined {
  return state.phase.name === "working" && state.attempt === attempt ? state.phase : undefined;
}
