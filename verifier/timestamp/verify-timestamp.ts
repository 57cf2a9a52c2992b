import { readX509Certificate } from "../certificate/x509-certificate.ts";
import { checkSignerInfo } from "../cms/check-signer-info.ts";
import { contentOf } from "../cms/signed-content.ts";
import { readSignedData } from "../cms/signed-data.ts";
import { digest } from "../cryptography/hash.ts";
import { readPublicKey } from "../cryptography/public-key.ts";
import { verifySignatureValue } from "../cryptography/signature-value.ts";
import { Refusal, refuseUnless } from "../verdict/failure.ts";
import { hasTrustedPath } from "./authority-path.ts";
import { faultOfAuthority } from "./authority-profile.ts";
import { readTstInfo, TST_INFO } from "./tst-info.ts";

/** A token with its chain has some kilobytes; with the authority's revocation lists in it, perhaps a megabyte. */
const LARGEST_TOKEN = 4 * 1024 * 1024;

/** A token, DER or BER, and the octets that it is said to be over. */
export interface TimestampCase {
  readonly token: Uint8Array;
  readonly over: Uint8Array;
}

/** What a trusted authority states. */
export interface VerifiedTimestamp {
  /** When the octets were there, at the latest; milliseconds since 1970. */
  readonly time: number;
  /** SHA-256 of the authority's certificate, lower-case hex. */
  readonly authority: string;
  /** The authority's policy, dotted. */
  readonly policy: string;
  /** How far its clock may be off; absent where it doesn't say. */
  readonly accuracyMilliseconds?: number;
}

/**
 * Verifies a TimeStampToken (RFC 3161, 2.4.2; RFC 5816): one signer, whose certificate the ESS attribute names, is for timestamps alone, was valid then, and is
 * trusted or leads to one that is (`trustedAuthorities`, DER) through certificates in the token. The digest is SHA-256, SHA-384 or SHA-512 of
 * `over`. The authorities' revocation is not asked about. Refused: `timestamp-wrong`, and `timestamp-authority-unknown` where all holds but the trust.
 */
export function verifyTimestamp(found: TimestampCase, trustedAuthorities: readonly Uint8Array[]): VerifiedTimestamp {
  try {
    return verify(found, trustedAuthorities);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw new Refusal("timestamp-wrong", thrown.message);
    if (!(thrown instanceof Refusal) || thrown.code.startsWith("timestamp-")) throw thrown;
    throw new Refusal("timestamp-wrong", thrown.message);
  }
}

function verify({ token, over }: TimestampCase, trusted: readonly Uint8Array[]): VerifiedTimestamp {
  refuseUnless(token.length <= LARGEST_TOKEN, "timestamp-wrong", `a token of ${token.length} octets`);
  const signedData = readSignedData(token);
  const { contentType, content, certificates, signers } = signedData;
  refuseUnless(contentType === TST_INFO && content !== undefined, "timestamp-wrong", "no TSTInfo");
  const [signer, ...more] = signers;
  refuseUnless(signer !== undefined && more.length === 0, "timestamp-wrong", "more than one signer");
  const { policy, imprintHash, imprint, time, accuracy } = readTstInfo(content);
  const isOver = digest(imprintHash, over).equals(imprint);
  refuseUnless(isOver, "timestamp-wrong", "it is over something else");
  const demands = { signedAttributes: true, signingCertificate: "any" } as const;
  const checked = checkSignerInfo(signedData, signer, contentOf(content), demands);
  const certificate = readX509Certificate(checked.certificate);
  const fault = faultOfAuthority(certificate, time);
  refuseUnless(fault === undefined, "timestamp-wrong", fault ?? "");
  const { key, keyType } = readPublicKey(certificate.publicKey);
  const isRight = verifySignatureValue(checked.algorithm, key, keyType, checked.signed, checked.value);
  refuseUnless(isRight, "timestamp-wrong", "its signature does not verify");
  const others = certificates.map(({ der }) => der).filter((der) => der !== checked.certificate);
  const isTrusted = hasTrustedPath(certificate, others, trusted, time);
  refuseUnless(isTrusted, "timestamp-authority-unknown", "no path to an authority that is trusted");
  const authority = digest("sha256", certificate.der).toString("hex");
  return { time, authority, policy, ...(accuracy !== undefined && { accuracyMilliseconds: accuracy }) };
}
