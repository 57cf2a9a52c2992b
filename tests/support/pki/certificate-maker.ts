import { createHash, sign, type KeyObject } from "node:crypto";
import {
  element,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
  time,
  unsignedInteger,
  yes,
  type Bytes,
} from "../../../formats/der/der.ts";
import { openDer } from "../../../formats/der/der-fields.ts";
import type { TestKey } from "./test-keys.ts";

/** Everything about a certificate that a test may want otherwise. */
export interface CertificatePlan {
  readonly key: TestKey;
  /** Signs; by itself when absent. */
  readonly issuer?: IssuedCertificate;
  readonly subject: Bytes;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** extnID, critical, the DER inside of extnValue; in this order. */
  readonly extensions: readonly PlannedExtension[];
  readonly hash?: "sha1" | "sha256" | "sha384";
}

/** One extension. */
export interface PlannedExtension {
  readonly type: string;
  readonly critical?: boolean;
  readonly value: Uint8Array;
}

/** A certificate and the key that it is for. */
export interface IssuedCertificate {
  readonly certificate: Bytes;
  readonly subject: Bytes;
  readonly key: TestKey;
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  "rsa sha1": "1.2.840.113549.1.1.5",
  "rsa sha256": "1.2.840.113549.1.1.11",
  "rsa sha384": "1.2.840.113549.1.1.12",
  "ec sha256": "1.2.840.10045.4.3.2",
  "ec sha384": "1.2.840.10045.4.3.3",
};

/** AlgorithmIdentifier of a signature with this key and hash. */
export function signatureAlgorithm(key: KeyObject, hash = "sha256"): Bytes {
  const type = key.asymmetricKeyType ?? "";
  const id = objectIdentifier(ALGORITHMS[`${type} ${hash}`] ?? "");
  return type === "rsa" ? sequence(id, nothing) : sequence(id);
}

/** `SubjectPublicKeyInfo`, DER. */
export const publicKeyInfo = (key: TestKey): Bytes =>
  new Uint8Array(key.publicKey.export({ type: "spki", format: "der" }));

/** SHA-1 of the public key's bits, as authorities make key identifiers (RFC 5280, 4.2.1.2). */
export function keyIdentifier(key: TestKey): Bytes {
  const info = openDer(publicKeyInfo(key));
  info.next(0x30);
  const { contents } = info.next(0x03);
  return new Uint8Array(createHash("sha1").update(contents.subarray(1)).digest());
}

/** `Name` from types and values: `C`, `O`, `OU`, `L`, `CN`. */
export function distinguishedName(...parts: readonly (readonly [keyof typeof NAME_TYPES, string])[]): Bytes {
  return sequence(
    ...parts.map(([type, value]) =>
      setOf(sequence(objectIdentifier(NAME_TYPES[type]), element(type === "C" ? 0x13 : 0x0c, Buffer.from(value)))),
    ),
  );
}
const NAME_TYPES = { C: "2.5.4.6", O: "2.5.4.10", OU: "2.5.4.11", L: "2.5.4.7", CN: "2.5.4.3" } as const;

/** Makes the certificate as planned, sound or not. */
export function issueCertificate(plan: CertificatePlan): IssuedCertificate {
  const signer = plan.issuer?.key ?? plan.key;
  const algorithm = signatureAlgorithm(signer.privateKey, plan.hash);
  const extensions = plan.extensions.map(({ type, critical, value }) =>
    sequence(objectIdentifier(type), ...(critical === true ? [yes] : []), octetString(value)),
  );
  const toBeSigned = sequence(
    element(0xa0, smallInteger(2)),
    unsignedInteger(plan.serialNumber),
    algorithm,
    plan.issuer?.subject ?? plan.subject,
    sequence(time(plan.notBefore), time(plan.notAfter)),
    plan.subject,
    publicKeyInfo(plan.key),
    ...(extensions.length > 0 ? [element(0xa3, sequence(...extensions))] : []),
  );
  const value = sign(plan.hash ?? "sha256", toBeSigned, signer.privateKey);
  const certificate = sequence(toBeSigned, algorithm, element(0x03, Uint8Array.of(0), value));
  return { certificate, subject: plan.subject, key: plan.key };
}

/** Types of extensions. */
export const EXTENSIONS = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  cRLDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  authorityInfoAccess: "1.3.6.1.5.5.7.1.1",
} as const;

/** keyUsage bits by their numbers (RFC 5280, 4.2.1.3), from 0. */
export function keyUsage(...bits: readonly number[]): PlannedExtension {
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = 7 - Math.max(...bits);
  return {
    type: EXTENSIONS.keyUsage,
    critical: true,
    value: element(0x03, Uint8Array.of(unused, octet)),
  };
}

/** certificatePolicies with these and no qualifiers. */
export const certificatePolicies = (...policies: readonly string[]): PlannedExtension => ({
  type: EXTENSIONS.certificatePolicies,
  critical: true,
  value: sequence(...policies.map((policy) => sequence(objectIdentifier(policy)))),
});

/** otherNames with UTF8Strings, by the last arc of JPKI's (1 name, 2 its substitutes, 3 sex, 4 birth date, 5 address, 6 its substitutes). */
export const residentNames = (values: Readonly<Record<number, string>>): PlannedExtension => ({
  type: EXTENSIONS.subjectAltName,
  value: sequence(
    ...Object.entries(values).map(([arc, text]) =>
      element(
        0xa0,
        objectIdentifier(`1.2.392.200149.8.5.5.${arc}`),
        element(0xa0, element(0x0c, new TextEncoder().encode(text))),
      ),
    ),
  ),
});

/** subjectKeyIdentifier of a key. */
export const ownKeyIdentifier = (key: TestKey): PlannedExtension => ({
  type: EXTENSIONS.subjectKeyIdentifier,
  value: octetString(keyIdentifier(key)),
});

/** authorityKeyIdentifier of a key. */
export const authorityKeyIdentifier = (key: TestKey): PlannedExtension => ({
  type: EXTENSIONS.authorityKeyIdentifier,
  value: sequence(element(0x80, keyIdentifier(key))),
});
