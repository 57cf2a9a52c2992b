/** SCARDCONTEXT. Opaque: a number, or a bigint where it does not fit. */
export type ContextHandle = number | bigint;
/** SCARDHANDLE, see {@link ContextHandle}. */
export type CardHandle = number | bigint;

/** SCARD_STATE_* bits of the low word of SCARD_READERSTATE.dwEventState. The high word counts insertions and removals. */
export const READER_STATE = {
  unaware: 0x0000,
  ignore: 0x0001,
  changed: 0x0002,
  unknown: 0x0004,
  unavailable: 0x0008,
  empty: 0x0010,
  present: 0x0020,
  mute: 0x0200,
} as const;

/** What SCardDisconnect, SCardEndTransaction and SCardReconnect do with the card. */
export const DISPOSITION = { leave: 0, reset: 1, unpower: 2 } as const;

/** One reader in SCardGetStatusChange: what was known (`current`) and, afterwards, what is. */
export interface ReaderStatus {
  readonly reader: string;
  /** dwCurrentState going in, dwEventState coming out; unsigned 32 bit. */
  readonly state: number;
}

/**
 * The part of the PC/SC interface that the host uses, one function for one C function, each on a thread of its own: nothing here
 * blocks the event loop. Every function rejects with `SmartCardError` when the return code isn't SCARD_S_SUCCESS.
 */
export interface Winscard {
  establishContext(): Promise<ContextHandle>;
  releaseContext(context: ContextHandle): Promise<void>;
  /** Empty where the C function answers SCARD_E_NO_READERS_AVAILABLE. */
  listReaders(context: ContextHandle): Promise<string[]>;
  /** Waits for any reader to differ from its state; `undefined` after `milliseconds` (`Infinity` for ever). */
  getStatusChange(
    context: ContextHandle,
    readers: readonly ReaderStatus[],
    milliseconds: number,
  ): Promise<readonly ReaderStatus[] | undefined>;
  /** Makes a waiting getStatusChange of the context reject with `cancelled`; without effect when none waits yet. */
  cancel(context: ContextHandle): Promise<void>;
  /** Shared, T=0 or T=1. Blocks while another program holds a transaction on the card. */
  connect(context: ContextHandle, reader: string): Promise<CardConnect>;
  /** As {@link connect}, after a reset; leaves the card as it is. Resolves to the protocol. */
  reconnect(card: CardHandle): Promise<number>;
  disconnect(card: CardHandle, disposition: number): Promise<void>;
  /** Blocks while another program holds a transaction on the card. */
  beginTransaction(card: CardHandle): Promise<void>;
  endTransaction(card: CardHandle, disposition: number): Promise<void>;
  /** One command APDU for the response APDU. The copy of the command that went to the C function is overwritten. */
  transmit(card: CardHandle, protocol: number, command: Uint8Array): Promise<Uint8Array>;
  /** Calls that have not come back. */
  pending(): number;
}

/** What SCardConnect gives: the handle and the protocol that was agreed (SCARD_PROTOCOL_T0 1, SCARD_PROTOCOL_T1 2). */
export interface CardConnect {
  readonly card: CardHandle;
  readonly protocol: number;
}
