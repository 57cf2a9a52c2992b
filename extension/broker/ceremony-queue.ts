import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { BrokerReason } from "../../shared/protocol/broker-messages.ts";
import type { Approvals } from "./approvals.ts";
import type { CeremonyStore } from "./ceremony-store.ts";
import { createExclusive } from "./exclusive.ts";

/** The ceremony windows of this browser. */
export interface CeremonyWindows {
  /** Opens the window of one call and resolves with its id; rejects where the browser opens none. */
  readonly open: (record: CeremonyRecord) => Promise<number>;
  /** The window that shows this call already, if there is one. */
  readonly find: (callId: string) => Promise<number | undefined>;
  readonly exists: (windowId: number) => Promise<boolean>;
  readonly close: (windowId: number) => Promise<void>;
}

/** The documents that called. */
export interface CallingDocuments {
  /** Whether the document is there and its call still stands. */
  readonly isWaiting: (record: CeremonyRecord) => Promise<boolean>;
  /** Tells the call's end, if anybody is there to hear it. */
  readonly tell: (record: CeremonyRecord, reason: BrokerReason) => void;
}

/** A judged call that asks for its window. */
export type NewCeremony = Omit<CeremonyRecord, "since" | "windowId">;

/**
 * One ceremony window at a time. An origin that has one, or waits for one, is told `busy`; another origin waits its turn and is told
 * nothing. All state lies in the store, and every step may be the last of a worker's life: a record is written before its window
 * opens, and a window that was opened but not noted is found again.
 */
export function createCeremonyQueue(
  store: CeremonyStore,
  windows: CeremonyWindows,
  documents: CallingDocuments,
  approvals: Pick<Approvals, "find">,
) {
  const exclusive = createExclusive();

  /** Forgets what is gone, and notes windows whose opening was not noted. */
  async function tidied(): Promise<CeremonyRecord[]> {
    const kept: CeremonyRecord[] = [];
    for (const record of await store.load()) {
      const windowId = record.windowId ?? (await windows.find(record.id));
      if (windowId === undefined) {
        if (await documents.isWaiting(record)) kept.push(record);
      } else if (await windows.exists(windowId)) {
        kept.push({ ...record, windowId });
      } else {
        documents.tell(record, "dismissed");
      }
    }
    return kept;
  }

  /** Opens the window of the oldest call if none is open; calls that can't have one are told and left out. */
  async function advance(records: readonly CeremonyRecord[]): Promise<void> {
    const waiting = [...records];
    await store.save(waiting);
    while (waiting[0] && waiting.every(({ windowId }) => windowId === undefined)) {
      const [first] = waiting;
      const approved = await approvals.find(first.approval.origin);
      const windowId = approved && (await windows.open(first).catch(() => undefined));
      if (windowId === undefined) documents.tell(first, approved ? "failed" : "not-allowed");
      waiting.splice(0, 1, ...(windowId === undefined ? [] : [{ ...first, windowId }]));
      await store.save(waiting);
    }
  }

  const forget = (isOver: (record: CeremonyRecord) => boolean): Promise<void> =>
    exclusive(async () => {
      const records = await store.load();
      const over = records.filter(isOver);
      for (const { windowId } of over) if (windowId !== undefined) await windows.close(windowId);
      for (const record of over) documents.tell(record, "dismissed");
      if (over.length === 0) return;
      await store.save(records.filter((record) => !isOver(record)));
      await advance(await tidied());
    });

  return {
    /** `undefined`: accepted, the window is open or the call waits. Asked again with the same id, it says the same again. */
    open: (ceremony: NewCeremony, activated: boolean): Promise<BrokerReason | undefined> =>
      exclusive(async () => {
        const records = await tidied();
        const { origin } = ceremony.approval;
        if (!records.some(({ id }) => id === ceremony.id)) {
          if (records.some(({ approval }) => approval.origin === origin)) return "busy";
          if (!activated) return "no-activation";
          records.push({ ...ceremony, since: (records.at(-1)?.since ?? 0) + 1 });
        }
        await advance(records);
        return (await store.load()).some(({ id }) => id === ceremony.id) ? undefined : "failed";
      }),

    /** The document gave up its own call: out of the queue, or its window closes. */
    withdraw: (id: string, documentId: string): Promise<void> =>
      forget((record) => record.id === id && record.documentId === documentId),
    /** The page has its answer: the window stays as long as the resident likes, and the next call has its turn. */
    finished: (id: string): Promise<void> =>
      exclusive(async () => advance((await tidied()).filter((record) => record.id !== id))),
    windowClosed: (windowId: number): Promise<void> => forget((record) => record.windowId === windowId),
    tabClosed: (tabId: number): Promise<void> => forget((record) => record.tabId === tabId),

    /** To be called at every start of the worker. */
    resume: (): Promise<void> => exclusive(async () => advance(await tidied())),
  };
}

/** See {@link createCeremonyQueue}. */
export type CeremonyQueue = ReturnType<typeof createCeremonyQueue>;
