import { LIMITS } from "../../shared/limits.ts";
import type { PageSignResult, SignResult } from "../../shared/protocol/page-messages.ts";

/** Signature files that come in pieces. */
export interface SignatureFiles {
  /** `false`: there can be no such signature. */
  readonly add: (signature: number, bytes: ArrayBuffer) => boolean;
  /** The result with a `Blob` for each file; `undefined` when a file is not as long as the result says. */
  readonly pageResult: (result: SignResult) => PageSignResult | undefined;
}

/** Collects the pieces of the signature files of one call, in the order in which they come. */
export function collectFiles(): SignatureFiles {
  const parts = new Map<number, ArrayBuffer[]>();
  return {
    add(signature, bytes) {
      if (!Number.isInteger(signature) || signature < 0 || signature >= LIMITS.documentsPerCall) return false;
      const known = parts.get(signature) ?? [];
      known.push(bytes);
      parts.set(signature, known);
      return true;
    },
    pageResult({ certificate, signatures }) {
      const made = signatures.map(({ bytes, type = "", ...signature }, index) => {
        if (bytes === undefined) return { signature, whole: true };
        const file = new Blob(parts.get(index) ?? [], { type });
        return { signature: { ...signature, file }, whole: file.size === bytes };
      });
      return made.every(({ whole }) => whole)
        ? { certificate, signatures: made.map(({ signature }) => signature) }
        : undefined;
    },
  };
}
