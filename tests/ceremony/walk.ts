import { step } from "../../extension/ceremony/ceremony-machine.ts";
import { screenOf } from "../../extension/ceremony/ceremony-screen.ts";
import {
  INITIAL_STATE,
  type CeremonyEffect,
  type CeremonyEvent,
  type CeremonyState,
} from "../../extension/ceremony/ceremony-state.ts";

/** Where a walk through the ceremony ended. */
export interface Walk {
  readonly state: CeremonyState;
  /** Of the last event. */
  readonly effects: readonly CeremonyEffect[];
  readonly screen: string;
}

/** Takes events one after the other, from a window that has just opened. */
export function walk(...events: readonly CeremonyEvent[]): Walk {
  let state = INITIAL_STATE;
  let effects: readonly CeremonyEffect[] = [];
  for (const event of events) ({ state, effects } = step(state, event));
  return { state, effects, screen: screenOf(state) };
}

/** The kinds of effects, in order. */
export const types = (effects: readonly CeremonyEffect[]): string[] => effects.map((effect) => effect.type);
