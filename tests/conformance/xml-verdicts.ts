import { CANONICALIZATIONS } from "../../formats/xml/canonicalization.ts";
import { temporaryFolder } from "../support/virtual-card.ts";
import type { Skip, VerdictTable } from "./verdict-table.ts";
import { TRICKY_DOCUMENTS } from "./xml/tricky-documents.ts";
import { xmlConformance } from "./xml/xml-conformance.ts";

/** How many files of one format the JDK is known to get wrong: it reads those documents where they are not detached. */
const EXCUSED = TRICKY_DOCUMENTS.filter(({ exceptions }) => exceptions?.jdk !== undefined).reduce(
  (sum, { target }) => sum + CANONICALIZATIONS.length * (target ? 3 : 2),
  0,
);
const REASONS = new Set(TRICKY_DOCUMENTS.flatMap(({ exceptions }) => exceptions?.jdk ?? []));

/** Every tricky document in every canonicalisation, format and packaging, by xmlsec1 and the JDK where they are. */
export async function xmlVerdicts(): Promise<VerdictTable> {
  const { folder, remove } = temporaryFolder();
  try {
    const judged = await xmlConformance(folder);
    const rows = judged.map(({ changed, verifier, ...row }) => ({
      ...row,
      verifier,
      altered: changed,
      ...(verifier === "JDK" && { excused: EXCUSED }),
    }));
    const skips: Skip[] = rows.flatMap(({ format, verifier, excused = 0 }) =>
      excused > 0 ? [{ what: `${format} by the ${verifier}`, reason: [...REASONS].join("; "), count: excused }] : [],
    );
    for (const verifier of ["xmlsec1", "JDK"])
      if (!rows.some((row) => row.verifier === verifier))
        skips.push({
          what: `xmldsig and xades by ${verifier}`,
          reason: "it is not on this machine",
          count: rows.reduce((sum, { inputs, altered }) => sum + inputs + altered, 0),
        });
    return { rows, skips };
  } finally {
    remove();
  }
}
