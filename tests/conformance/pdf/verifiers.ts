import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { ContentInfo, SignedData } from "pkijs";
import { readElement } from "../../../formats/der/der.ts";
import type { Authority } from "./authority.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A signature as it stands in a file, cut out by the octets alone: none of our own parser is used. */
export interface CutSignature {
  readonly subFilter: string;
  /** The dictionary's text, `/Contents` left out. */
  readonly dictionary: string;
  readonly byteRange: readonly [number, number, number, number];
  readonly cms: Bytes;
  /** What it covers. */
  readonly content: Bytes;
}

/** All signatures of a file that was made by us or by libpdf, oldest first. */
export function cutSignatures(file: Bytes): CutSignature[] {
  const text = Buffer.from(file).toString("latin1");
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map((match) => {
    const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
    const start = text.lastIndexOf(" obj", match.index);
    const dictionary = text.slice(start, text.indexOf("endobj", match.index)).replace(/<[0-9a-fA-F]{1000,}>/, "");
    const hole = text.slice(a + b, c);
    if (!hole.startsWith("<") || !hole.endsWith(">"))
      throw new Error(`the hole is ${hole.slice(0, 5)}…${hole.slice(-5)}`);
    return {
      subFilter: /\/SubFilter\s*\/([\w.]+)/.exec(dictionary)?.[1] ?? "",
      dictionary,
      byteRange: [a, b, c, d],
      cms: Uint8Array.from(readElement(Buffer.from(hole.slice(1, -1), "hex")).encoding),
      content: new Uint8Array(Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)])),
    };
  });
}

/** What a verifier says of a file. */
export interface Verdict {
  /** Signatures that it found valid. */
  readonly valid: number;
  readonly found: number;
  /** Its own words, for the failing test's message. */
  readonly words: string;
}

/** `pdfsig -nocert`: NSS can't validate a chain with critical certificate policies, so it is asked for the signatures alone. */
export function pdfsig(authority: Authority, file: Bytes): Verdict {
  writeFileSync(authority.at("signed.pdf"), file);
  const { stdout, stderr } = spawnSync("pdfsig", ["-nocert", authority.at("signed.pdf")], { encoding: "utf8" });
  const count = (pattern: RegExp): number => stdout.match(pattern)?.length ?? 0;
  return { valid: count(/Signature is Valid/g), found: count(/Signature Validation:/g), words: stdout + stderr };
}

/** `qpdf --check`: 0 for a file without any warning. */
export function qpdf(authority: Authority, file: Bytes): { status: number | null; words: string } {
  writeFileSync(authority.at("signed.pdf"), file);
  const { status, stdout, stderr } = spawnSync("qpdf", ["--check", authority.at("signed.pdf")], { encoding: "utf8" });
  return { status, words: stdout + stderr };
}

/** `openssl cms -verify` with the chain up to the authority; `-cades` where the signature is to have an ESS attribute. */
export function opensslCms(
  authority: Authority,
  { cms, content, subFilter }: Pick<CutSignature, "cms" | "content" | "subFilter">,
): { status: number | null; stderr: string } {
  writeFileSync(authority.at("signature.p7s"), cms);
  writeFileSync(authority.at("content"), content);
  const words = "cms -verify -binary -inform DER -in signature.p7s -content content -CAfile ca.pem -out shown".split(
    " ",
  );
  return authority.accepts(...words, ...(subFilter === "ETSI.CAdES.detached" ? ["-cades"] : []));
}

/** pkijs on the same signature: whether it holds, and its attributes. */
export async function pkijsCms({ cms, content }: Pick<CutSignature, "cms" | "content">): Promise<{
  valid: boolean;
  signed: string[];
  signature: Bytes;
  timestamp: Bytes | undefined;
}> {
  const signedData = new SignedData({ schema: ContentInfo.fromBER(cms).content });
  const [info] = signedData.signerInfos;
  const unsigned = info?.unsignedAttrs?.attributes ?? [];
  const token = unsigned.find(({ type }) => type === "1.2.840.113549.1.9.16.2.14")?.values[0] as
    { toBER: () => ArrayBuffer } | undefined;
  return {
    valid: await signedData.verify({ signer: 0, data: content.buffer, checkChain: false }),
    signed: info?.signedAttrs?.attributes.map(({ type }) => type) ?? [],
    signature: new Uint8Array(info?.signature.valueBlock.valueHexView ?? []),
    timestamp: token && new Uint8Array(token.toBER()),
  };
}

/** `openssl ts -verify`: whether the token is over this signature value, by this authority. */
export function opensslTimestamp(authority: Authority, token: Bytes, signature: Bytes): string {
  writeFileSync(authority.at("token.tst"), token);
  writeFileSync(authority.at("value"), signature);
  return authority.openssl(
    ..."ts -verify -in token.tst -token_in -data value -CAfile ca.pem -untrusted tsa.pem".split(" "),
  );
}
