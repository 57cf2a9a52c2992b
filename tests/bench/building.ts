import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bytes } from "../../formats/der/der.ts";
import { openDocument } from "../../extension/signature/open-document.ts";
import { sha256 } from "../../extension/signature/sha256.ts";
import { resolveFormat, type RequestedFormat } from "../../shared/protocol/signing-formats.ts";
import { certificateShape, smallPdf } from "../fixtures/pdf/small-pdf.ts";
import { compare, median, times, type Row } from "./measure.ts";

const SIZES = { "100 KB": 100_000, "1 MB": 1_000_000, "20 MB": 20_000_000 } as const;
// about as dense as forms are; 20 MB of much shorter elements are more than is read at all
const NOTE = "受給資格に変更があったときは、速やかに届け出ます。".repeat(3);
const LINE = `<項目 番号='1'><氏名>道野　遥</氏名><備考>${NOTE}</備考></項目>\n`;

/** Octets of no meaning, a form in XML, and a PDF whose page has a large content stream. */
const DOCUMENTS: Readonly<Record<"octets" | "xml" | "pdf", (size: number) => Bytes>> = {
  octets: (size) => new Uint8Array(size).map((_, index) => (index * 7) % 251),
  xml: (size) => {
    const lines = Math.floor(size / Buffer.byteLength(LINE));
    return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n<申請>\n${LINE.repeat(lines)}</申請>\n`);
  },
  pdf: (size) => smallPdf({ 4: `<</Length ${size}>>\nstream\n${" ".repeat(size)}\nendstream` }),
};

const CASES: readonly (readonly [keyof typeof DOCUMENTS, RequestedFormat])[] = [
  ["octets", { format: "pkcs1" }],
  ["octets", { format: "cms", packaging: "enveloping" }],
  ["octets", { format: "cades", packaging: "detached" }],
  ["octets", { format: "cades", packaging: "enveloping" }],
  ["octets", { format: "jws", packaging: "enveloping" }],
  ["xml", { format: "xmldsig", packaging: "enveloped" }],
  ["xml", { format: "xades", packaging: "enveloped" }],
  ["pdf", { format: "pdf" }],
  ["pdf", { format: "pades" }],
];

/** Reads, prepares and finishes a file as the window does; all but the card's own work. */
async function build(requested: RequestedFormat, bytes: Bytes, signer: { certificate: Bytes; signingTime: Date }) {
  const format = resolveFormat(requested);
  if (!format) throw new RangeError("no such format");
  const file = { name: "a", type: "", bytes, digest: await sha256(bytes) };
  const opened = await openDocument({ ...format, file, references: [], timestamped: false });
  const prepared = await opened.prepare(signer);
  return prepared.finish(new Uint8Array(256));
}

/** What another program needs for the same: xmlsec1's canonicalisation by xmllint for XML, a digest by openssl for everything else. */
function besides(folder: string, kind: keyof typeof DOCUMENTS, bytes: Bytes): readonly [string, () => unknown] {
  const path = join(folder, "document");
  writeFileSync(path, bytes);
  const run = (command: string, ...words: string[]): (() => unknown) => {
    return () => spawnSync(command, [...words, path], { stdio: "ignore" });
  };
  return kind === "xml"
    ? ["xmllint --c14n, its start included", run("xmllint", "--huge", "--c14n")]
    : ["openssl dgst -sha256, its start included", run("openssl", "dgst", "-sha256")];
}

/** Building a signature file for each format and size, in milliseconds, beside another program over the same octets; XML of 1 MB beside its aim, too. */
export async function building(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-building-"));
  const signer = { certificate: certificateShape("0123ABC"), signingTime: new Date() };
  const rows: Row[] = [];
  try {
    for (const [size, octets] of Object.entries(SIZES))
      for (const [kind, format] of CASES) {
        const bytes = DOCUMENTS[kind](octets);
        const turns = octets > 2_000_000 ? 3 : 7;
        const ours = median(await times(turns, () => build(format, bytes, signer)));
        const [beside, other] = besides(folder, kind, bytes);
        const name = [format.format, format.packaging].filter(Boolean).join(", ");
        rows.push(compare(`building ${name}, ${size}`, ours, beside, median(await times(turns, other)), "ms"));
        if (kind === "xml" && size === "1 MB") rows.push(compare(`… ${name}, 1 MB`, ours, "aim", 1_000, "ms"));
      }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
