import type { SigningFormat } from "../../shared/protocol/signing-formats.ts";
import { buildCades } from "./cades.ts";
import { sha256 } from "./sha256.ts";

/** What every format is built from. `sign` gets one SHA-256 digest and returns the card's RSASSA-PKCS1-v1_5 signature. */
export interface SignatureInput {
  readonly format: SigningFormat;
  readonly document: Uint8Array;
  /** The signing certificate, DER. */
  readonly certificate: Uint8Array;
  readonly signingTime: Date;
  readonly sign: (digest: Uint8Array) => Promise<Uint8Array>;
}

/** A finished signature. */
export interface BuiltSignature {
  /** The signature file, whole. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** Its media type. */
  readonly type: string;
  /** A name for it beside the document's. */
  readonly fileName: (documentName: string) => string;
  /** SHA-256 of the document. */
  readonly digest: Uint8Array<ArrayBuffer>;
  /** The bare signature value. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/**
 * Builds the signature file of one document. `pkcs1`: the signature over the document itself and nothing else. `cades`: see `cades.ts`. Rejects
 * with whatever `sign` rejected with, or `RangeError` when the certificate is none.
 */
export async function buildSignature(input: SignatureInput): Promise<BuiltSignature> {
  switch (input.format) {
    case "pkcs1": {
      const digest = await sha256(input.document);
      const signature = Uint8Array.from(await input.sign(digest));
      return {
        file: signature,
        type: "application/octet-stream",
        fileName: (name) => `${name}.sig`,
        digest,
        signature,
      };
    }
    case "cades":
      return { ...(await buildCades(input)), type: "application/pkcs7-signature", fileName: (name) => `${name}.p7s` };
  }
}
