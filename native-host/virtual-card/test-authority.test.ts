import { X509Certificate } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { AsnConvert } from "@peculiar/asn1-schema";
import * as x509 from "@peculiar/asn1-x509";
import { afterAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../tests/support/virtual-card.ts";
import { PEOPLE, type PersonId } from "./people.ts";
import { openTestAuthority, type CertificateWanted } from "./test-authority.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const authority = openTestAuthority(folder);
const wanted: CertificateWanted = { certificateValidity: "current", octets: 0 };

const parse = (der: Uint8Array): x509.TBSCertificate => AsnConvert.parse(der, x509.Certificate).tbsCertificate;
const extensionOf = (der: Uint8Array, id: string): x509.Extension | undefined =>
  parse(der).extensions?.find(({ extnID }) => extnID === id);

describe("the authority", () => {
  it("has one name and two keys for each kind of certificate", async () => {
    const [first, second] = await Promise.all(
      ([1, 2] as const).map(
        async (generation) => new X509Certificate(await authority.authorityCertificate("signing", generation)),
      ),
    );
    expect(first?.subject).toBe(second?.subject);
    expect(first?.subject).toBe(
      "C=JP\nO=JPKI-TEST\nOU=JPKI for digital signature\nOU=Japan Agency for Local Authority Information Systems",
    );
    expect(first?.publicKey.equals(second?.publicKey ?? first.publicKey)).toBe(false);
    expect(first?.verify(first.publicKey)).toBe(true);
    expect(second?.ca).toBe(true);
  });

  it("keeps what it made, for every process on the folder", async () => {
    const again = openTestAuthority(folder);
    const made = await authority.credential("authentication", "ordinary", wanted);
    const kept = await again.credential("authentication", "ordinary", wanted);
    expect(kept.certificate).toEqual(made.certificate);
    expect(kept.privateKey.equals(made.privateKey)).toBe(true);
  });

  it("makes one key where several ask at once", async () => {
    const asking = [openTestAuthority(folder), openTestAuthority(folder)];
    const [one, other] = await Promise.all(asking.map((each) => each.credential("authentication", "child", wanted)));
    expect(one?.certificate).toEqual(other?.certificate);
    const leaf = new X509Certificate(one?.certificate ?? "");
    expect(leaf.checkPrivateKey(other?.privateKey ?? leaf.publicKey)).toBe(true);
  });

  it("lets nobody but the owner read its files", () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      expect(statSync(join(file.parentPath, file.name)).mode & 0o077, file.name).toBe(0);
    }
  });

  it("issues a certificate anew when the kept one has run out, for the same key", async () => {
    const today = await authority.credential("authentication", "ordinary", wanted);
    const later = openTestAuthority(folder, () => new Date(Date.now() + 6 * 366 * 86_400_000));
    const then = await later.credential("authentication", "ordinary", wanted);
    expect(then.certificate).not.toEqual(today.certificate);
    expect(then.privateKey.equals(today.privateKey)).toBe(true);
  });
});

describe.each([
  ["authentication", "1.2.392.200149.8.5.1.3.30", 0x80],
  ["signing", "1.2.392.200149.8.5.1.0.20", 0xc0],
] as const)("an %s certificate", (key, policy, keyUsage) => {
  const made = authority.credential(key, "latin-script", wanted);

  it("has the critical extensions of its profile, and no others", async () => {
    const { certificate } = await made;
    const critical = parse(certificate)
      .extensions?.filter((each) => each.critical)
      .map(({ extnID }) => extnID);
    expect(critical).toEqual([x509.id_ce_keyUsage, x509.id_ce_certificatePolicies]);
    const policies = extensionOf(certificate, x509.id_ce_certificatePolicies);
    const parsed = AsnConvert.parse(policies?.extnValue.buffer ?? new ArrayBuffer(), x509.CertificatePolicies);
    expect(parsed.map(({ policyIdentifier }) => policyIdentifier)).toEqual([policy]);
    expect(
      Array.from(new Uint8Array(extensionOf(certificate, x509.id_ce_keyUsage)?.extnValue.buffer ?? [])).at(-1),
    ).toBe(keyUsage);
  });

  it("is issued by the authority of its key, with a serial number of four octets", async () => {
    const { certificate, caCertificate } = await made;
    const [leaf, issuer] = [new X509Certificate(certificate), new X509Certificate(caCertificate)];
    expect(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)).toBe(true);
    expect(leaf.serialNumber).toMatch(/^[4-7][0-9A-F]{7}$/);
    expect(leaf.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n });
  });

  it("is padded to the octets wanted", async () => {
    for (const octets of [1700, 1853, 2000]) {
      const { certificate } = await authority.credential(key, "latin-script", { ...wanted, octets });
      expect(Math.abs(certificate.length - octets)).toBeLessThan(4);
    }
  });

  it.each(["expired", "not-yet-valid"] as const)("can be %s", async (certificateValidity) => {
    const { certificate } = await authority.credential(key, "latin-script", { ...wanted, certificateValidity });
    const { validFrom, validTo } = new X509Certificate(certificate);
    const now = Date.now();
    expect(certificateValidity === "expired" ? Date.parse(validTo) < now : Date.parse(validFrom) > now).toBe(true);
  });
});

describe("who a certificate is for", () => {
  it.each(["substituted", "birth-unknown"] as PersonId[])(
    "%s: the signing certificate tells, in six texts",
    async (id) => {
      const { certificate } = await authority.credential("signing", id, wanted);
      const names = AsnConvert.parse(
        extensionOf(certificate, x509.id_ce_subjectAltName)?.extnValue.buffer ?? new ArrayBuffer(),
        x509.SubjectAlternativeName,
      );
      const texts = names.map(({ otherName }) => [
        otherName?.typeId.split(".").at(-1),
        AsnConvert.parse(otherName?.value ?? new ArrayBuffer(), x509.DirectoryString).utf8String,
      ]);
      const { name, nameSubstituted, sex, birth, address, addressSubstituted } = PEOPLE[id];
      expect(texts).toEqual([
        ["1", name],
        ["2", nameSubstituted],
        ["3", sex],
        ["4", birth],
        ["5", address],
        ["6", addressSubstituted],
      ]);
      expect(new X509Certificate(certificate).subject).toMatch(/^C=JP\nL=Aozora-ken\nL=Aozora-shi\nCN=[0-9A-Z]{24}$/);
    },
  );

  it("the authentication certificate does not tell", async () => {
    const { certificate } = await authority.credential("authentication", "substituted", wanted);
    expect(extensionOf(certificate, x509.id_ce_subjectAltName)).toBeUndefined();
    expect(new X509Certificate(certificate).subject).toMatch(/^C=JP\nCN=[0-9A-Z]{24}$/);
  });
});
