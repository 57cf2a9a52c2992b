import { isSignedBy, readX509Certificate, type X509Certificate } from "../certificate/x509-certificate.ts";
import { readPublicKey, type PublicKey } from "../cryptography/public-key.ts";
import { Refusal } from "../verdict/failure.ts";
import { faultOfIssuer } from "./authority-profile.ts";

/** Certificates from the timestamp's to the one that is trusted, both counted. */
const LONGEST_PATH = 4;
/**
 * Signatures that are checked before a search ends: a token may hold any number of certificates of one name, each with a key that takes a millisecond, and a
 * file a thousand tokens.
 */
const MOST_CHECKS = 12;

/** What is known of a certificate that the site trusts, as long as its octets are held. */
const known = new WeakMap<Uint8Array, X509Certificate | undefined>();
const keys = new WeakMap<X509Certificate, PublicKey>();

/**
 * Whether a path of at most 4 certificates goes from the timestamp's to one that the site trusts, or is one: names and signatures fit, each issuer is an
 * authority that may issue (RFC 5280, 6.1, without policies and name constraints), everything valid at `time`. `others` came with the token, DER;
 * those that can't be read are passed over.
 */
export function hasTrustedPath(
  certificate: X509Certificate,
  others: readonly Uint8Array[],
  trusted: readonly Uint8Array[],
  time: number,
): boolean {
  if (trusted.some((der) => Buffer.compare(der, certificate.der) === 0)) return true;
  if (trusted.length === 0) return false;
  const anchors = trusted.flatMap((der) => readKnown(der) ?? []);
  // one that is trusted may stand in the token too
  const between = others.flatMap((der) => quietly(() => readX509Certificate(der)) ?? []);
  let checks = 0;
  return search(certificate, 0);

  /** From `child`, with so many authorities between it and the timestamp's certificate as `depth` says, itself counted. */
  function search(child: X509Certificate, depth: number): boolean {
    const hasRoom = depth + 3 <= LONGEST_PATH;
    return anchors.some(issued) || (hasRoom && between.some((issuer) => issued(issuer) && search(issuer, depth + 1)));

    function issued(issuer: X509Certificate): boolean {
      if (Buffer.compare(issuer.subject, child.issuer) !== 0 || issuer === child) return false;
      if (++checks > MOST_CHECKS) return false;
      return (
        quietly(() => {
          if (faultOfIssuer(issuer, time, depth) !== undefined) return false;
          const { key, keyType } = keyOf(issuer);
          return isSignedBy(child, key, keyType);
        }) ?? false
      );
    }
  }
}

function readKnown(der: Uint8Array): X509Certificate | undefined {
  if (!known.has(der))
    known.set(
      der,
      quietly(() => readX509Certificate(der)),
    );
  return known.get(der);
}

function keyOf(certificate: X509Certificate): PublicKey {
  const key = keys.get(certificate) ?? readPublicKey(certificate.publicKey);
  keys.set(certificate, key);
  return key;
}

/** `undefined` for what is refused or can't be read: such a certificate is no part of a path. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Refusal || fault instanceof RangeError) return undefined;
    throw fault;
  }
}
