import { Authority } from "./pdf/authority.ts";
import { fixture, fixtureNames, signPdf } from "./pdf/signing.ts";
import { ConformanceCount, ENDINGS, IN_TURN, ORDERS, signInTurn } from "./pdf/three-signers.ts";
import { cutSignatures, opensslCms, pdfsig, pkijsCms } from "./pdf/verifiers.ts";
import type { VerdictRow, VerdictTable } from "./verdict-table.ts";
import { hasProgram } from "./xml/verifiers.ts";

/** Closed to a new signature: `pdf/refusals.test.ts` says each one's reason. */
const CLOSED = ["pikepdf-xfa", "pyhanko-certified-p1", "pyhanko-fieldmdp-all", "qpdf-encrypted"];
const PROGRAMS = [
  ["pdfsig", "-v"],
  ["qpdf", "--version"],
] as const;

/** Every fixture with every ending, and in every order of three signers; then each with an octet changed under the first signature. */
export async function pdfVerdicts(): Promise<VerdictTable> {
  const missing = PROGRAMS.find(([name, ...version]) => !hasProgram(name, ...version));
  const files = fixtureNames().filter((name) => !CLOSED.includes(name));
  const runs = files.length * (Object.keys(ENDINGS).length + ORDERS.length);
  if (missing) {
    const reason = `no ${missing[0]} on this machine`;
    return { rows: [], skips: [{ what: "pades and pdf, all of it", reason, count: runs * IN_TURN.length * 4 }] };
  }
  const authority = new Authority();
  try {
    const count = new ConformanceCount();
    for (const name of files) {
      for (const changed of Object.values(ENDINGS)) await signInTurn(authority, changed(fixture(name)), IN_TURN, count);
      for (const order of ORDERS) await signInTurn(authority, fixture(name), order, count);
    }
    const altered = new Map<string, { altered: number; rejected: number }>();
    for (const name of files)
      for (const format of ["pades", "pdf"] as const) await alter(authority, name, format, altered);
    const rows = count.rows().map(({ format, verifier, inputs, accepted }): VerdictRow => ({
      ...{ format, verifier, inputs, accepted },
      ...(altered.get(`${format} ${verifier}`) ?? { altered: 0, rejected: 0 }),
    }));
    return { rows: rows.toSorted((a, b) => a.format.localeCompare(b.format)), skips: [] };
  } finally {
    authority.remove();
  }
}

/** Signs, changes octets of what was there before, and asks everyone who looks at signatures. */
async function alter(
  authority: Authority,
  name: string,
  format: "pades" | "pdf",
  altered: Map<string, { altered: number; rejected: number }>,
): Promise<void> {
  const given = fixture(name);
  const signed = await signPdf(authority, given, { format });
  const before = cutSignatures(given).length;
  // the last line of the given file, `%%EOF`: nothing about the structure changes
  const at = Buffer.from(given).lastIndexOf("%%EOF") + 3;
  const file = signed.with(at, (signed[at] ?? 0) ^ 1);
  const signature = cutSignatures(file)[before];
  if (!signature) throw new Error(`${name}: the signature is not there`);
  const verdicts: Readonly<Record<string, boolean>> = {
    pdfsig: pdfsig(authority, file).valid > 0,
    "openssl cms": opensslCms(authority, signature).status === 0,
    // it throws where the digest is another
    pkijs: await pkijsCms(signature).then(
      ({ valid }) => valid,
      () => false,
    ),
  };
  for (const [verifier, accepted] of Object.entries(verdicts)) {
    const key = `${format} ${verifier}`;
    const counted = altered.get(key) ?? { altered: 0, rejected: 0 };
    altered.set(key, { altered: counted.altered + 1, rejected: counted.rejected + (accepted ? 0 : 1) });
  }
}
