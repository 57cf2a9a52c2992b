import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { element, sequence, yes } from "../../formats/der/der.ts";
import { EXTENSIONS, keyUsage, type PlannedExtension } from "../../tests/support/pki/certificate-maker.ts";
import { authorityName, playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { PINS } from "./pins.ts";
import { fingerprintOf } from "./read-authority.ts";
import { createTrust, readTrust } from "./trust.ts";

const login = playAuthority("authentication").certificate;
const signing = playAuthority("signing").certificate;
const pins = { authentication: [fingerprintOf(login)], signing: [fingerprintOf(signing)] };
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der)
    .toString("base64")
    .replaceAll(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;

describe("trust", () => {
  it("is in authorities that are pinned, PEM or DER, by the kind of their pin", () => {
    const trust = createTrust({ certificates: [`text\n${pem(login)}${pem(signing)}`, signing], pins });
    expect(trust.authorities.map(({ kind, test, fingerprint }) => [kind, test, fingerprint])).toEqual([
      ["authentication", false, pins.authentication[0]],
      ["signing", false, pins.signing[0]],
    ]);
    expect(trust.authorities[0]).toMatchObject({ name: authorityName("authentication") });
    expect(trust.authorities[0]?.keyIdentifier).toHaveLength(20);
    expect(Object.isFrozen(trust) && Object.isFrozen(trust.authorities) && Object.isFrozen(trust.authorities[0])).toBe(
      true,
    );
  });

  it("reads pins with colons and capitals", () => {
    const colons = (pins.signing[0] ?? "").toUpperCase().replaceAll(/(..)(?=.)/g, "$1:");
    expect(createTrust({ certificates: [signing], pins: { signing: [colons] } }).authorities).toHaveLength(1);
  });

  it("knows the policies of cards, of test cards only for tests, and what is added", () => {
    const real = createTrust({ certificates: [signing], pins, policies: { signing: ["1.2.392.200149.8.5.1.1.40"] } });
    expect(real.authorities[0]?.policies).toEqual(["1.2.392.200149.8.5.1.1.20", "1.2.392.200149.8.5.1.1.40"]);
    const tests = createTrust({
      certificates: [],
      testAuthorities: { signing: [signing], policies: { signing: ["1.2.3"] } },
    });
    expect(tests.authorities[0]).toMatchObject({
      test: true,
      policies: ["1.2.392.200149.8.5.1.1.20", "1.2.392.200149.8.5.1.0.20", "1.2.3"],
    });
  });

  it("keeps timestamp authorities as they are", () => {
    const given = { certificates: [login], pins, timestampAuthorities: [pem(signing), signing] };
    expect(createTrust(given).timestampAuthorities).toEqual([signing]);
    expect(() => createTrust({ ...given, timestampAuthorities: [Uint8Array.of(1)] })).toThrow(
      /timestampAuthorities\[0\]/,
    );
  });

  it("names what it does not know, with its fingerprint", () => {
    const fingerprint = pins.signing[0] ?? "";
    const make = () =>
      createTrust({ certificates: [login, pem(signing)], pins: { authentication: pins.authentication } });
    expect(make).toThrow(TypeError);
    expect(make).toThrow(new RegExp(`certificates\\[1\\] \\(SHA-256 ${fingerprint}\\)`));
  });

  it("pins four authorities of JPKI, generations 01 and 03", () => {
    const all = [...PINS.authentication, ...PINS.signing];
    expect(new Set(all.map((pin) => /^[0-9a-f]{64}$/.test(pin) && pin)).size).toBe(4);
  });

  it.each([
    ["nobody", { certificates: [] }],
    ["a text without certificate", { certificates: ["-----BEGIN X-----"] }],
    ["a pin that is no fingerprint", { certificates: [login], pins: { authentication: ["12"] } }],
    ["a pin for both kinds", { certificates: [login], pins: { authentication: pins.signing, signing: pins.signing } }],
    ["one as real and for tests", { certificates: [login], pins, testAuthorities: { authentication: [login] } }],
    [
      "one as real and for tests of the other kind",
      { certificates: [login], pins, testAuthorities: { signing: [login] } },
    ],
    ["a pinned one for tests", { certificates: [login], pins, testAuthorities: { signing: [signing] } }],
    ["octets that are none", { certificates: [], testAuthorities: { signing: [Uint8Array.of(0x30, 0)] } }],
  ])("is refused in %s", (_, options) => expect(() => createTrust(options)).toThrow(TypeError));

  const usage = keyUsage(5, 6);
  const constraints: PlannedExtension = { type: EXTENSIONS.basicConstraints, critical: true, value: sequence(yes) };
  it.each([
    ["no basicConstraints", [usage]],
    ["basicConstraints that are not critical", [usage, { ...constraints, critical: false }]],
    ["CA:FALSE", [usage, { ...constraints, value: sequence() }]],
    ["no keyUsage", [constraints]],
    ["no keyCertSign", [constraints, keyUsage(6)]],
    ["broken keyUsage", [constraints, { ...usage, value: element(0x03) }]],
  ])("is in no authority with %s", (_, extensions) => {
    const { certificate } = playAuthority("signing", "odd", { extensions });
    expect(() => createTrust({ certificates: [], testAuthorities: { signing: [certificate] } })).toThrow(
      /is no authority's certificate/,
    );
  });

  it("is in no authority that is not self-signed", () => {
    const issuer = playAuthority("signing", "above");
    const below = playAuthority("signing", "below", { issuer });
    const named = playAuthority("signing", "named", { issuer, subject: authorityName("authentication") });
    const resident = playResident("signing", { issuer });
    for (const { certificate } of [below, named, resident]) {
      expect(() => createTrust({ certificates: [], testAuthorities: { signing: [certificate] } })).toThrow(TypeError);
    }
  });
});

describe("a folder of trust", () => {
  const folder = mkdtempSync(join(tmpdir(), "kodo-trust-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("holds *.pem, *.crt and *.cer, PEM or DER, and may hold other files", () => {
    const [good, bad, none] = ["good", "bad", "none"].map((name) => join(folder, name)) as [string, string, string];
    for (const path of [good, bad, none]) mkdirSync(path);
    writeFileSync(join(good, "login.cer"), login);
    writeFileSync(join(good, "signing.PEM"), pem(signing));
    writeFileSync(join(good, "again.crt"), Buffer.from(pem(signing)));
    writeFileSync(join(good, "read.me"), "not one");
    expect(readTrust(good, { pins }).authorities).toHaveLength(2);

    writeFileSync(join(bad, "odd.crt"), signing);
    expect(() => readTrust(bad)).toThrow(TypeError);
    expect(() => readTrust(bad)).toThrow(new RegExp(`odd\\.crt \\(SHA-256 ${pins.signing[0] ?? ""}\\)`));
    expect(() => readTrust(none, { pins, testAuthorities: { signing: [signing] } })).toThrow(TypeError);
  });
});
