import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DocumentFault } from "../../../formats/document-fault.ts";
import { openPdfSignature } from "../../../extension/signature/pdf/pdf-signature.ts";
import type { PdfOptions, SignatureSource } from "../../../extension/signature/signature-builder.ts";
import { mutate } from "./mutations.ts";
import { Random } from "./random.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const FOLDER = join(import.meta.dirname, "../../fixtures/pdf");
/** Small files only: a round costs what its file does. */
const LARGEST = 4000;

const OPTIONS: readonly [PdfOptions | undefined, ...(PdfOptions | undefined)[]] = [
  undefined,
  undefined,
  { stamp: { page: 1, x: 10, y: 10, width: 100, height: 40 } },
  { stamp: { page: 2, x: 10, y: 10, width: 100, height: 40 }, reason: "申請" },
  { field: "applicant.signature" },
  { field: "final" },
];

/** What came of a run. */
export interface FuzzReport {
  readonly rounds: number;
  /** Signed, and checked to be what it should. */
  readonly accepted: number;
  /** How often each fault was thrown. */
  readonly refused: Readonly<Record<string, number>>;
  /** The longest round, in milliseconds. */
  readonly slowest: number;
}

/**
 * Opens `count` damaged PDFs, made from the small fixtures, and signs those that open. Throws, with the seed and the round, on anything but a
 * `DocumentFault`, and when a signed file does not begin with the octets that were given or its byte range leaves out more than `/Contents`.
 */
export async function fuzzPdf(seed: number, count: number, signer: Bytes): Promise<FuzzReport> {
  const files = smallFixtures();
  const refused: Record<string, number> = {};
  let accepted = 0;
  let slowest = 0;
  for (let round = 0; round < count; round++) {
    const random = new Random(seed * 1_000_003 + round);
    const file = mutate(random.pick(files), random, random.pick(files));
    const started = performance.now();
    try {
      await signAndCheck(file, random, signer);
      accepted++;
    } catch (error) {
      if (!(error instanceof DocumentFault))
        throw new Error(`seed ${seed}, round ${round}: ${String(error)}`, { cause: error });
      refused[error.code] = (refused[error.code] ?? 0) + 1;
    }
    slowest = Math.max(slowest, performance.now() - started);
  }
  return { rounds: count, accepted, refused, slowest };
}

function smallFixtures(): readonly [Bytes, ...Bytes[]] {
  const paths = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".pdf"))
    .map((name) => join(FOLDER, name));
  const [first, ...rest] = paths
    .filter((path) => statSync(path).size <= LARGEST)
    .map((path) => new Uint8Array(readFileSync(path)));
  if (!first) throw new Error("there are no fixtures");
  return [first, ...rest];
}

async function signAndCheck(bytes: Bytes, random: Random, certificate: Bytes): Promise<void> {
  const source: SignatureSource = {
    format: random.pick(["pades", "pdf"]),
    packaging: "enveloped",
    profile: undefined,
    file: { name: "a.pdf", type: "application/pdf", bytes, digest: new Uint8Array(32) },
    references: [],
    pdf: random.pick(OPTIONS),
    timestamped: false,
  };
  const before = bytes.slice();
  const opened = await openPdfSignature(source);
  const prepared = await opened.prepare({ certificate, signingTime: new Date(0) });
  const { file } = await prepared.finish(new Uint8Array(256));
  if (Buffer.compare(bytes, before) !== 0) throw new Error("the given octets were changed");
  if (Buffer.compare(file.subarray(0, bytes.length), bytes) !== 0) throw new Error("the given octets are no prefix");
  const tail = Buffer.from(file.subarray(bytes.length)).toString("latin1");
  const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(tail)?.slice(1).map(Number) ?? [];
  const [hole = 0, end = 0, rest = 0] = range;
  const covered = end + rest === file.length && hole >= bytes.length;
  if (!covered || file[hole] !== 0x3c || file[end - 1] !== 0x3e)
    throw new Error(`the byte range is ${range.join(" ")}`);
  if (!/^<[0-9a-f]+>$/.test(tail.slice(hole - bytes.length, end - bytes.length))) throw new Error("more is left out");
}
