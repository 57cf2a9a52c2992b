import { join } from "node:path";
import type { Bytes } from "../../formats/der/der.ts";
import { openTestAuthority } from "../../native-host/virtual-card/test-authority.ts";
import { temporaryFolder } from "../support/virtual-card.ts";
import { fuzzDer } from "./der/fuzz-der.ts";
import { fuzzDocument } from "./document/fuzz-document.ts";
import { fuzzPdf } from "./pdf/fuzz-pdf.ts";
import { fuzzVerifier } from "./verifier/fuzz-verifier.ts";
import { fuzzXml } from "./xml/fuzz-xml.ts";

/**
 * The ways by which a stranger's octets reach a parser of ours: XML and PDF documents to be signed, DER of timestamps and certificates,
 * any document to be shown,
 * and whatever a site's server is given to verify.
 */
export const FUZZ_PATHS = ["xml", "pdf", "der", "document", "verifier"] as const;
/** One of {@link FUZZ_PATHS}. */
export type FuzzPath = (typeof FUZZ_PATHS)[number];

/** Some rounds of one path. The same seed and count try the same inputs. */
export interface FuzzTask {
  readonly path: FuzzPath;
  readonly seed: number;
  readonly count: number;
}

/** Certificates of the test authority, a signer's first, for the paths that need some. */
export async function fuzzCertificates(): Promise<Bytes[]> {
  const { folder, remove } = temporaryFolder();
  try {
    const authority = openTestAuthority(join(folder, "authority"));
    const wanted = { certificateValidity: "current", octets: 0 } as const;
    const people = ["ordinary", "substituted"] as const;
    const credentials = await Promise.all(people.map((person) => authority.credential("signing", person, wanted)));
    return credentials.map(({ certificate }) => Uint8Array.from(certificate));
  } finally {
    remove();
  }
}

/**
 * Runs a task and resolves to how many of its inputs were taken (signed, shown, or read as a timestamp). Rejects, with seed and round
 * where the path knows them, on anything but the reader's own fault or verdict, and on a signature, a picture or an acceptance of something else than was given.
 */
export async function runFuzzTask({ path, seed, count }: FuzzTask, certificates: readonly Bytes[]): Promise<number> {
  switch (path) {
    case "xml":
      return (await fuzzXml(seed, count)).accepted;
    case "pdf":
      return (await fuzzPdf(seed, count, certificates[0] ?? new Uint8Array())).accepted;
    case "verifier":
      return (await fuzzVerifier(seed, count)).accepted;
    case "document":
      return fuzzDocument(seed, count).accepted;
    case "der": {
      const { accepted, findings } = await fuzzDer(seed, count, certificates);
      if (findings.length > 0) throw new Error(`seed ${seed}: ${findings.slice(0, 3).join("\n")}`);
      return (accepted["changed"] ?? 0) + (accepted["hostile"] ?? 0);
    }
  }
}
