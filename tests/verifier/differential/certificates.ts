import { element, nothing, objectIdentifier, sequence, yes } from "../../../formats/der/der.ts";
import type { CertificateKind } from "../../../verifier/certificate/authority.ts";
import {
  authorityKeyIdentifier,
  certificatePolicies,
  EXTENSIONS,
  keyUsage,
  type PlannedExtension,
} from "../../support/pki/certificate-maker.ts";
import {
  playAuthority,
  playResident,
  PLAYED_NOW,
  POLICIES,
  type ResidentWanted,
} from "../../support/pki/played-authorities.ts";
import { testKey } from "../../support/pki/test-keys.ts";
import { pemOf } from "../openssl-folder.ts";
import { answer, type Case, type Family } from "./case.ts";
import { changedLeaves } from "./leaves.ts";
import { ISSUERS, judgeCertificate, OLDER, STRANGERS } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

const critical = (type: string, value: Uint8Array, isCritical = true): Record<string, PlannedExtension> => ({
  [type]: { type, critical: isCritical, value },
});
const usage = (...bits: number[]) => ({ [EXTENSIONS.keyUsage]: keyUsage(...bits) });
const purposes = (...ids: string[]) =>
  critical(EXTENSIONS.extendedKeyUsage, sequence(...ids.map(objectIdentifier)), false);
const policies = (...ids: string[]) => ({ [EXTENSIONS.certificatePolicies]: certificatePolicies(...ids) });
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const NO = element(0x01, Uint8Array.of(0));

/** Extensions in place of those of the profile. */
const EXTENSION_CASES: Readonly<Record<string, Record<string, PlannedExtension | undefined>>> = {
  "no keyUsage": { [EXTENSIONS.keyUsage]: undefined },
  "keyUsage that is not critical": { [EXTENSIONS.keyUsage]: { ...keyUsage(0), critical: false } },
  "keyEncipherment alone": usage(2),
  "digitalSignature alone": usage(0),
  "digitalSignature and nonRepudiation": usage(0, 1),
  "nonRepudiation alone": usage(1),
  "digitalSignature and keyEncipherment": usage(0, 2),
  "keyCertSign alone": usage(5),
  "everything but keyCertSign": usage(0, 1, 2, 3, 4),
  "no extendedKeyUsage": { [EXTENSIONS.extendedKeyUsage]: undefined },
  "for clients": purposes("1.3.6.1.5.5.7.3.2"),
  "for servers": purposes("1.3.6.1.5.5.7.3.1"),
  "for mail": purposes("1.3.6.1.5.5.7.3.4"),
  "for code": purposes("1.3.6.1.5.5.7.3.3"),
  "for any purpose": purposes("2.5.29.37.0"),
  "no policy": { [EXTENSIONS.certificatePolicies]: undefined },
  "any policy": policies("2.5.29.32.0"),
  "another policy": policies("1.2.3"),
  "the login policy": policies(POLICIES.authentication),
  "the signing policy": policies(POLICIES.signing),
  "the policy among others": policies("1.2.3", POLICIES.authentication, POLICIES.signing),
  "no authority key identifier": { [EXTENSIONS.authorityKeyIdentifier]: undefined },
  "no subject key identifier": { [EXTENSIONS.subjectKeyIdentifier]: undefined },
  "no names": { [EXTENSIONS.subjectAltName]: undefined },
  "no distribution point": { [EXTENSIONS.cRLDistributionPoints]: undefined },
  "an unknown critical extension": critical("1.2.3.4", nothing),
  "an unknown extension": critical("1.2.3.4", nothing, false),
  "critical nameConstraints": critical("2.5.29.30", sequence()),
  "critical authorityInfoAccess": critical(EXTENSIONS.authorityInfoAccess, sequence()),
  "CA:TRUE": critical(EXTENSIONS.basicConstraints, sequence(yes)),
  "CA:FALSE": critical(EXTENSIONS.basicConstraints, sequence()),
  "CA:FALSE, written": critical(EXTENSIONS.basicConstraints, sequence(NO)),
  "broken policies": critical(EXTENSIONS.certificatePolicies, sequence()),
  "broken basicConstraints": critical(EXTENSIONS.basicConstraints, nothing),
};

function wantedOf(kind: CertificateKind): Readonly<Record<string, ResidentWanted & { readonly at?: Date }>> {
  const issuer = ISSUERS[kind];
  const stranger = STRANGERS[kind];
  const aki = authorityKeyIdentifier(issuer.key);
  const own = testKey("rsa-2048", `${kind} hanako`);
  return {
    "as it should be": { issuer },
    "a key on P-256": { issuer, keyType: "P-256" },
    "a key on P-384": { issuer, keyType: "P-384" },
    "a key on P-521": { issuer, keyType: "P-521" },
    "RSA of 3,072 bits": { issuer, keyType: "rsa-3072" },
    "RSA of 1,024 bits": { issuer, keyType: "rsa-1024" },
    "of the older generation": { issuer: OLDER[kind] },
    "by SHA-384": { issuer, changes: { hash: "sha384" } },
    "by SHA-1": { issuer, changes: { hash: "sha1" } },
    "by an authority of the same name": { issuer: stranger },
    "by one that claims the key identifier, too": { issuer: stranger, extensions: { [aki.type]: aki } },
    "signed by its own key": { issuer: { ...issuer, key: own }, key: own },
    "of another name of the authority": { issuer: { ...issuer, subject: playAuthority("signing").certificate } },
    expired: { issuer, at: day("2029-04-02") },
    "in its last second": { issuer, at: new Date("2029-04-01T14:59:59Z") },
    "a second too late": { issuer, at: new Date("2029-04-01T15:00:00Z") },
    "in its first second": { issuer, at: day("2024-04-01") },
    "not valid yet": { issuer, at: day("2024-03-31") },
    "ends before it begins": { issuer, changes: { notAfter: day("2023-01-01") } },
    ...Object.fromEntries(
      Object.entries(EXTENSION_CASES).map(([name, extensions]) => [name, { issuer, extensions }] as const),
    ),
  };
}

/** Residents' certificates under played authorities, sound and not, by `openssl verify`, as it is and with all that it can be told. */
export function certificates(): Family {
  const workshop = openWorkshop();
  const cases: Case[] = [];
  for (const kind of ["authentication", "signing"] as const) {
    const authority = `${kind}.pem`;
    workshop.write(authority, pemOf(ISSUERS[kind].certificate) + pemOf(OLDER[kind].certificate));
    const purpose = kind === "signing" ? "smimesign" : "sslclient";
    const add = (name: string, certificate: Uint8Array, at: Date = PLAYED_NOW): void => {
      const verify = async (...more: string[]) => {
        const file = workshop.put(pemOf(certificate), "pem");
        const time = ["-attime", String(Math.floor(at.getTime() / 1000))];
        const { well, output } = await workshop.run("openssl", "verify", ...time, "-CAfile", authority, ...more, file);
        return answer(well, output);
      };
      cases.push({
        group: `for ${kind}`,
        name,
        ours: () => judgeCertificate(certificate, kind, at),
        peers: {
          "openssl verify": () => verify(),
          "openssl verify, strictly": () =>
            verify("-x509_strict", "-purpose", purpose, "-policy", POLICIES[kind], "-explicit_policy"),
        },
      });
    };
    for (const [name, { at, ...wanted }] of Object.entries(wantedOf(kind)))
      add(name, playResident(kind, wanted).certificate, at);
    const other = kind === "signing" ? "authentication" : "signing";
    add("a certificate of the other kind", playResident(other, { issuer: ISSUERS[other] }).certificate);
    add("the authority's own", ISSUERS[kind].certificate);
    const sound = playResident(kind, { issuer: ISSUERS[kind] }).certificate;
    add("an octet behind it", Uint8Array.from([...sound, 0]));
    add("cut off", sound.slice(0, -1));
    for (const { name, octets } of changedLeaves(sound)) add(name, octets);
  }
  return { cases, skips: [], close: workshop.remove };
}
