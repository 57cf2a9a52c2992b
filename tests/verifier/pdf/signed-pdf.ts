import { constants, privateEncrypt } from "node:crypto";
import type { PdfOptions } from "../../../extension/signature/signature-builder.ts";
import { decodeHex } from "../../../shared/encoding/hex.ts";
import { readPdf } from "../../../verifier/signature/pdf/pdf-reader.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { appendRevision, smallPdf, startOfXref } from "../../fixtures/pdf/small-pdf.ts";
import { playAuthority, playResident } from "../../support/pki/played-authorities.ts";
import { testKey } from "../../support/pki/test-keys.ts";
import { signDocument, type TestSigner } from "../../support/sign-document.ts";

/** The octets of a file. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The prefix that makes a SHA-256 DigestInfo of a digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = decodeHex("3031300d060960864801650304020105000420");
const RESIDENT = playResident("signing", { issuer: playAuthority("signing") });

const SIGNER: TestSigner = {
  certificate: RESIDENT.certificate,
  sign: (digest) => {
    const key = testKey("rsa-2048", "signing hanako").privateKey;
    const padded = Buffer.concat([DIGEST_INFO, digest]);
    return Promise.resolve(privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, padded));
  },
};

/** What a page, a text field and an annotation consist of; a signature field is there too where `lock` says what it closes. */
export function plan(objects: Readonly<Record<number, string>> = {}, lock?: string, trailer = ""): Bytes {
  const all = {
    1: `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R${lock === undefined ? "" : " 9 0 R"}]>>>>`,
    3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R 8 0 R]>>`,
    4: stream("BT /F 24 Tf 72 700 Td (1,000 yen) Tj ET"),
    5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    6: "<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(1000)/Rect[72 600 200 620]/AP<</N 7 0 R>>>>",
    7: stream("/Tx BMC EMC", "/Type/XObject/Subtype/Form/BBox[0 0 128 20]"),
    8: "<</Type/Annot/Subtype/Square/Rect[300 600 400 620]>>",
    ...(lock !== undefined && {
      9: `<</Type/Annot/Subtype/Widget/FT/Sig/T(seal)/Rect[0 0 0 0]/Lock<</Type/SigFieldLock${lock}>>>>`,
    }),
    ...objects,
  };
  return smallPdf(all, trailer);
}

/** A stream object of these octets, one character each. */
export const stream = (data: string, entries = ""): string =>
  `<<${entries}/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** The file with one more signature. */
export async function signed(file: Bytes, pdf?: PdfOptions, format: "pades" | "pdf" = "pades"): Promise<Bytes> {
  const signingTime = new Date("2026-11-24T03:00:00Z");
  return Uint8Array.from((await signDocument(SIGNER, format, file, { pdf, signingTime })).file);
}

/** The file with one more revision of these objects. */
export const changed = (file: Bytes, objects: Readonly<Record<number, string>>, trailer = ""): Bytes =>
  appendRevision(file, { objects, trailer: `/Prev ${startOfXref(file)}${trailer}` });

/** The text with its one occurrence of `from` (the last, where there are several) written over; what is shorter is filled up with spaces. */
export function patched(file: Bytes, from: string, to: string): Bytes {
  const at = Buffer.from(file).lastIndexOf(from, undefined, "latin1");
  if (at < 0 || to.length > from.length) throw new Error(`cannot write over ${from}`);
  const copy = Uint8Array.from(file);
  copy.set(Buffer.from(to.padEnd(from.length), "latin1"), at);
  return copy;
}

/** The file, octets as characters. */
export const textOf = (file: Bytes): string => Buffer.from(file).toString("latin1");

/** The last `/ByteRange` of a file, as it stands there and in numbers. */
export function byteRangeOf(file: Bytes): { text: string; numbers: readonly [number, number, number, number] } {
  const found = [...textOf(file).matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] */g)].at(-1);
  const [a = 0, b = 0, c = 0, d = 0] = found?.slice(1).map(Number) ?? [];
  return { text: found?.[0] ?? "", numbers: [a, b, c, d] };
}

/** The last byte range written over. */
export const withByteRange = (file: Bytes, ...values: readonly (number | string)[]): Bytes =>
  patched(file, byteRangeOf(file).text, `/ByteRange [${values.join(" ")}]`);

/** The object number of the last signature dictionary, and of the field that it is the value of. */
export function lastSignature(file: Bytes): { signature: number; field: number } {
  const text = textOf(file);
  const signature = Number([...text.matchAll(/(\d+) 0 obj\n<<[^<>]*\/Type\s*\/Sig\b/g)].at(-1)?.[1]);
  const field = [...text.matchAll(/(\d+) 0 obj\n(?:(?!endobj)[\s\S])*?\/V (\d+) 0 R/g)].findLast(
    (match) => Number(match[2]) === signature,
  );
  return { signature, field: Number(field?.[1]) };
}

/** The body of the newest object of that number, as it stands in the file. */
export function bodyOf(file: Bytes, number: number): string {
  const found = [...textOf(file).matchAll(new RegExp(`\\n${number} 0 obj\\n([\\s\\S]*?)\\nendobj`, "g"))].at(-1);
  return found?.[1] ?? "";
}

/** The verdict in words: of each signature `ok` or its code and check; the code alone where the file as such is refused. */
export async function verdict(file: Uint8Array): Promise<readonly string[]> {
  try {
    const found = await readPdf(file, { content: undefined, parts: undefined });
    return found.map((one) => ("refusal" in one ? `${one.refusal.code} ${one.check}` : "ok"));
  } catch (thrown) {
    if (thrown instanceof Refusal) return [thrown.code];
    throw thrown;
  }
}
