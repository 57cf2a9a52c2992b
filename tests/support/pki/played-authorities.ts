import { createHash } from "node:crypto";
import { element, objectIdentifier, sequence, yes, type Bytes } from "../../../formats/der/der.ts";
import type { CertificateKind } from "../../../verifier/certificate/authority.ts";
import {
  authorityKeyIdentifier,
  certificatePolicies,
  distinguishedName,
  EXTENSIONS,
  issueCertificate,
  keyUsage,
  ownKeyIdentifier,
  residentNames,
  type CertificatePlan,
  type IssuedCertificate,
  type PlannedExtension,
} from "./certificate-maker.ts";
import { testKey, type TestKey, type TestKeyType } from "./test-keys.ts";

/** The policies of residents' certificates: of real ones and, for signing, of J-LIS's test cards. */
export const POLICIES = {
  authentication: "1.2.392.200149.8.5.1.3.30",
  signing: "1.2.392.200149.8.5.1.1.20",
  "signing of test cards": "1.2.392.200149.8.5.1.0.20",
} as const;

const UNITS = { authentication: "JPKI for user authentication", signing: "JPKI for digital signature" } as const;
/** Dates of everything here that is valid "now": tests that judge at a fixed time take {@link PLAYED_NOW}. */
export const PLAYED_NOW = new Date("2026-11-24T03:00:00Z");

/** `Name` of an authority: the same for every generation of a kind. */
export const authorityName = (kind: CertificateKind): Bytes =>
  distinguishedName(
    ["C", "JP"],
    ["O", "JPKI-TEST"],
    ["OU", UNITS[kind]],
    ["OU", "Japan Agency for Local Authority Information Systems"],
  );

/** An authority of the profile of JPKI's, self-signed, sound unless `changes` say otherwise. `generation` gives it a key of its own. */
export function playAuthority(
  kind: CertificateKind,
  generation = "2023",
  changes: Partial<CertificatePlan> = {},
  keyType: TestKeyType = "rsa-2048",
): IssuedCertificate {
  const key = testKey(keyType, `${kind} authority ${generation}`);
  return issueCertificate({
    key,
    subject: authorityName(kind),
    serialNumber: Uint8Array.of(generation === "2023" ? 2 : 1),
    notBefore: new Date("2023-07-16T00:00:00Z"),
    notAfter: new Date("2033-07-15T14:59:59Z"),
    extensions: [
      keyUsage(5, 6),
      { type: EXTENSIONS.basicConstraints, critical: true, value: sequence(yes) },
      ownKeyIdentifier(key),
    ],
    ...changes,
  });
}

/** What a test may want of a resident's certificate. */
export interface ResidentWanted {
  readonly issuer: IssuedCertificate;
  /** Whose: another name, another key and serial number. */
  readonly person?: string;
  readonly keyType?: TestKeyType;
  readonly key?: TestKey;
  readonly names?: Readonly<Record<number, string>>;
  /** The municipality of the partial list that would name it. */
  readonly municipality?: string;
  /** In place of the extensions of the profile, by type; `undefined` leaves one out, others are added. */
  readonly extensions?: Readonly<Record<string, PlannedExtension | undefined>>;
  readonly changes?: Partial<CertificatePlan>;
}

/** 電子　花子, a woman born on 1989-01-08, as a signing certificate has it. */
export const HANAKO: Readonly<Record<number, string>> = {
  1: "電子　花子",
  2: "00000",
  3: "2",
  4: "419890108",
  5: "東京都青空市中央一丁目２番３号",
  6: "000000000000000",
};

/** A resident's certificate of the profile of its kind (facts measured on cards: see `native-host/virtual-card/certificate-profiles.ts`). */
export function playResident(kind: CertificateKind, wanted: ResidentWanted): IssuedCertificate {
  const { issuer, person = "hanako", municipality = "Aozora-shi" } = wanted;
  const key = wanted.key ?? testKey(wanted.keyType ?? "rsa-2048", `${kind} ${person}`);
  const usage = kind === "signing" ? keyUsage(0, 1) : keyUsage(0);
  const profile = [
    usage,
    ...(kind === "signing" ? [residentNames(wanted.names ?? HANAKO)] : [clientAuthentication]),
    certificatePolicies(POLICIES[kind]),
    distributionPoint(kind, municipality),
    authorityKeyIdentifier(issuer.key),
    ownKeyIdentifier(key),
  ];
  const changes = wanted.extensions ?? {};
  const extensions = [
    ...profile.flatMap((extension) => {
      const chosen = extension.type in changes ? changes[extension.type] : extension;
      return chosen ? [chosen] : [];
    }),
    ...Object.values(changes).flatMap((added) =>
      added && !profile.some(({ type }) => type === added.type) ? [added] : [],
    ),
  ];
  return issueCertificate({
    key,
    issuer,
    subject: distinguishedName(["C", "JP"], ["CN", serialName(person)]),
    serialNumber: serialNumber(`${kind} ${person}`),
    notBefore: new Date("2024-04-01T00:00:00Z"),
    notAfter: new Date("2029-04-01T14:59:59Z"),
    extensions,
    ...wanted.changes,
  });
}

const clientAuthentication: PlannedExtension = {
  type: EXTENSIONS.extendedKeyUsage,
  value: sequence(objectIdentifier("1.3.6.1.5.5.7.3.2")),
};

/** `Name` of a municipality's partial revocation list, as JPKI's certificates have it: a directory name, no address. */
export const listName = (kind: CertificateKind, municipality: string): Bytes =>
  distinguishedName(
    ["C", "JP"],
    ["O", "JPKI-TEST"],
    ["OU", UNITS[kind]],
    ["OU", "CRL Distribution Points"],
    ["OU", "Tokyo-to"],
    ["CN", `${municipality} CRL DP`],
  );

function distributionPoint(kind: CertificateKind, municipality: string): PlannedExtension {
  const fullName = element(0xa0, element(0xa4, listName(kind, municipality)));
  return { type: EXTENSIONS.cRLDistributionPoints, value: sequence(sequence(element(0xa0, fullName))) };
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const serialName = (person: string): string => `${digest(person).toString("hex").slice(0, 18)}13221A`;
function serialNumber(text: string): Uint8Array {
  const octets = digest(text).subarray(0, 4);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x01;
  return Uint8Array.from(octets);
}
