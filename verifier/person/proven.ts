import type { CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import type { CertificateFacts } from "../certificate/resident-certificate.ts";
import type { CertificateKind } from "../certificate/authority.ts";
import type { Verdict } from "../verdict/verdict.ts";

/** What a verification proved of a certificate's holder: an authentication result, or the report of one signature, can be given as it is. */
export interface ProvenCertificate {
  readonly verdict: Verdict;
  /** Hangs on an authority for tests. */
  readonly test: boolean;
  readonly certificate: CertificateFacts;
}

/** The report of one signature that was accepted. */
export interface ProvenSigner extends ProvenCertificate {
  /** What the signing certificate says of its holder: all of it, because what is left out can't be compared. */
  readonly signer: CertificateAttributes;
}

/** Whether certificates of authorities for tests are taken. */
export interface TestOption {
  /**
   * Takes what hangs on an authority for tests. Everybody can make such a certificate in any name: never beside the data of real residents.
   */
  readonly acceptTest?: boolean;
}

/**
 * Throws a `TypeError` for what is no proof: a verdict other than `valid` and `accepted-unchecked` (`undecided` is to be asked again before
 * anything hangs on it), a certificate of the other kind, and one for tests where the site did not say that it takes those. A site that reads the
 * verdict first, as it must, never sees it.
 */
export function requireProven(
  { verdict, test, certificate }: ProvenCertificate,
  kind: CertificateKind,
  { acceptTest = false }: TestOption,
): void {
  if (verdict !== "valid" && verdict !== "accepted-unchecked") throw new TypeError(`the verdict is ${verdict}`);
  if (certificate.kind !== kind) throw new TypeError(`needs the ${kind} certificate`);
  if ((test || certificate.test) && !acceptTest) throw new TypeError("the certificate is one for tests");
}

/**
 * Throws a `TypeError` for a name (of an account, an application, a campaign) that not every store could keep as it is: empty, over 200 UTF-16
 * units, or with control characters or half characters.
 */
export function requireName(name: string, what: string): void {
  if (typeof name !== "string" || !/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(name) || name.length > 200) {
    throw new TypeError(`${what}: 1 to 200 characters without control characters`);
  }
}
