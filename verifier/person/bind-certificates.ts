import type { CertificateKind } from "../certificate/authority.ts";
import type { AccountStore, Binding } from "./account-store.ts";
import { addressedIdentityKey, identityKey } from "./identity.ts";
import { personKey, type SiteSecret } from "./person-key.ts";
import type { ProvenCertificate, ProvenSigner } from "./proven.ts";

/** Makes the bindings of a site: what a store is to keep of a certificate. */
export interface CertificateBinder {
  /** `at`: milliseconds since 1970. */
  login(account: string, proven: ProvenCertificate, at: number): Binding;
  signature(account: string, proven: ProvenSigner, at: number): Binding;
}

/** What every function of the accounts works with. */
export interface AccountTools {
  readonly store: AccountStore;
  readonly binder: CertificateBinder;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A {@link CertificateBinder} under the site's secret. Throws a `TypeError` for one under 32 octets. */
export function createCertificateBinder(secret: SiteSecret): CertificateBinder {
  const [key, identity, addressed] = [personKey(secret), identityKey(secret), addressedIdentityKey(secret)];
  const login = (account: string, { certificate }: ProvenCertificate, at: number): Binding => ({
    certificate: key(certificate),
    account,
    kind: certificate.kind,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    boundAt: new Date(at),
  });
  return {
    login,
    signature(account, proven, at) {
      const [person, addressedPerson] = [identity(proven.signer), addressed(proven.signer)];
      return {
        ...login(account, proven, at),
        ...(person !== undefined && { identity: person }),
        ...(addressedPerson !== undefined && { addressedIdentity: addressedPerson }),
      };
    },
  };
}

/** An account's current binding of a kind. */
export const currentBinding = (bindings: readonly Binding[], kind: CertificateKind): Binding | undefined =>
  bindings.find((binding) => binding.kind === kind && binding.replacedAt === undefined);

const ATTEMPTS = 8;

/**
 * Decides again until nobody changed the account in between: `decide` gives `undefined` where its compare-and-set failed. Every failure is another one's
 * success, so a few turns are enough; throws an `Error` after eight.
 */
export async function untilSettled<Outcome>(decide: () => Promise<Outcome | undefined>): Promise<Outcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const outcome = await decide();
    if (outcome !== undefined) return outcome;
  }
  throw new Error("the account did not stop changing");
}
