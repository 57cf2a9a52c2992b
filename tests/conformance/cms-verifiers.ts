import * as pkijs from "pkijs";
import type { SigningParty } from "./signing-party.ts";

/** A CMS file, and the document where it stands outside. */
export interface CmsCase {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly document?: Uint8Array<ArrayBuffer> | undefined;
  /** Ask for the ESS attribute, too. */
  readonly cades: boolean;
}

/** `openssl cms -verify` as the documentation tells a site to call it. `shown` is what it took for the signed content. */
export function verifyByOpenssl(party: SigningParty, { file, document, cades }: CmsCase) {
  party.write("signature.p7s", file);
  party.write("shown", "");
  if (document) party.write("document", document);
  const { status, output } = party.openssl(
    ...["cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.p7s", "-CAfile", "ca.pem", "-out", "shown"],
    ...(cades ? ["-cades"] : []),
    ...(document ? ["-content", "document"] : []),
  );
  return { accepted: status === 0, output, shown: party.read("shown") };
}

/** The SignedData as pkijs reads it. */
export function readByPkijs(file: Uint8Array<ArrayBuffer>): pkijs.SignedData {
  const contentInfo = pkijs.ContentInfo.fromBER(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
  return new pkijs.SignedData({ schema: contentInfo.content });
}

/** The second opinion: pkijs parses and verifies signature and message digest. The chain is openssl's matter. */
export async function verifyByPkijs({ file, document }: CmsCase): Promise<boolean> {
  try {
    const signedData = readByPkijs(file);
    return await signedData.verify({
      signer: 0,
      checkChain: false,
      ...(document && { data: document.buffer.slice() }),
    });
  } catch {
    return false;
  }
}

/** The timestamp token among the unsigned attributes, as pkijs finds it. */
export function timestampTokenOf(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  const attributes = readByPkijs(file).signerInfos[0]?.unsignedAttrs?.attributes ?? [];
  const attribute = attributes.find(({ type }) => type === "1.2.840.113549.1.9.16.2.14");
  const [value] = (attribute?.values ?? []) as { valueBeforeDecodeView?: Uint8Array; toBER: () => ArrayBuffer }[];
  return value && new Uint8Array(value.toBER());
}

/** `openssl ts -verify` of a timestamp token over a signature value, by the authority that the party's folder holds. */
export function verifyTokenByOpenssl(
  party: SigningParty,
  token: Uint8Array | undefined,
  signature: Uint8Array,
): boolean {
  party.write("token.der", token ?? "");
  party.write("stamped", signature);
  const words = ["-data", "stamped", "-in", "token.der", "-token_in", "-CAfile", "tsa-ca.pem"];
  return party.openssl("ts", "-verify", ...words).output.includes("Verification: OK");
}

/** `openssl dgst -verify` of a bare signature. */
export function verifyBareByOpenssl(party: SigningParty, signature: Uint8Array, document: Uint8Array): boolean {
  party.write("public.pem", party.publicKey.export({ type: "spki", format: "pem" }));
  party.write("input", document);
  party.write("signature", signature);
  return party.openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "input").status === 0;
}
