import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, askChain, AUTHORITY, isSame, type Verdict } from "./verdict.ts";

/** A CMS file and what it signs. */
export interface CmsFile {
  readonly folder: string;
  readonly file: string;
  /** The file that is signed, in the same folder. */
  readonly document: string;
  /** The document is inside. */
  readonly enveloping: boolean;
  /** The signed attributes must name the certificate (ESS). */
  readonly cades: boolean;
}

/** `openssl cms -verify`, with the chain up to the authority; what it took for the document must be the document. */
export function verifyCms({ folder, file, document, enveloping, cades }: CmsFile): Verdict {
  const out = `${file}.content`;
  return ask(
    "openssl",
    [
      ...["cms", "-verify", ...(cades ? ["-cades"] : []), "-binary", "-inform", "DER", "-in", file],
      ...(enveloping ? [] : ["-content", document]),
      ...["-CAfile", AUTHORITY, "-out", out],
    ],
    { folder, also: () => isSame(folder, out, document) },
  );
}

/** `openssl dgst -verify` with the key of the certificate that came beside the signature, and that certificate's chain. */
export function verifyPkcs1(folder: string, file: string, document: string, certificate: string): Verdict[] {
  const key = ask("openssl", ["x509", "-in", certificate, "-noout", "-pubkey"], { folder });
  const keyFile = "signer.pub.pem";
  writeFileSync(join(folder, keyFile), `${key.words}\n`);
  const words = ["dgst", "-sha256", "-verify", keyFile, "-signature", file, document];
  return [ask("openssl", words, { folder }), askChain(folder, certificate)];
}
