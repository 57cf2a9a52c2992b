import { openDocument } from "../../extension/signature/open-document.ts";
import type { SignatureFile, SignatureSource } from "../../extension/signature/signature-builder.ts";
import { sha256 } from "../../extension/signature/sha256.ts";
import { resolveFormat } from "../../shared/protocol/signing-formats.ts";

/** Who signs in a test: a certificate, and a function that does what the card does with a SHA-256 digest. */
export interface TestSigner {
  readonly certificate: Uint8Array;
  readonly sign: (digest: Uint8Array) => Promise<Uint8Array>;
}

/** A signature of `format` over `document`, by the product's own three steps. `more` is whatever else a source may hold. */
export async function signDocument(
  signer: TestSigner,
  format: string,
  document: Uint8Array,
  { signingTime = new Date(), ...more }: Partial<SignatureSource> & { readonly signingTime?: Date } = {},
): Promise<SignatureFile> {
  const resolved = resolveFormat({ format });
  if (!resolved) throw new RangeError(`no format ${format}`);
  const bytes = Uint8Array.from(document);
  const file = { name: "document", type: "", bytes, digest: await sha256(bytes) };
  const opened = await openDocument({ ...resolved, file, references: [], timestamped: false, ...more });
  const prepared = await opened.prepare({ certificate: Uint8Array.from(signer.certificate), signingTime });
  return prepared.finish(Uint8Array.from(await signer.sign(prepared.toBeSigned)));
}
