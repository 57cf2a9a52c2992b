import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The two kinds of certificate on the card, each issued by an authority of its own. */
export type CertificateKind = "authentication" | "signing";

/** The authorities that this site trusts: several generations of each kind, all with the same name. */
export type Authorities = Readonly<Record<CertificateKind, readonly X509Certificate[]>>;

/**
 * Reads every `authentication-ca-*.pem` and `signing-ca-*.pem` of a folder. Nothing else is ever trusted: not a certificate that came with a
 * token or a signature, and not one that was read off a card. Throws when one of the kinds has none.
 */
export function readAuthorities(folder: string): Authorities {
  const read = (kind: CertificateKind): X509Certificate[] => {
    const files = readdirSync(folder).filter((name) => name.startsWith(`${kind}-ca-`) && !name.endsWith(".key.pem"));
    if (files.length === 0) throw new Error(`no ${kind} authority in ${folder}`);
    return files.map((name) => new X509Certificate(readFileSync(join(folder, name))));
  };
  return { authentication: read("authentication"), signing: read("signing") };
}
