import type { LibraryHandle, TypeObject } from "koffi";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { decodeMultiString } from "./multi-string.ts";
import { RETURN_CODE, errorOfReturnCode } from "./pcsc-return-code.ts";
import { DISPOSITION } from "./winscard.ts";
import type { CardHandle, ReaderStatus, Winscard } from "./winscard.ts";
import { winscardPlatform } from "./winscard-platform.ts";
import type { WinscardPlatform } from "./winscard-platform.ts";

/** The foreign function interface; imported where needed, so that a host with a virtual card runs without it. */
export type ForeignFunctions = typeof import("koffi");

const SCARD_SCOPE_SYSTEM = 2;
const SCARD_SHARE_SHARED = 2;
const SCARD_PROTOCOL_T0 = 1;
const SCARD_PROTOCOL_T1 = 2;
const SCARD_PROTOCOL_ANY = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
const INFINITE = 0xffff_ffff;

/** pcsclite's MAX_BUFFER_SIZE_EXTENDED: header, extended Lc, 64 KiB, Le, status word. */
const RECEIVE_BYTES = 4 + 3 + (1 << 16) + 3 + 2;
/** Sixteen readers (pcsclite's most) with names of 128 characters, wide, several times over. */
const READER_NAMES_BYTES = 16 * 1024;

/** SCARD_READERSTATE as koffi takes it from JS and gives it back. */
interface ReaderStateRecord {
  szReader: string;
  pvUserData: null;
  dwCurrentState: number;
  dwEventState: number | bigint;
  cbAtr: number;
  rgbAtr: number[] | Uint8Array;
}

/** How koffi is told the type of a parameter. */
type CType = string | TypeObject | ReturnType<ForeignFunctions["out"]>;

/** A C function, called on one of libuv's threads; resolves to the return code as unsigned 32 bit. */
type CFunction = (...values: readonly unknown[]) => Promise<number>;

/** The type SCARD_READERSTATE of a platform (also of those that this computer isn't). */
export function readerStateType(koffi: ForeignFunctions, platform: WinscardPlatform): TypeObject {
  const members = {
    szReader: platform.suffix === "W" ? "const char16_t *" : "const char *",
    pvUserData: "void *",
    dwCurrentState: platform.dword,
    dwEventState: platform.dword,
    cbAtr: platform.dword,
    rgbAtr: koffi.array("uint8_t", platform.atrBytes, "Typed"),
  };
  return platform.packed ? koffi.pack(members) : koffi.struct(members);
}

/**
 * Loads the PC/SC library of this computer. Throws `SmartCardError("service-unavailable")` where it is not installed. The
 * library is thread-safe as long as two calls never share a context; the callers see to that.
 */
export function loadWinscard(koffi: ForeignFunctions, platform = winscardPlatform(process.platform)): Winscard {
  const library = loadLibrary(koffi, platform);
  /** The arguments of calls that are out: koffi keeps no reference to the buffers among them. */
  const out = new Set<readonly unknown[]>();

  const bind = (name: string, parameters: CType[]): CFunction => {
    const native = library.func(platform.convention, name, platform.long, parameters);
    return (...values) =>
      new Promise((resolve, reject) => {
        out.add(values);
        native.async(...values, (error: Error | null, result: number | bigint) => {
          out.delete(values);
          if (error) reject(error);
          else resolve(Number(BigInt.asUintN(32, BigInt(result))));
        });
      });
  };

  const { dword, handle, suffix } = platform;
  const textType = suffix === "W" ? "const char16_t *" : "const char *";
  const outDword = koffi.out(koffi.pointer(dword));
  const inoutDword = koffi.inout(koffi.pointer(dword));
  const outHandle = koffi.out(koffi.pointer(handle));

  const establishContext = bind("SCardEstablishContext", [dword, "void *", "void *", outHandle]);
  const releaseContext = bind("SCardReleaseContext", [handle]);
  const listReaders = bind(`SCardListReaders${suffix}`, [handle, "void *", "void *", inoutDword]);
  const getStatusChange = bind(`SCardGetStatusChange${suffix}`, [
    handle,
    dword,
    koffi.inout(koffi.pointer(readerStateType(koffi, platform))),
    dword,
  ]);
  const cancel = bind("SCardCancel", [handle]);
  const connect = bind(`SCardConnect${suffix}`, [handle, textType, dword, dword, outHandle, outDword]);
  const reconnect = bind("SCardReconnect", [handle, dword, dword, dword, outDword]);
  const disconnect = bind("SCardDisconnect", [handle, dword]);
  const beginTransaction = bind("SCardBeginTransaction", [handle]);
  const endTransaction = bind("SCardEndTransaction", [handle, dword]);
  const transmit = bind("SCardTransmit", [handle, "void *", "void *", dword, "void *", "void *", inoutDword]);
  // the library's own SCARD_IO_REQUESTs: nobody has to know their size
  const protocolControl = new Map<number, unknown>([
    [SCARD_PROTOCOL_T0, library.symbol("g_rgSCardT0Pci")],
    [SCARD_PROTOCOL_T1, library.symbol("g_rgSCardT1Pci")],
  ]);

  /** Response buffers that no call is using. They are large, and one is enough as long as one card is spoken to. */
  const idleBuffers: Uint8Array[] = [];

  return {
    async establishContext() {
      const context: CardHandle[] = [0];
      check(await establishContext(SCARD_SCOPE_SYSTEM, null, null, context));
      return first(context);
    },
    async releaseContext(context) {
      check(await releaseContext(context));
    },
    async listReaders(context) {
      const names = new Uint8Array(READER_NAMES_BYTES);
      const length = [suffix === "W" ? names.length / 2 : names.length];
      const returnCode = await listReaders(context, null, names, length);
      if (returnCode === RETURN_CODE.SCARD_E_NO_READERS_AVAILABLE) return [];
      check(returnCode);
      return decodeMultiString(names.subarray(0, first(length) * (suffix === "W" ? 2 : 1)), suffix === "W");
    },
    async getStatusChange(context, readers, milliseconds) {
      const records = readers.map(({ reader, state }): ReaderStateRecord => {
        const atr = new Uint8Array(platform.atrBytes);
        return {
          szReader: reader,
          pvUserData: null,
          dwCurrentState: state,
          dwEventState: 0,
          cbAtr: atr.length,
          rgbAtr: atr,
        };
      });
      const wait = milliseconds === Infinity ? INFINITE : milliseconds;
      const returnCode = await getStatusChange(context, wait, records, records.length);
      if (returnCode === RETURN_CODE.SCARD_E_TIMEOUT) return undefined;
      check(returnCode);
      return readers.map(({ reader }, index): ReaderStatus => {
        const state = Number(records[index]?.dwEventState ?? 0);
        return { reader, state: state >>> 0 };
      });
    },
    async cancel(context) {
      check(await cancel(context));
    },
    async connect(context, reader) {
      const card: CardHandle[] = [0];
      const protocol = [0];
      check(await connect(context, reader, SCARD_SHARE_SHARED, SCARD_PROTOCOL_ANY, card, protocol));
      return { card: first(card), protocol: first(protocol) };
    },
    async reconnect(card) {
      const protocol = [0];
      check(await reconnect(card, SCARD_SHARE_SHARED, SCARD_PROTOCOL_ANY, DISPOSITION.leave, protocol));
      return first(protocol);
    },
    async disconnect(card, disposition) {
      check(await disconnect(card, disposition));
    },
    async beginTransaction(card) {
      check(await beginTransaction(card));
    },
    async endTransaction(card, disposition) {
      check(await endTransaction(card, disposition));
    },
    async transmit(card, protocol, command) {
      const sent = Uint8Array.from(command);
      const buffer = idleBuffers.pop() ?? new Uint8Array(RECEIVE_BYTES);
      const length = [buffer.length];
      try {
        check(await transmit(card, protocolControl.get(protocol), sent, sent.length, null, buffer, length));
        return buffer.slice(0, first(length));
      } finally {
        sent.fill(0);
        buffer.fill(0, 0, first(length));
        idleBuffers.push(buffer);
      }
    },
    pending: () => out.size,
  };
}

function loadLibrary(koffi: ForeignFunctions, platform: WinscardPlatform): LibraryHandle {
  for (const name of platform.libraries) {
    try {
      return koffi.load(name);
    } catch {
      // the next name, or none
    }
  }
  throw new SmartCardError("service-unavailable");
}

function check(returnCode: number): void {
  if (returnCode !== RETURN_CODE.SCARD_S_SUCCESS) throw errorOfReturnCode(returnCode);
}

/** What a C function wrote through a pointer: koffi puts it into the array's first place. */
function first<T>(out: readonly T[]): T {
  const [value] = out;
  if (value === undefined) throw new SmartCardError("communication");
  return value;
}
