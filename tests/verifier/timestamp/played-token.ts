import {
  element,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
  yes,
  type Bytes,
} from "../../../formats/der/der.ts";
import {
  distinguishedName,
  EXTENSIONS,
  issueCertificate,
  keyUsage,
  ownKeyIdentifier,
  type CertificatePlan,
  type IssuedCertificate,
  type PlannedExtension,
} from "../../support/pki/certificate-maker.ts";
import { testKey, type TestKeyType } from "../../support/pki/test-keys.ts";
import { hashIdentifier, type PlayedHash } from "../cms/played-algorithms.ts";
import { hashed, playSignedData, type PlayedSignedData, type PlayedSigner } from "../cms/played-signed-data.ts";

const TST_INFO = "1.2.840.113549.1.9.16.1.4";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const dates = { notBefore: new Date("2024-01-01T00:00:00Z"), notAfter: new Date("2034-01-01T00:00:00Z") };

/** extendedKeyUsage. */
export const purposes = (critical: boolean, ...types: readonly string[]): PlannedExtension => ({
  type: EXTENSIONS.extendedKeyUsage,
  critical,
  value: sequence(...types.map(objectIdentifier)),
});

/** basicConstraints of an authority. */
export const authorityOf = (longest?: number): PlannedExtension => ({
  type: EXTENSIONS.basicConstraints,
  critical: true,
  value: sequence(yes, ...(longest === undefined ? [] : [smallInteger(longest)])),
});

/** A certificate of an authority above others; signed by itself without an issuer. */
export function playUpper(
  name: string,
  issuer?: IssuedCertificate,
  changes: Partial<CertificatePlan> = {},
): IssuedCertificate {
  const key = testKey("P-256", `timestamps ${name}`);
  return issueCertificate({
    key,
    ...(issuer && { issuer }),
    subject: distinguishedName(["C", "JP"], ["O", "Played timestamps"], ["CN", name]),
    serialNumber: Uint8Array.of(name.length),
    ...dates,
    extensions: [authorityOf(), keyUsage(5, 6), ownKeyIdentifier(key)],
    ...changes,
  });
}

/** A certificate for timestamps. */
export function playTimestamper(
  issuer: IssuedCertificate,
  changes: Partial<CertificatePlan> = {},
  keyType: TestKeyType = "rsa-2048",
): IssuedCertificate {
  const key = testKey(keyType, "timestamps");
  return issueCertificate({
    key,
    issuer,
    subject: distinguishedName(["C", "JP"], ["CN", "timestamps"]),
    serialNumber: Uint8Array.of(7),
    ...dates,
    extensions: [purposes(true, TIME_STAMPING), keyUsage(0), ownKeyIdentifier(key)],
    ...changes,
  });
}

/** How a statement departs from the sound one. */
export interface PlayedStatement {
  readonly version?: number;
  readonly hash?: PlayedHash;
  readonly imprint?: Uint8Array;
  readonly time?: string;
  /** Behind genTime: accuracy, nonce and so on. */
  readonly more?: readonly Uint8Array[];
}

/** A TSTInfo over these octets. */
export function playStatement(over: Uint8Array, plan: PlayedStatement = {}): Bytes {
  const { version = 1, hash = "sha256", imprint = hashed(hash, over), time = "20261124010203.5Z" } = plan;
  return sequence(
    smallInteger(version),
    objectIdentifier("1.2.3.4.1"),
    sequence(hashIdentifier(hash), octetString(imprint)),
    smallInteger(42),
    element(0x18, new TextEncoder().encode(time)),
    ...(plan.more ?? [sequence(smallInteger(1), element(0x80, Uint8Array.of(0x01, 0xf4))), smallInteger(9)]),
  );
}

/** A token of this authority over these octets. */
export const playToken = (
  by: IssuedCertificate,
  over: Uint8Array,
  statement: PlayedStatement = {},
  signer: Partial<PlayedSigner> = {},
  more: Partial<PlayedSignedData> = {},
): Bytes =>
  playSignedData({
    content: playStatement(over, statement),
    contentType: TST_INFO,
    signers: [{ by, ...signer }],
    ...more,
  });
