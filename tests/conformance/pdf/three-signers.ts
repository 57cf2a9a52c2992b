import type { ConformanceRow } from "../signing-party.ts";
import type { Authority } from "./authority.ts";
import { signPdf, type Wish } from "./signing.ts";
import { cutSignatures, opensslCms, pdfsig, pkijsCms, qpdf } from "./verifiers.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Three signers in turn, as a resident, an agent and an archive would. */
export const IN_TURN: readonly Wish[] = [
  { format: "pades" },
  { format: "pdf" },
  { format: "pades", timestamped: true },
];

/** What may stand at the end of a file that a person edited or a server cut; every reader lets it pass. */
export const ENDINGS: Readonly<Record<string, (file: Bytes) => Bytes>> = {
  "as it is": (file) => file,
  "without its last line end": (file) => file.slice(0, Buffer.from(file).toString("latin1").trimEnd().length),
  "with a carriage return": (file) => new Uint8Array(Buffer.concat([file, Buffer.from("\r")])),
  "with a page behind it": (file) => new Uint8Array(Buffer.concat([file, Buffer.from("\r\n<!-- served by -->\n\n")])),
  "with zeros behind it": (file) => new Uint8Array(Buffer.concat([file, Buffer.alloc(700)])),
};

/** The other five orders that three signers can come in. */
export const ORDERS: readonly (readonly Wish[])[] = [
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
].map((order) => order.flatMap((place) => IN_TURN[place] ?? []));

const formatOf = (subFilter: string): string => (subFilter === "ETSI.CAdES.detached" ? "pades" : "pdf");

/** Counts verdicts by format and verifier. */
export class ConformanceCount {
  private readonly counts = new Map<string, { format: string; verifier: string; accepted: number; rejected: number }>();

  /** Notes one verdict on one signature. */
  note(format: string, verifier: string, accepted: boolean): boolean {
    const key = `${format} ${verifier}`;
    const count = this.counts.get(key) ?? { format, verifier, accepted: 0, rejected: 0 };
    this.counts.set(key, count);
    if (accepted) count.accepted++;
    else count.rejected++;
    return accepted;
  }

  /** All so far. */
  rows(): ConformanceRow[] {
    return [...this.counts.values()].map((count) => ({ ...count, inputs: count.accepted + count.rejected }));
  }
}

/** Signs in turn and has every signature verified each time by everyone; what was rejected is returned, in the verifiers' own words. */
export async function signInTurn(
  authority: Authority,
  file: Bytes,
  wishes: readonly Wish[],
  count: ConformanceCount,
): Promise<{ file: Bytes; rejected: string[] }> {
  const rejected: string[] = [];
  let signed = file;
  for (const wish of wishes) {
    const before = signed;
    signed = await signPdf(authority, before, wish);
    if (Buffer.compare(signed.subarray(0, before.length), before) !== 0) rejected.push("the file given is no prefix");
  }
  const note = (format: string, verifier: string, accepted: boolean, words: string): void => {
    if (!count.note(format, verifier, accepted)) rejected.push(`${verifier}: ${words}`);
  };
  const signatures = cutSignatures(signed);
  const verdict = pdfsig(authority, signed);
  const check = qpdf(authority, signed);
  for (const { format } of wishes) note(format ?? "pdf", "qpdf --check", check.status === 0, check.words);
  const all = verdict.found === signatures.length && verdict.valid === signatures.length;
  for (const { subFilter } of signatures) note(formatOf(subFilter), "pdfsig", all, verdict.words);
  for (const signature of signatures.slice(-wishes.length)) {
    const { status, stderr } = opensslCms(authority, signature);
    note(formatOf(signature.subFilter), "openssl cms", status === 0, stderr);
    note(formatOf(signature.subFilter), "pkijs", (await pkijsCms(signature)).valid, "not valid");
  }
  const last = signatures.at(-1)?.byteRange ?? [0, 0, 0, 0];
  if (last[2] + last[3] !== signed.length) rejected.push("the last signature does not cover the file");
  return { file: signed, rejected };
}
