/**
 * Where the three implementations of PC/SC differ in their C interface. Linux: pcsc-lite's headers, and run. macOS: the PCSC
 * framework's headers (32-bit DWORD, packed SCARD_READERSTATE). Windows: winscard.h (`W` functions, stdcall, pointer-sized
 * handles). The last two are written from the public headers and have not been run.
 */
export interface WinscardPlatform {
  /** What the loader is asked for, in this order. */
  readonly libraries: readonly string[];
  /** koffi's names of the C types. */
  readonly dword: "ulong" | "uint32_t";
  readonly long: "long" | "int32_t";
  /** SCARDCONTEXT and SCARDHANDLE. */
  readonly handle: "long" | "int32_t" | "uintptr_t";
  readonly convention: "__cdecl" | "__stdcall";
  /** `W`: strings are UTF-16, and the functions that take them carry the suffix. */
  readonly suffix: "" | "W";
  /** SCARD_READERSTATE: without padding, and the size of its ATR field in octets. */
  readonly packed: boolean;
  readonly atrBytes: number;
  /** Windows ends its smart card service with the last reader and starts it with the first: no service then means no reader. */
  readonly serviceFollowsReaders: boolean;
}

const PCSC_LITE: WinscardPlatform = {
  libraries: ["libpcsclite.so.1"],
  dword: "ulong",
  long: "long",
  handle: "long",
  convention: "__cdecl",
  suffix: "",
  packed: false,
  atrBytes: 33,
  serviceFollowsReaders: false,
};

const MACOS: WinscardPlatform = {
  ...PCSC_LITE,
  libraries: ["/System/Library/Frameworks/PCSC.framework/PCSC"],
  dword: "uint32_t",
  long: "int32_t",
  handle: "int32_t",
  packed: true,
};

const WINDOWS: WinscardPlatform = {
  libraries: ["winscard.dll"],
  dword: "uint32_t",
  long: "int32_t",
  handle: "uintptr_t",
  convention: "__stdcall",
  suffix: "W",
  packed: false,
  atrBytes: 36,
  serviceFollowsReaders: true,
};

/** The C interface of `platform` (`process.platform`). */
export function winscardPlatform(platform: string): WinscardPlatform {
  if (platform === "win32") return WINDOWS;
  return platform === "darwin" ? MACOS : PCSC_LITE;
}
