/**
 * The few globals that browsers and Node have in common and that `shared/` may use. Seen by `shared/tsconfig.json` alone: the other
 * projects bring the real declarations, and anything not listed here does not compile in this folder.
 */
declare class URL {
  constructor(url: string, base?: string);
  readonly protocol: string;
  readonly origin: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
}
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}
declare class Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}
declare function atob(text: string): string;
declare function btoa(text: string): string;
