import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTrust, readTrust, type CertificateKind, type Trust } from "../../verifier/index.ts";

/** Folders of certificates; one of the two is enough. */
export interface TrustFolders {
  /** Those of JPKI's authorities, as J-LIS publishes them: taken if they are pinned. */
  readonly authorities?: string | undefined;
  /**
   * Authorities for tests (`authentication-ca-*.pem`, `signing-ca-*.pem`), such as the virtual card's. Everybody can make one in any name: a site with real
   * residents has none.
   */
  readonly testAuthorities?: string | undefined;
}

/** Reads once, at the start, whom the site trusts. Throws where a folder holds nothing of use. */
export function readSiteTrust({ authorities, testAuthorities }: TrustFolders): Trust {
  const tests = testAuthorities === undefined ? {} : { testAuthorities: readTestAuthorities(testAuthorities) };
  return authorities === undefined ? createTrust({ certificates: [], ...tests }) : readTrust(authorities, tests);
}

function readTestAuthorities(folder: string): Record<CertificateKind, string[]> {
  const read = (kind: CertificateKind): string[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith(`${kind}-ca-`) && name.endsWith(".pem") && !name.endsWith(".key.pem"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
  return { authentication: read("authentication"), signing: read("signing") };
}
