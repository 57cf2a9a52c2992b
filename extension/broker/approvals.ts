import * as v from "valibot";
import { APPROVALS_KEY, approvalsSchema, findApproval, type Approval } from "../../shared/approval/approval.ts";

/** One area of extension storage. */
export interface StorageArea {
  readonly get: (key: string) => Promise<Record<string, unknown>>;
  readonly set: (items: Record<string, unknown>) => Promise<void>;
}

/** Who is approved, asked anew each time: nothing is remembered that the worker could lose. */
export interface Approvals {
  readonly all: () => Promise<readonly Approval[]>;
  readonly find: (origin: string) => Promise<Approval | undefined>;
}

/** The list in `storage.local`. A list that does not parse grants nothing, and so does a storage that can't be read. */
export function createApprovals(local: Pick<StorageArea, "get">): Approvals {
  const all = async (): Promise<readonly Approval[]> => {
    const items = await local.get(APPROVALS_KEY).catch((): Record<string, unknown> => ({}));
    const parsed = v.safeParse(approvalsSchema, items[APPROVALS_KEY]);
    return parsed.success ? parsed.output : [];
  };
  return { all, find: async (origin) => findApproval(await all(), origin) };
}
