import type { Authority, CertificateKind, Trust } from "./authority.ts";
import {
  certificatesOf,
  certificatesOfFolder,
  withoutRepetitions,
  type CertificateSource,
  type NamedCertificate,
} from "./certificate-files.ts";
import { PINS, POLICIES, TEST_POLICIES } from "./pins.ts";
import { fingerprintOf, readAuthority } from "./read-authority.ts";
import { readX509Certificate } from "./x509-certificate.ts";

/** Something for each kind of certificate. */
export type ByKind<T> = Partial<Readonly<Record<CertificateKind, T>>>;

/** What {@link createTrust} takes beside the authorities' certificates. */
export interface TrustOptions {
  /**
   * SHA-256 fingerprints (hex, with or without colons) of further authorities, by what they issue: for generation 02, and for those to come.
   * Take them from what J-LIS publishes, never from the certificate at hand.
   */
  readonly pins?: ByKind<readonly string[]>;
  /** Further policies (dotted) that a resident's certificate may have: those of certificates in phones. */
  readonly policies?: ByKind<readonly string[]>;
  /**
   * Authorities for tests, never on a site that is open to the public: whatever hangs on them is marked `test`. `policies` come on top of those of
   * residents' certificates and of J-LIS's test cards.
   */
  readonly testAuthorities?: ByKind<readonly CertificateSource[]> & { readonly policies?: ByKind<readonly string[]> };
  /** Authorities whose timestamps count, or the authorities above them. */
  readonly timestampAuthorities?: readonly CertificateSource[];
}

const KINDS: readonly CertificateKind[] = ["authentication", "signing"];

/**
 * Who is trusted: `certificates` of JPKI's authorities, each of which must be pinned (the pin also says its kind), and what the options add. Made once,
 * when the server starts. Throws `TypeError`, naming source and fingerprint, for a certificate that is not pinned or not an authority's, one that is given both
 * as real and for tests, a pin that is no fingerprint, and when nobody would be trusted.
 */
export function createTrust(options: { readonly certificates: readonly CertificateSource[] } & TrustOptions): Trust {
  const named = options.certificates.flatMap((given, index) => certificatesOf(given, `certificates[${index}]`));
  return trustOf(named, options);
}

/** {@link createTrust} with the certificates of a folder's files `*.pem`, `*.crt` and `*.cer`. Throws `TypeError` for a folder without any, too. */
export function readTrust(folder: string, options: TrustOptions = {}): Trust {
  return trustOf(certificatesOfFolder(folder), options);
}

function trustOf(certificates: readonly NamedCertificate[], options: TrustOptions): Trust {
  const pinned = allPins(options.pins);
  const real = withoutRepetitions(certificates).map(({ der, source }) => {
    const fingerprint = fingerprintOf(der);
    const kind = pinned.get(fingerprint);
    if (kind === undefined)
      throw new TypeError(`${source} (SHA-256 ${fingerprint}) is not an authority that is pinned`);
    const policies = [...POLICIES[kind], ...(options.policies?.[kind] ?? [])];
    return readAuthority(der, source, { kind, policies, test: false });
  });
  const authorities = [...real, ...KINDS.flatMap((kind) => testAuthorities(kind, options, real, pinned))];
  if (authorities.length === 0) throw new TypeError("no authority is given: nobody's certificate could be trusted");
  return Object.freeze({
    authorities: Object.freeze(authorities),
    timestampAuthorities: Object.freeze(timestampAuthorities(options.timestampAuthorities ?? [])),
  });
}

function testAuthorities(
  kind: CertificateKind,
  { testAuthorities: given = {} }: TrustOptions,
  real: readonly Authority[],
  pinned: ReadonlyMap<string, CertificateKind>,
): Authority[] {
  const policies = [...POLICIES[kind], ...TEST_POLICIES[kind], ...(given.policies?.[kind] ?? [])];
  const named = (given[kind] ?? []).flatMap((source, index) =>
    certificatesOf(source, `testAuthorities.${kind}[${index}]`),
  );
  return withoutRepetitions(named).map(({ der, source }) => {
    const authority = readAuthority(der, source, { kind, policies, test: true });
    const { fingerprint } = authority;
    if (pinned.has(fingerprint) || real.some((other) => other.fingerprint === fingerprint)) {
      throw new TypeError(`${source} (SHA-256 ${fingerprint}) is a real authority, and can't be one for tests`);
    }
    return authority;
  });
}

function timestampAuthorities(given: readonly CertificateSource[]): Uint8Array[] {
  const named = given.flatMap((source, index) => certificatesOf(source, `timestampAuthorities[${index}]`));
  return withoutRepetitions(named).map(({ der, source }) => {
    try {
      return readX509Certificate(new Uint8Array(der)).der;
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : "";
      throw new TypeError(`${source} (SHA-256 ${fingerprintOf(der)}) is no certificate that can be used: ${reason}`);
    }
  });
}

function allPins(further: TrustOptions["pins"]): ReadonlyMap<string, CertificateKind> {
  const pinned = new Map<string, CertificateKind>();
  for (const kind of KINDS) {
    for (const given of [...PINS[kind], ...(further?.[kind] ?? [])]) {
      const pin = given.replaceAll(":", "").toLowerCase();
      if (!/^[0-9a-f]{64}$/.test(pin)) throw new TypeError(`pins.${kind}: ${given} is no SHA-256 fingerprint`);
      if ((pinned.get(pin) ?? kind) !== kind) throw new TypeError(`pins: ${given} is pinned for both kinds`);
      pinned.set(pin, kind);
    }
  }
  return pinned;
}
