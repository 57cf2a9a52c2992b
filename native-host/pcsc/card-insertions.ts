import type { ReaderState } from "../smartcard/card-access.ts";
import { READER_STATE } from "./winscard.ts";
import type { ReaderStatus } from "./winscard.ts";

/** Numbers insertions, so that an exchange between two looks at a reader is seen as one. */
export interface CardInsertions {
  /** What a reader's SCARD_READERSTATE means. The insertion number goes up for every card put into any reader. */
  readerState(status: ReaderStatus): ReaderState;
  /** After the service was lost: whatever lies in the readers now counts as put in anew. */
  forget(): void;
}

/** The number of insertions and removals that the service counted: the high word of dwEventState. */
export const eventCountOf = (state: number): number => state >>> 16;

/** True for a card in the reader, whether it answers or not. */
export const hasCard = (state: number): boolean => (state & READER_STATE.present) !== 0;

/** See {@link CardInsertions}. */
export function cardInsertions(): CardInsertions {
  const known = new Map<string, { present: boolean; eventCount: number; insertion: number }>();
  let latest = 0;
  return {
    readerState({ reader, state }) {
      const before = known.get(reader);
      const present = hasCard(state);
      const eventCount = eventCountOf(state);
      const isNew = present && !(before?.present === true && before.eventCount === eventCount);
      const insertion = isNew ? (latest += 1) : (before?.insertion ?? 0);
      known.set(reader, { present, eventCount, insertion });
      if (!present) return { reader, card: "absent", insertion };
      return { reader, card: (state & READER_STATE.mute) === 0 ? "present" : "unresponsive", insertion };
    },
    forget: () => known.clear(),
  };
}
