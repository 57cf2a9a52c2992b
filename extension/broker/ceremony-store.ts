import * as v from "valibot";
import { CEREMONIES_KEY, ceremonyRecordSchema, type CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { StorageArea } from "./approvals.ts";

/** Every accepted call, oldest first, in `storage.session`: survives the worker, not the browser. */
export interface CeremonyStore {
  readonly load: () => Promise<readonly CeremonyRecord[]>;
  readonly save: (records: readonly CeremonyRecord[]) => Promise<void>;
}

/** What does not parse was not written by this version, and is forgotten. */
export function createCeremonyStore(session: StorageArea): CeremonyStore {
  return {
    async load() {
      const parsed = v.safeParse(v.array(ceremonyRecordSchema), (await session.get(CEREMONIES_KEY))[CEREMONIES_KEY]);
      return parsed.success ? parsed.output : [];
    },
    save: (records) => session.set({ [CEREMONIES_KEY]: records }),
  };
}
