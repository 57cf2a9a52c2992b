import { APPROVALS_KEY, type Approval } from "../../shared/approval/approval.ts";
import type { BrokerReason } from "../../shared/protocol/broker-messages.ts";
import { createApprovals, type StorageArea } from "../../extension/broker/approvals.ts";
import type { Sender } from "../../extension/broker/caller.ts";
import { createCeremonyQueue, type CeremonyQueue, type NewCeremony } from "../../extension/broker/ceremony-queue.ts";
import { createCeremonyStore } from "../../extension/broker/ceremony-store.ts";

/** Our own id, as far as these tests go. */
export const EXTENSION_ID = "a".repeat(32);

/** The approval of one origin. */
export const approvalOf = (origin: string): Approval => ({
  origin,
  organisation: { ja: "見本市", en: "Example City", reading: "みほんし" },
});

/** What the browser says about an ordinary page at `origin`. */
export const senderAt = (origin: string, differences: Partial<Sender> = {}): Sender => ({
  id: EXTENSION_ID,
  url: `${origin}/form?step=1#top`,
  origin,
  frameId: 0,
  documentId: `document of ${origin}`,
  documentLifecycle: "active",
  tab: { id: 7, incognito: false },
  ...differences,
});

/** One area of storage, which keeps copies as the browser does. */
export function memoryArea(): StorageArea {
  const items = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(items.has(key) ? { [key]: structuredClone(items.get(key)) } : {}),
    set: (changes) => {
      for (const [key, value] of Object.entries(changes)) items.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

/** The worker's death: after so many steps of the browser none comes back any more. */
interface Life {
  readonly step: () => Promise<void>;
  readonly killed: Promise<"killed">;
}

function liveFor(steps: number): Life {
  const killed = Promise.withResolvers<"killed">();
  let left = steps;
  return {
    killed: killed.promise,
    step: () => {
      if (left-- > 0) return Promise.resolve();
      killed.resolve("killed");
      return new Promise(() => undefined);
    },
  };
}

/** A browser with windows, calling documents and storage, which outlive the worker. */
export function createBrokerWorld() {
  const session = memoryArea();
  const local = memoryArea();
  /** Open windows, with the call that each shows. */
  const windows = new Map<number, string>();
  /** Calls whose document is there and still waits. */
  const waiting = new Set<string>();
  const told: [callId: string, reason: BrokerReason][] = [];
  let lastWindow = 0;
  let opensWindows = true;

  return {
    session,
    local,
    windows,
    waiting,
    told,
    /** Calls whose windows are open. */
    shown: () => [...windows.values()],
    approve: (...origins: string[]) => local.set({ [APPROVALS_KEY]: origins.map(approvalOf) }),
    refuseWindows: () => (opensWindows = false),

    /** A call of the page at `origin`, which waits for its answer. */
    call(origin: string, differences: Partial<NewCeremony> = {}): NewCeremony {
      const id = crypto.randomUUID();
      waiting.add(id);
      const approval = approvalOf(origin);
      return { id, operation: "sign", approval, tabId: 7, documentId: `document of ${origin}`, ...differences };
    },

    /** A worker that lives for `steps` steps of the browser; each thing asked of it takes one before and one after its effect. */
    startWorker(steps = Infinity): CeremonyQueue & Pick<Life, "killed"> {
      const { step, killed } = liveFor(steps);
      const around = async <T>(effect: () => T | Promise<T>): Promise<T> => {
        await step();
        const result = await effect();
        await step();
        return result;
      };
      const store = createCeremonyStore({
        get: (key) => around(() => session.get(key)),
        set: (items) => around(() => session.set(items)),
      });
      const queue = createCeremonyQueue(
        store,
        {
          open: ({ id }) =>
            around(() => {
              if (!opensWindows) throw new Error("no window was opened");
              windows.set(++lastWindow, id);
              return lastWindow;
            }),
          find: (callId) => around(() => [...windows].find(([, shown]) => shown === callId)?.[0]),
          exists: (windowId) => around(() => windows.has(windowId)),
          close: (windowId) => around(() => void windows.delete(windowId)),
        },
        {
          isWaiting: ({ id }) => around(() => waiting.has(id)),
          tell({ id }, reason) {
            told.push([id, reason]);
            waiting.delete(id);
          },
        },
        createApprovals(local),
      );
      return { ...queue, killed };
    },
  };
}
