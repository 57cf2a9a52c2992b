import { encodeBase64 } from "../../shared/encoding/base64.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import type { ShortIds } from "../jpki/jpki-applet.ts";
import { ApplicationMissing, CertificateMissing } from "../jpki/jpki-errors.ts";
import type { CardAccess, CardConnection, ReaderSnapshot, ReaderState } from "../smartcard/card-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { examineCard } from "./card-examination.ts";
import { clearPinState } from "./pin-transaction.ts";

/** The card that the resident was shown, with a connection that dies when it is taken out. */
export interface WatchedCard {
  /** Counts the cards that were seen in this process, from 1. */
  readonly number: number;
  readonly connection: CardConnection;
  readonly shortIds: ShortIds;
  readonly attemptsRemaining: number;
  readonly certificate: Uint8Array | undefined;
  readonly test: boolean;
}

/** Follows readers and cards and knows the one card that can be used. */
export interface CardWatch {
  /** The card of the last `ready`, while it lies there. */
  current(): WatchedCard | undefined;
  /** Reports the same card again with the tries that VERIFY told; nothing if another card has come in its place. */
  attemptsChanged(card: number, attemptsRemaining: number): void;
  /** Asks whatever lies there anew, under a new number: after an operation on the card went wrong. */
  recheck(): void;
  /** Ends, and lets go of the card. */
  stop(): Promise<void>;
}

/** What a watch needs. */
export interface CardWatchParts {
  readonly access: CardAccess;
  readonly key: KeyName;
  /** Every card is a test card: the host runs on the embedded virtual card. */
  readonly virtual: boolean;
  /** Gets every state that differs from the one before. */
  readonly emit: (state: CardState) => void;
  /** Resolves after so many milliseconds, or when `signal` aborts; never rejects. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** A card that was just put down needs a moment, so the first failures are silent; afterwards the resident is told. */
const SILENT_FAILURES = 2;
const RETRY_MILLISECONDS = [100, 250, 500, 1_000, 2_000];

/** Which card in which reader. */
const keyOf = ({ reader, insertion }: ReaderState): string => `${insertion} ${reader}`;

/**
 * Begins to watch. The first card that answers the SELECT of JPKI is the one; others that do not are left alone until they are put
 * in again. A card that does not answer properly is asked a few times more, one that another program keeps is asked until it is free.
 * A card that lay there before the host was started may hold a PIN state of a program that was killed, which is taken away first.
 */
export function watchCards({ access, key, virtual, emit, wait }: CardWatchParts): CardWatch {
  const stopped = new AbortController();
  const rejected = new Map<string, CardState>();
  let lingering: ReadonlySet<string> | undefined;
  let snapshot: ReaderSnapshot | undefined;
  let version = 0;
  let failures = 0;
  let numbers = 0;
  let lastEmitted = "";
  let current: (WatchedCard & { readonly cardKey: string }) | undefined;
  let closing: Promise<unknown> = Promise.resolve();
  let wake: () => void = () => undefined;

  const report = (state: CardState): void => {
    const text = JSON.stringify(state);
    if (text === lastEmitted || stopped.signal.aborted) return;
    lastEmitted = text;
    emit(state);
  };
  const reportReady = (card: WatchedCard): void => {
    const { number, attemptsRemaining, test, certificate } = card;
    const state = { status: "ready" as const, card: number, attemptsRemaining, test };
    report(certificate ? { ...state, certificate: encodeBase64(certificate) } : state);
  };
  const close = (connection: CardConnection): void => {
    closing = Promise.allSettled([closing, connection.close("leave")]);
  };
  const drop = (): void => {
    if (current) close(current.connection);
    current = undefined;
  };
  const changed = (): void => {
    version++;
    failures = 0;
    wake();
  };

  /** Connects and asks; `undefined` when the card is gone or of no use, which is reported then. */
  const examine = async (reader: ReaderState): Promise<WatchedCard> => {
    const connection = await access.connect(reader.reader);
    try {
      if (lingering?.has(keyOf(reader))) await clearPinState(connection);
      const { testAuthority, ...card } = await examineCard(connection, key);
      return { ...card, number: ++numbers, connection, test: virtual || testAuthority };
    } catch (error) {
      close(connection);
      throw error;
    }
  };

  /** Tries every card that was not turned down before. Returns after how long to try again, if at all. */
  const findCard = async (present: readonly ReaderState[], seen: number): Promise<number | undefined> => {
    const candidates = present.filter((reader) => !rejected.has(keyOf(reader)));
    if (candidates.length > 0 && failures < SILENT_FAILURES) report({ status: "reading" });
    let trouble: CardState | undefined;
    for (const reader of candidates) {
      try {
        const card = await examine(reader);
        if (seen !== version || stopped.signal.aborted) {
          close(card.connection);
          return undefined;
        }
        current = { ...card, cardKey: keyOf(reader) };
        failures = 0;
        reportReady(current);
        return undefined;
      } catch (error) {
        if (error instanceof ApplicationMissing) rejected.set(keyOf(reader), { status: "card-unsupported" });
        else if (error instanceof CertificateMissing) rejected.set(keyOf(reader), { status: "certificate-missing" });
        else trouble = { status: isBusy(error) ? "card-busy" : "card-unresponsive" };
      }
    }
    if (seen !== version) return undefined;
    if (trouble) {
      failures++;
      if (failures > SILENT_FAILURES) report(trouble);
      const pause = RETRY_MILLISECONDS[failures - 1];
      return pause ?? (trouble.status === "card-busy" ? RETRY_MILLISECONDS.at(-1) : undefined);
    }
    report(turnedDown(present.flatMap((reader) => rejected.get(keyOf(reader)) ?? [])));
    return undefined;
  };

  const evaluate = async (): Promise<number | undefined> => {
    const seen = version;
    if (snapshot === undefined) return undefined;
    const readers = snapshot.service === "running" ? snapshot.readers : [];
    const present = readers.filter(({ card }) => card === "present");
    if (current && present.some((reader) => keyOf(reader) === current?.cardKey)) return undefined;
    drop();
    if (present.length > 0) return findCard(present, seen);
    if (snapshot.service === "unavailable") report({ status: "pcsc-unavailable" });
    else if (readers.length === 0) report({ status: "reader-none" });
    else report({ status: readers.some(({ card }) => card === "unresponsive") ? "card-unresponsive" : "card-none" });
    return undefined;
  };

  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const seen = version;
      const pause = await evaluate();
      if (seen !== version) continue;
      const round = new AbortController();
      const woken = new Promise<void>((resolve) => (wake = resolve));
      await Promise.race(pause === undefined ? [woken] : [woken, wait(pause, round.signal)]);
      round.abort();
    }
    drop();
  };

  const watching = access.watch((latest) => {
    snapshot = latest;
    if (latest.service === "running") {
      lingering ??= new Set(latest.readers.filter(({ card }) => card === "present").map(keyOf));
    }
    changed();
  }, stopped.signal);
  const running = run();

  return {
    current: () => current,
    attemptsChanged(card, attemptsRemaining) {
      if (current?.number !== card) return;
      current = { ...current, attemptsRemaining };
      reportReady(current);
    },
    recheck() {
      drop();
      changed();
    },
    async stop() {
      stopped.abort();
      changed();
      await Promise.allSettled([watching, running]);
      await closing;
    },
  };
}

const isBusy = (error: unknown): boolean => error instanceof SmartCardError && error.fault === "card-busy";

/** Of several cards that are of no use, one of the right kind says more. */
function turnedDown(states: readonly CardState[]): CardState {
  return states.find(({ status }) => status === "certificate-missing") ?? { status: "card-unsupported" };
}
