import { describe, expect, it } from "vitest";
import { element, nothing, objectIdentifier, octetString, sequence, yes } from "../../formats/der/der.ts";
import {
  authorityKeyIdentifier,
  certificatePolicies,
  EXTENSIONS,
  keyUsage,
  type PlannedExtension,
} from "../../tests/support/pki/certificate-maker.ts";
import { listName, playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { testKey } from "../../tests/support/pki/test-keys.ts";
import type { CertificateKind } from "./authority.ts";
import { certificateFacts } from "./certificate-facts.ts";
import { readResidentCertificate } from "./read-resident-certificate.ts";
import { createTrust } from "./trust.ts";

const login = playAuthority("authentication");
const older = playAuthority("authentication", "2015");
const signing = playAuthority("signing");
const trust = createTrust({
  certificates: [],
  testAuthorities: {
    authentication: [login.certificate, older.certificate],
    signing: [signing.certificate],
  },
});

/** Reads a resident's certificate with these extensions in place of the profile's. */
function read(kind: CertificateKind, extensions: Readonly<Record<string, PlannedExtension | undefined>> = {}) {
  const issuer = kind === "signing" ? signing : login;
  return readResidentCertificate(playResident(kind, { issuer, extensions }).certificate, kind, trust);
}
const refused = (code: string): unknown => expect.objectContaining({ name: "Refusal", code });

describe("a resident's certificate", () => {
  it("for login says whose authority and which certificate, and nothing of the holder", () => {
    const { certificate } = playResident("authentication", { issuer: login });
    const found = readResidentCertificate(certificate, "authentication", trust);
    expect(found).toMatchObject({ kind: "authentication", keyType: "rsa", holder: {} });
    expect(found.der).toEqual(certificate);
    expect(found.distributionPoint).toEqual(element(0xa0, element(0xa4, listName("authentication", "Aozora-shi"))));
    expect(certificateFacts(found)).toMatchObject({
      kind: "authentication",
      authorityFingerprint: found.authority.fingerprint,
      notBefore: new Date("2024-04-01T00:00:00Z"),
      notAfter: new Date("2029-04-01T14:59:59Z"),
      test: true,
    });
    expect(JSON.stringify(certificateFacts(found))).not.toContain("花子");
  });

  it("for signing says who its holder is", () => {
    expect(read("signing").holder).toEqual({
      name: "電子　花子",
      sex: "female",
      birthDate: "1989-01-08",
      address: "東京都青空市中央一丁目２番３号",
      nameSubstitutes: [],
      addressSubstitutes: [],
    });
  });

  it.each(["P-256", "P-384", "P-521"] as const)("may have a key on %s", (keyType) => {
    const { certificate } = playResident("authentication", { issuer: login, keyType });
    expect(readResidentCertificate(certificate, "authentication", trust).keyType).toBe(keyType);
  });

  it("may be issued with ECDSA", () => {
    const next = playAuthority("authentication", "2028", { hash: "sha384" }, "P-384");
    const { certificate } = playResident("authentication", { issuer: next, changes: { hash: "sha384" } });
    const later = createTrust({ certificates: [], testAuthorities: { authentication: [next.certificate] } });
    expect(readResidentCertificate(certificate, "authentication", later).authority.notAfter).toBeGreaterThan(0);
    expect(() => readResidentCertificate(certificate, "authentication", trust)).toThrow(refused("issuer-unknown"));
  });

  it("belongs to the generation whose key signed it, with and without a key identifier", () => {
    for (const issuer of [login, older]) {
      for (const extensions of [{}, { [EXTENSIONS.authorityKeyIdentifier]: undefined }]) {
        const { certificate } = playResident("authentication", { issuer, extensions, person: "generations" });
        const { authority } = readResidentCertificate(certificate, "authentication", trust);
        expect(authority.certificate).toEqual(issuer.certificate);
      }
    }
  });

  it("is copied: what happens to the octets afterwards changes nothing", () => {
    const { certificate } = playResident("authentication", { issuer: login, person: "copied" });
    const file = Buffer.concat([certificate, Buffer.alloc(10)]);
    const found = readResidentCertificate(file.subarray(0, certificate.length), "authentication", trust);
    file.fill(0);
    expect(found.der).toEqual(certificate);
    expect(found.der.buffer.byteLength).toBe(certificate.length);
  });
});

describe("a certificate of the other kind", () => {
  it("is none for login", () => {
    const { certificate } = playResident("signing", { issuer: signing });
    expect(() => readResidentCertificate(certificate, "authentication", trust)).toThrow(
      refused("certificate-not-for-login"),
    );
  });

  it("is none for signing", () => {
    const { certificate } = playResident("authentication", { issuer: login });
    expect(() => readResidentCertificate(certificate, "signing", trust)).toThrow(
      refused("certificate-not-for-signing"),
    );
  });

  it("is none under one authority for both either, also without extendedKeyUsage", () => {
    const both = createTrust({
      certificates: [],
      testAuthorities: { authentication: [login.certificate], signing: [login.certificate] },
    });
    const policy = { [EXTENSIONS.certificatePolicies]: certificatePolicies("1.2.392.200149.8.5.1.3.30") };
    const { certificate } = playResident("signing", { issuer: login, extensions: policy });
    expect(() => readResidentCertificate(certificate, "authentication", both)).toThrow(
      refused("certificate-not-for-login"),
    );
  });

  it("was no word for this kind when it was accepted before", () => {
    const { certificate } = playResident("signing", { issuer: signing, person: "before" });
    readResidentCertificate(certificate, "signing", trust);
    expect(() => readResidentCertificate(certificate, "authentication", trust)).toThrow(
      refused("certificate-not-for-login"),
    );
  });
});

describe("an issuer that is not trusted", () => {
  it("may have the same name", () => {
    const stranger = playAuthority("authentication", "stranger");
    const { certificate } = playResident("authentication", { issuer: stranger });
    expect(() => readResidentCertificate(certificate, "authentication", trust)).toThrow(refused("issuer-unknown"));
  });

  it("may have the same name and claim the key identifier", () => {
    const stranger = playAuthority("authentication", "stranger");
    const aki = authorityKeyIdentifier(login.key);
    const { certificate } = playResident("authentication", { issuer: stranger, extensions: { [aki.type]: aki } });
    expect(() => readResidentCertificate(certificate, "authentication", trust)).toThrow(refused("issuer-unknown"));
  });

  it("is not the holder's own key", () => {
    const { certificate } = playResident("authentication", {
      issuer: { ...login, key: testKey("rsa-2048", "authentication hanako") },
    });
    expect(() => readResidentCertificate(certificate, "authentication", trust)).toThrow(refused("issuer-unknown"));
  });

  it("is the right one for other octets", () => {
    const changed = Uint8Array.from(playResident("authentication", { issuer: login }).certificate);
    const at = changed.length - 400;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => readResidentCertificate(changed, "authentication", trust)).toThrow(
      expect.objectContaining({ name: "Refusal" }),
    );
  });

  it("is trusted in no other trust", () => {
    const { certificate } = playResident("authentication", { issuer: login, person: "elsewhere" });
    readResidentCertificate(certificate, "authentication", trust);
    const elsewhere = createTrust({ certificates: [], testAuthorities: { authentication: [older.certificate] } });
    expect(() => readResidentCertificate(certificate, "authentication", elsewhere)).toThrow(refused("issuer-unknown"));
  });
});

describe("the profile", () => {
  const usage = (extension: PlannedExtension | undefined) => ({ [EXTENSIONS.keyUsage]: extension });
  it.each([
    ["keyEncipherment", keyUsage(2)],
    ["digitalSignature and keyEncipherment", keyUsage(0, 2)],
    ["digitalSignature and keyAgreement", keyUsage(0, 4)],
    ["digitalSignature and nonRepudiation", keyUsage(0, 1)],
    ["nonRepudiation", keyUsage(1)],
    ["keyCertSign", keyUsage(5)],
    ["none", undefined],
    ["one that is not critical", { ...keyUsage(0), critical: false }],
  ])("for login takes no other keyUsage: %s", (_, extension) => {
    expect(() => read("authentication", usage(extension))).toThrow(refused("certificate-not-for-login"));
  });

  it.each([
    ["digitalSignature", keyUsage(0)],
    ["nonRepudiation", keyUsage(1)],
    ["both and keyEncipherment", keyUsage(0, 1, 2)],
    ["none", undefined],
  ])("for signing takes no other keyUsage: %s", (_, extension) => {
    expect(() => read("signing", usage(extension))).toThrow(refused("certificate-not-for-signing"));
  });

  const bits = (...octets: number[]) => ({ ...keyUsage(0), value: element(0x03, Uint8Array.from(octets)) });
  it.each([
    ["bits that are not unused", bits(7, 0xff)],
    ["zeros at the end", bits(5, 0x80)],
    ["a second octet of zeros", bits(7, 0x80, 0)],
    ["three octets", bits(0, 0x80, 0, 1)],
    ["no bit", bits(0)],
    ["no octet", bits()],
    ["something behind it", { ...keyUsage(0), value: Uint8Array.of(3, 2, 7, 0x80, 5, 0) }],
  ])("takes keyUsage in DER alone: %s", (_, extension) => {
    expect(() => read("authentication", usage(extension))).toThrow(refused("certificate-extension"));
  });

  const purposes = (critical: boolean, ...ids: string[]) => ({
    [EXTENSIONS.extendedKeyUsage]: {
      type: EXTENSIONS.extendedKeyUsage,
      critical,
      value: sequence(...ids.map(objectIdentifier)),
    },
  });
  it("takes no extendedKeyUsage, and one with clientAuth", () => {
    expect(read("authentication", { [EXTENSIONS.extendedKeyUsage]: undefined }).kind).toBe("authentication");
    expect(read("authentication", purposes(true, "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.2")).kind).toBe(
      "authentication",
    );
    expect(() => read("authentication", purposes(false, "1.3.6.1.5.5.7.3.1"))).toThrow(
      refused("certificate-not-for-login"),
    );
    expect(() => read("authentication", purposes(false, "2.5.29.37.0"))).toThrow(refused("certificate-not-for-login"));
    expect(() => read("signing", purposes(true, "1.3.6.1.5.5.7.3.4"))).toThrow(refused("certificate-extension"));
  });

  const policies = (extension: PlannedExtension | undefined) => ({ [EXTENSIONS.certificatePolicies]: extension });
  it.each([
    ["none", undefined],
    ["anyPolicy", certificatePolicies("2.5.29.32.0")],
    ["that of signing", certificatePolicies("1.2.392.200149.8.5.1.1.20")],
    ["one that begins like it", certificatePolicies("1.2.392.200149.8.5.1.3.30.1")],
  ])("needs one of the authority's policies: %s", (_, extension) => {
    expect(() => read("authentication", policies(extension))).toThrow(refused("certificate-policy"));
  });

  it("takes the policy among others, with qualifiers", () => {
    const several = certificatePolicies("1.2.3", "1.2.392.200149.8.5.1.3.30");
    expect(read("authentication", policies(several)).kind).toBe("authentication");
    const policy = sequence(objectIdentifier("1.2.392.200149.8.5.1.3.30"), sequence(nothing));
    expect(read("authentication", policies({ ...several, value: sequence(policy) })).kind).toBe("authentication");
  });

  it("takes the policy of test cards from authorities for tests", () => {
    expect(read("signing", policies(certificatePolicies("1.2.392.200149.8.5.1.0.20"))).kind).toBe("signing");
  });

  const other = (type: string, value: Uint8Array, critical = true) => ({ [type]: { type, critical, value } });
  it.each([
    ["a critical one that is unknown", other("1.2.3.4", nothing)],
    ["critical nameConstraints", other("2.5.29.30", sequence())],
    ["critical authorityInfoAccess", other(EXTENSIONS.authorityInfoAccess, sequence())],
    ["CA:TRUE", other(EXTENSIONS.basicConstraints, sequence(yes))],
    ["CA:FALSE, written", other(EXTENSIONS.basicConstraints, sequence(element(0x01, Uint8Array.of(0))))],
    ["a path length", other(EXTENSIONS.basicConstraints, sequence(element(0x02, Uint8Array.of(0))))],
    ["broken policies", other(EXTENSIONS.certificatePolicies, sequence())],
    ["broken basicConstraints", other(EXTENSIONS.basicConstraints, octetString(new Uint8Array()))],
    ["a broken authorityKeyIdentifier", other(EXTENSIONS.authorityKeyIdentifier, nothing, false)],
    ["broken cRLDistributionPoints", other(EXTENSIONS.cRLDistributionPoints, sequence(), false)],
  ])("refuses extensions: %s", (_, extensions) => {
    expect(() => read("authentication", extensions)).toThrow(refused("certificate-extension"));
  });

  it("takes CA:FALSE and unknown extensions that are not critical", () => {
    expect(read("authentication", other(EXTENSIONS.basicConstraints, sequence())).kind).toBe("authentication");
    expect(read("authentication", other("1.2.3.4", nothing, false)).kind).toBe("authentication");
  });

  const point = (...fields: Uint8Array[]) => sequence(...fields);
  const name = element(0xa0, element(0xa0, element(0xa4, listName("authentication", "Aozora-shi"))));
  it.each([
    ["none", undefined],
    ["two points", sequence(point(name), point(name))],
    ["a point for some reasons", sequence(point(name, element(0x81, Uint8Array.of(0, 1))))],
    ["a relative name", sequence(point(element(0xa0, element(0xa1, sequence()))))],
    ["no name", sequence(point(element(0xa2, element(0xa4, sequence()))))],
  ])("names one distribution point or none: %s", (_, value) => {
    const type = EXTENSIONS.cRLDistributionPoints;
    expect(read("authentication", { [type]: value && { type, value } }).distributionPoint).toBeUndefined();
  });

  it("has a key that is strong enough", () => {
    const small = playResident("authentication", { issuer: login, keyType: "rsa-1024" }).certificate;
    expect(() => readResidentCertificate(small, "authentication", trust)).toThrow(refused("certificate-key"));
  });

  it("is not signed with SHA-1", () => {
    const weak = playResident("authentication", { issuer: login, changes: { hash: "sha1" } }).certificate;
    expect(() => readResidentCertificate(weak, "authentication", trust)).toThrow(refused("algorithm-weak"));
  });
});
