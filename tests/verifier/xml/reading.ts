import type { FoundSignature, ReaderOptions } from "../../../verifier/signature/found-signature.ts";
import { readXml } from "../../../verifier/signature/xml/read-xml.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { playAuthority, playResident } from "../../support/pki/played-authorities.ts";
import { valueHolds } from "./xml-template.ts";

/** Authority and signer of the tests here. */
export const AUTHORITY = playAuthority("signing");
/** See {@link AUTHORITY}. */
export const SIGNER = playResident("signing", { issuer: AUTHORITY });

/**
 * The verdict about each signature of a file, as a test compares it: `whole` or `parts` where the reader found it and the value holds, `signature-wrong` where it
 * doesn't, else the failing check and its code; for a file that as such is refused, the code alone.
 */
export async function verdicts(file: Uint8Array | string, options: Partial<ReaderOptions> = {}): Promise<string[]> {
  try {
    const found = await readXml(octets(file), { content: undefined, parts: undefined, ...options });
    return found.map((one) => {
      if ("refusal" in one) return `${one.check}: ${one.refusal.code}`;
      if (!valueHolds(one)) return "signature-wrong";
      return one.coverage.whole ? "whole" : "parts";
    });
  } catch (fault) {
    if (fault instanceof Refusal) return [fault.code];
    throw fault;
  }
}

/** The one signature of a file, which the reader takes. */
export async function found(file: Uint8Array | string, options: Partial<ReaderOptions> = {}): Promise<FoundSignature> {
  const [one, ...others] = await readXml(octets(file), { content: undefined, parts: undefined, ...options });
  if (!one || others.length > 0) throw new RangeError(`${others.length + 1} signatures`);
  if ("refusal" in one) throw one.refusal;
  return one;
}

/** What a part of the coverage says: its URI, its path, and its octets as text. */
export const partsOf = ({ coverage }: FoundSignature): string[][] =>
  coverage.kind === "parts"
    ? coverage.parts.map(({ uri, path = "", octets: text }) => [uri, path, new TextDecoder().decode(text)])
    : [];

const octets = (file: Uint8Array | string): Uint8Array =>
  typeof file === "string" ? new TextEncoder().encode(file) : file;
