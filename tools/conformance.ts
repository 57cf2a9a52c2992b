import { pdfVerdicts } from "../tests/conformance/pdf-verdicts.ts";
import { proofVerdicts } from "../tests/conformance/proof-verdicts.ts";
import { signatureRows } from "../tests/conformance/signature-rows.ts";
import { DOCUMENTS } from "../tests/conformance/signing-party.ts";
import { countVerdicts, printVerdicts, type VerdictTable } from "../tests/conformance/verdict-table.ts";
import { xmlVerdicts } from "../tests/conformance/xml-verdicts.ts";

/**
 * `npm run conformance`: signs every input in every format and packaging, and asks programs that are not ours, as it is and with something
 * changed. Ends with a table and the line `N passed, N failed, N skipped`; each skip has its reason. Exit code 0 only if nothing failed.
 */
const PARTS: Readonly<Record<string, () => Promise<VerdictTable>>> = {
  "pkcs1, CMS, CAdES, JWS": async () => {
    const rows = (await signatureRows()).map((row) => ({ ...row, altered: row.inputs }));
    const all = Object.keys(DOCUMENTS).length;
    const reason = "it takes a detached document of no octets for a missing one";
    const skips = rows
      .filter(({ inputs }) => inputs < all)
      .map(({ format, verifier, inputs }) => ({ what: `${format} by ${verifier}`, reason, count: 2 * (all - inputs) }));
    return { rows, skips };
  },
  "proofs of attributes": proofVerdicts,
  "XMLDSig, XAdES": xmlVerdicts,
  "PAdES, PDF": pdfVerdicts,
};

const tables: VerdictTable[] = [];
for (const [name, judge] of Object.entries(PARTS)) {
  const started = performance.now();
  tables.push(await judge());
  console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
const table: VerdictTable = {
  rows: tables.flatMap(({ rows }) => rows),
  skips: tables.flatMap(({ skips }) => skips),
};
console.log(`\n${printVerdicts(table)}`);
process.exitCode = countVerdicts(table).failed === 0 ? 0 : 1;
