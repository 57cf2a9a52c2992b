import { decodeBase64, encodeBase64 } from "../../shared/encoding/base64.ts";
import { LIMITS } from "../../shared/limits.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import { PinBlocked, PinIncorrect } from "../jpki/jpki-errors.ts";
import type { CardAccess } from "../smartcard/card-access.ts";
import { authenticate } from "./authenticate.ts";
import { watchCards, type CardWatch, type WatchedCard } from "./card-watch.ts";
import type { Call, HostOperations, PinMethod } from "./host-operations.ts";
import { hostErrorOf, isCardTrouble, OperationFault } from "./operation-fault.ts";
import { unlock, type UnlockedCard } from "./unlock.ts";

/** What the operations need. */
export interface CardOperationsParts {
  /** Called once, at `watch`: nothing of readers is loaded before. */
  readonly openAccess: () => Promise<CardAccess>;
  readonly virtual: boolean;
  readonly emit: (state: CardState) => void;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly idleMilliseconds?: number;
}

/** One ceremony. */
export interface CardOperations {
  readonly operations: HostOperations;
  /** Leaves the card without PIN state and lets go of everything; for after the last operation. */
  close(): Promise<void>;
}

/** What `watch` fixed once and for all: key and origin come from nowhere else. */
interface Ceremony {
  readonly key: KeyName;
  readonly origin: string;
  readonly access: CardAccess;
  readonly cards: CardWatch;
}

/** The operations of a host process, which is one ceremony: one key, one origin, one card at a time. */
export function createCardOperations(parts: CardOperationsParts): CardOperations {
  const { openAccess, virtual, emit, wait, idleMilliseconds = LIMITS.unlockedIdleMilliseconds } = parts;
  let ceremony: Ceremony | undefined;
  let begun = false;
  let wasUnlocked = false;
  let unlocked: { readonly card: number; readonly session: UnlockedCard } | undefined;

  /** The ceremony, and the card that the resident saw; a fault before any exchange otherwise. */
  const cardFor = (key: KeyName, number: number): { ceremony: Ceremony; card: WatchedCard } => {
    if (ceremony?.key !== key) throw new OperationFault("invalid-message");
    const card = ceremony.cards.current();
    if (!card) throw new OperationFault("card-removed");
    if (card.number !== number) throw new OperationFault("card-changed");
    return { ceremony, card };
  };

  /** Answers what went wrong, and only then reports what that changed about the card. */
  const withAftermath = async <M extends PinMethod | "sign">(
    call: Call<M>,
    card: number | undefined,
    work: () => Promise<void>,
  ): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const hostError = hostErrorOf(error);
      if (hostError.code === "internal") throw error;
      call.refuse(hostError);
      if (error instanceof PinIncorrect && card !== undefined) {
        ceremony?.cards.attemptsChanged(card, error.attemptsRemaining);
      } else if (error instanceof PinBlocked && card !== undefined) ceremony?.cards.attemptsChanged(card, 0);
      else if (isCardTrouble(error)) ceremony?.cards.recheck();
    }
  };

  const endSession = async (): Promise<void> => {
    const ending = unlocked;
    unlocked = undefined;
    await ending?.session.finish();
  };

  const operations: HostOperations = {
    async watch({ key, origin }, call) {
      if (begun) throw new OperationFault("invalid-message");
      begun = true;
      const access = await openAccess();
      call.answer({});
      const report = (state: CardState): void => {
        const same = state.status === "ready" && state.card === unlocked?.card;
        // the card of the session is gone: nothing can be signed any more, and nobody else should wait for the session's end
        if (!same) void endSession();
        emit(state);
      };
      ceremony = { key, origin, access, cards: watchCards({ access, key, virtual, emit: report, wait }) };
    },

    authenticate: ({ card: number, challenge }, call) =>
      withAftermath(call, number, async () => {
        const { ceremony: asked, card } = cardFor("authentication", number);
        await authenticate(card, call.pin, { origin: asked.origin, challenge }, (result) => call.answer(result));
      }),

    unlock: ({ card: number }, call) =>
      withAftermath(call, number, async () => {
        const { card } = cardFor("signing", number);
        await endSession();
        const session = await unlock(card, call.pin, idleMilliseconds);
        unlocked = { card: number, session };
        wasUnlocked = true;
        call.answer({ certificate: encodeBase64(session.certificate) });
      }),

    sign: ({ digests }, call) =>
      withAftermath(call, undefined, async () => {
        const octets = digests.map(digestOf);
        if (!unlocked) throw new OperationFault(wasUnlocked ? "card-removed" : "invalid-message");
        const { session } = unlocked;
        try {
          call.answer({ signatures: (await session.sign(octets)).map((signature) => encodeBase64(signature)) });
        } catch (error) {
          await endSession();
          throw error;
        }
      }),

    async finish(_params, call) {
      await endSession();
      call.answer({});
    },
  };

  return {
    operations,
    async close() {
      await endSession();
      await ceremony?.cards.stop();
      await ceremony?.access.close();
    },
  };
}

/** A SHA-256 digest out of its base64; the schema has bounded its length, not fixed it. */
function digestOf(base64: string): Uint8Array {
  const octets = decodeBase64(base64);
  if (octets?.length !== 32) throw new OperationFault("invalid-message");
  return octets;
}
