import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openPdfSignature } from "../../../extension/signature/pdf/pdf-signature.ts";
import type { PdfOptions, SignatureSource } from "../../../extension/signature/signature-builder.ts";
import { resolveFormat } from "../../../shared/protocol/signing-formats.ts";
import type { Authority } from "./authority.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const FIXTURES = join(import.meta.dirname, "../../fixtures/pdf");

/** One fixture's octets. */
export const fixture = (name: string): Bytes => new Uint8Array(readFileSync(join(FIXTURES, `${name}.pdf`)));

/** The names of all fixtures, without `.pdf`. */
export const fixtureNames = (): string[] =>
  readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".pdf"))
    .map((name) => name.slice(0, -4))
    .toSorted();

/** What to make of a PDF. */
export interface Wish {
  readonly format?: "pades" | "pdf";
  readonly profile?: "moj-pdf";
  readonly pdf?: PdfOptions;
  readonly timestamped?: boolean;
  readonly signingTime?: Date;
}

/** A source for the signature, as the window makes one. */
export function sourceOf(bytes: Bytes, { format, profile, pdf, timestamped = false }: Wish): SignatureSource {
  const resolved = resolveFormat({ format, profile });
  if (!resolved) throw new Error("no such format");
  const digest = new Uint8Array(createHash("sha256").update(bytes).digest());
  const file = { name: "plan.pdf", type: "application/pdf", bytes, digest };
  return { ...resolved, file, references: [], pdf, timestamped };
}

/** Signs as the window does: open, prepare, card, timestamp, finish. */
export async function signPdf(authority: Authority, bytes: Bytes, wish: Wish): Promise<Bytes> {
  const opened = await openPdfSignature(sourceOf(bytes, wish));
  const signingTime = wish.signingTime ?? new Date();
  const prepared = await opened.prepare({ certificate: authority.certificate, signingTime });
  const signature = authority.sign(prepared.toBeSigned);
  if (!wish.timestamped || !prepared.timestampImprint) return (await prepared.finish(signature)).file;
  return (await prepared.finish(signature, authority.timestamp(await prepared.timestampImprint(signature)))).file;
}
