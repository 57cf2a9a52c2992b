import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { PageEnding } from "../../shared/errors.ts";
import { HostFault, type HostPort } from "../host-port/host-port.ts";
import { documentFault } from "../../formats/document-fault.ts";
import type { OpenDocument } from "../signature/signature-builder.ts";
import type { BridgePort } from "./bridge-port.ts";
import { step } from "./ceremony-machine.ts";
import { endingOf } from "./ceremony-screen.ts";
import {
  INITIAL_STATE,
  type CeremonyEffect,
  type CeremonyEvent,
  type CeremonyState,
  type UserAction,
} from "./ceremony-state.ts";
import { createHostSession } from "./host-session.ts";
import { createHostWork } from "./host-work.ts";
import { createPageSession, type PageSession } from "./page-session.ts";
import { signatureSource } from "./sign-documents.ts";

/** The world around one ceremony, so that it runs without a browser too. */
export interface CeremonySurroundings {
  readonly readRecord: () => Promise<CeremonyRecord | undefined>;
  readonly connectBridge: (record: CeremonyRecord) => BridgePort;
  readonly openHost: () => Promise<HostPort>;
  readonly openDocument: OpenDocument;
  /** Lets the broker give the next call its turn: this window may stay open, and no longer counts. */
  readonly tellFinished: (record: CeremonyRecord) => void;
  /** Gives the focus back to the page and closes the window. */
  readonly closeWindow: (record: CeremonyRecord | undefined) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A running ceremony, as the screens see it. */
export interface Ceremony {
  readonly state: () => CeremonyState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly act: (action: Exclude<UserAction, "pin-submitted">) => void;
  /** Puts another document of the list on the screen. */
  readonly showDocument: (index: number) => void;
  /** Ticks a document of the list, or takes its tick away. */
  readonly tickDocument: (index: number, ticked: boolean) => void;
  /** Takes a well-formed PIN. It is held until it goes to the host, and dropped when it will not. */
  readonly submitPin: (pin: string) => void;
}

/** Runs one ceremony from its record to its end: carries out what the machine decides, and nothing else. */
export function startCeremony(around: CeremonySurroundings): Ceremony {
  let state = INITIAL_STATE;
  let page: PageSession | undefined;
  let heldPin: string | undefined;
  let toldEnding: PageEnding = "dismissed";
  const listeners = new Set<() => void>();
  const queue: CeremonyEvent[] = [];
  const host = createHostSession(around.openHost, around.now, dispatch);
  const work = createHostWork(
    () => state,
    around.now,
    handOverPin,
    (request) => page?.askTimestamp(request) ?? Promise.reject(new Error("no page")),
    dispatch,
  );

  function dispatch(event: CeremonyEvent): void {
    // an effect may bring the next event before the current one is through
    queue.push(event);
    if (queue.length > 1) return;
    for (let next = queue[0]; next; queue.shift(), next = queue[0]) {
      const taken = step(state, next);
      state = taken.state;
      taken.effects.forEach(perform);
    }
    const ending = endingOf(state);
    if (ending !== toldEnding && page && state.phase.name !== "ended") {
      toldEnding = ending;
      page.post({ type: "ending", ending });
    }
    for (const listener of listeners) listener();
  }

  /** Runs one operation on the host; whatever goes wrong becomes a refusal of this attempt. */
  function operate(attempt: number, operation: (open: HostPort) => Promise<CeremonyEvent>): void {
    const open = host.current();
    settle(attempt, open ? operation(open) : Promise.reject(new HostFault({ code: "host-stopped" })));
  }

  function settle(attempt: number, done: Promise<CeremonyEvent>): void {
    done.then(dispatch, (error: unknown) => {
      const { code, attemptsRemaining } = error instanceof HostFault ? error : new HostFault({ code: "internal" });
      dispatch({ type: "refused", attempt, code, attemptsRemaining });
    });
  }

  /** The PIN's frame, as the last thing before the request that uses it. */
  function handOverPin(open: HostPort): void {
    const pin = heldPin;
    heldPin = undefined;
    if (pin === undefined) throw new HostFault({ code: "internal" });
    open.sendPin(pin);
  }

  /** What can't be signed as asked is found here, while the resident reads. */
  function openDocument(index: number): void {
    const timestamps = state.request?.operation === "sign" && state.request.timestamp;
    Promise.resolve()
      .then(() => around.openDocument(signatureSource(state.documents, index, timestamps)))
      .then(
        (opened) => dispatch({ type: "document-opened", index, opened }),
        (error: unknown) => {
          const { code, detail } = documentFault(error);
          dispatch({ type: "document-refused", index, code, detail });
        },
      );
  }

  function watch({ key, origin }: Extract<CeremonyEffect, { type: "watch" }>): void {
    host
      .current()
      ?.request("watch", { key, origin })
      .catch((error: unknown) => {
        // a host that ended meanwhile has already said so itself
        if (error instanceof HostFault && host.current()) dispatch({ type: "host-fault", code: error.code });
      });
  }

  function perform(effect: CeremonyEffect): void {
    switch (effect.type) {
      case "open-host":
        host.open();
        break;
      case "retry-host":
        host.retry();
        break;
      case "close-host":
        host.close();
        break;
      case "forget-pin":
        heldPin = undefined;
        page?.stopAsking();
        break;
      case "close-window":
        around.closeWindow(state.record);
        break;
      case "tell-finished":
        if (state.record) around.tellFinished(state.record);
        break;
      case "send":
        page?.post(effect.message);
        break;
      case "watch":
        watch(effect);
        break;
      case "time-working":
        for (const seconds of [5, 15] as const) {
          setTimeout(() => dispatch({ type: "working-for", attempt: effect.attempt, seconds }), seconds * 1_000);
        }
        break;
      case "request-challenge":
        page?.askChallenge(effect.attempt);
        break;
      case "open-document":
        openDocument(effect.index);
        break;
      case "authenticate":
        operate(effect.attempt, (open) => work.authenticate(open, effect));
        break;
      case "unlock":
        operate(effect.attempt, (open) => work.unlock(open, effect));
        break;
      case "sign":
        operate(effect.attempt, (open) => work.sign(open, effect));
        break;
      case "read-attributes":
        operate(effect.attempt, (open) => work.readAttributes(open, effect));
        break;
      case "finish-files":
        settle(effect.attempt, work.finishFiles(effect.attempt));
        break;
      case "deliver":
        page?.deliver(effect.files, effect.result);
    }
  }

  host.open();
  void around.readRecord().then((record) => {
    dispatch({ type: "record", record });
    if (record) page = createPageSession(around.connectBridge(record), around.now, dispatch);
  });

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    act: (action) => dispatch({ type: action }),
    showDocument: (index) => dispatch({ type: "show-document", index }),
    tickDocument: (index, ticked) => dispatch({ type: "tick-document", index, ticked }),
    submitPin: (pin) => {
      // a second press takes neither the first PIN away nor the question that it waits for
      if (state.phase.name === "working") return;
      heldPin = pin;
      dispatch({ type: "pin-submitted" });
    },
  };
}
