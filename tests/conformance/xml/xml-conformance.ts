import { CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { signTrickyDocuments, tamper, type SignedDocument } from "./signed-matrix.ts";
import { testSigner } from "./test-signer.ts";
import { hasProgram, verifyWithJdk, verifyWithXmlsec, type Verdict } from "./verifiers.ts";

/** What one verifier said about one format. */
export interface ConformanceRow {
  readonly format: string;
  readonly verifier: string;
  /** Signature files that were made. */
  readonly inputs: number;
  /** How many of them it accepted. */
  readonly accepted: number;
  /** Copies in which one digested character was changed. */
  readonly changed: number;
  /** How many of those it refused. */
  readonly rejected: number;
}

/**
 * The whole matrix of tricky documents, judged by each verifier that is on this machine. `folder` is an empty one, for the files. About a minute.
 */
export async function xmlConformance(folder: string): Promise<ConformanceRow[]> {
  const signer = await testSigner(folder);
  const { signed, ids } = await signTrickyDocuments(folder, signer, CANONICALIZATIONS);
  const changed = tamper(folder, signed);
  const files = [...signed, ...changed].map(({ file }) => file);
  const judges: Record<string, () => Promise<Verdict[]> | Verdict[]> = {};
  if (hasProgram("xmlsec1", "--version"))
    judges["xmlsec1"] = () => verifyWithXmlsec(folder, signer.authorityFile, files, ids);
  if (hasProgram("javac", "-version")) judges["JDK"] = () => verifyWithJdk(folder, signer.authorityFile, files);

  const rows: ConformanceRow[] = [];
  for (const [verifier, judge] of Object.entries(judges)) {
    const verdicts = await judge();
    const ok = (index: number): boolean => verdicts[index] === "OK";
    for (const format of ["xmldsig", "xades"]) {
      const good = indexes(signed, (one: SignedDocument) => one.format === format);
      const bad = indexes(changed, ({ file }) => file.includes(`-${format}-`)).map((index) => index + signed.length);
      rows.push({
        format,
        verifier,
        inputs: good.length,
        accepted: good.filter(ok).length,
        changed: bad.length,
        rejected: bad.filter((index) => !ok(index)).length,
      });
    }
  }
  return rows;
}

function indexes<T>(items: readonly T[], wanted: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (wanted(item) ? [index] : []));
}
