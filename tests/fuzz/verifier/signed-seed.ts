/** Octets of our own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A good file, token, list or answer, and how it is judged. */
export interface SignedSeed {
  readonly name: string;
  readonly kind: "der" | "text" | "pdf";
  readonly octets: Bytes;
  /** What was accepted, as a text that is another one whenever something else was signed or somebody else signed; `undefined` when refused. */
  readonly verify: (octets: Bytes) => Promise<string | undefined>;
}
