import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTrust, verifyAuthentication, type AuthenticationOptions } from "../../../verifier/index.ts";
import { makeTestResidents, type TestHolder, type TestResidents } from "../../support/test-residents.ts";

/** Logins with the virtual card's certificates, as the example site takes them. */
const origin = "https://forms.example.go.jp";
const challenge = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

let residents: TestResidents;
beforeAll(async () => {
  residents = await makeTestResidents();
});
afterAll(() => rmSync(residents.folder, { recursive: true }));

const sha256 = (data: string | Uint8Array): Buffer => createHash("sha256").update(data).digest();

async function tokenOf(holder: TestHolder, changes: object = {}): Promise<string> {
  const signature = await holder.sign(sha256(Buffer.concat([sha256(origin), sha256(challenge)])));
  return JSON.stringify({
    format: "web-eid:1.0",
    algorithm: "RS256",
    unverifiedCertificate: Buffer.from(holder.certificate).toString("base64"),
    signature: Buffer.from(signature).toString("base64"),
    appVersion: "https://kodo.example/road/0.1.0",
    ...changes,
  });
}
const verify = (token: string, changes: Partial<AuthenticationOptions> = {}) =>
  verifyAuthentication(token, { origin, challenge, trust: residents.trust, revocation: "accept-unknown", ...changes });
const codeOf = async (token: string, changes?: Partial<AuthenticationOptions>) =>
  (await verify(token, changes)).failure?.code;
const authorityFile = (name: string): string => readFileSync(join(residents.folder, name), "utf8");

describe("a login with a virtual card", () => {
  it("holds, unchecked as to revocation, and names the certificate alike each time", async () => {
    const holder = await residents.holder("authentication");
    const first = await verify(await tokenOf(holder));
    expect(first).toMatchObject({
      verdict: "accepted-unchecked",
      failure: { code: "revocation-unchecked" },
      test: true,
    });
    expect((await verify(await tokenOf(holder))).certificate).toEqual(first.certificate);
  });

  it("holds with a certificate of the older generation, which is another one", async () => {
    const older = await verify(await tokenOf(await residents.holder("authentication", "birth-unknown")));
    const newer = await verify(await tokenOf(await residents.holder("authentication")));
    expect(older.verdict).toBe("accepted-unchecked");
    expect(older.certificate?.serialNumber).not.toBe(newer.certificate?.serialNumber);
    expect(older.certificate?.authorityFingerprint).not.toBe(newer.certificate?.authorityFingerprint);
    expect(older.certificate?.issuerNameHash).toBe(newer.certificate?.issuerNameHash);
  });

  it("is worth nothing for another origin or challenge", async () => {
    const token = await tokenOf(await residents.holder("authentication"));
    expect(await codeOf(token, { origin: "https://forms.example.go.jp.evil.example" })).toBe("signature-wrong");
    expect(await codeOf(token, { challenge: `A${challenge.slice(1)}` })).toBe("signature-wrong");
    expect(await codeOf(token, { challenge: undefined })).toBe("challenge-unknown");
  });

  it("is refused with a signing certificate, whatever list of authorities it is held against", async () => {
    const token = await tokenOf(await residents.holder("signing"));
    expect(await codeOf(token)).toBe("certificate-not-for-login");
    const signing = [1, 2].map((generation) => authorityFile(`signing-ca-${generation}.pem`));
    const trust = createTrust({ certificates: [], testAuthorities: { authentication: signing } });
    expect(await codeOf(token, { trust })).toBe("certificate-not-for-login");
  });

  it("is refused outside the certificate's validity", async () => {
    const expired = await residents.holder("authentication", "ordinary", "expired");
    expect(await codeOf(await tokenOf(expired))).toBe("certificate-expired");
    const early = await residents.holder("authentication", "ordinary", "not-yet-valid");
    expect(await codeOf(await tokenOf(early))).toBe("certificate-not-yet-valid");
  });

  it("is refused when an authority of the same name did not sign the certificate", async () => {
    const stranger = await makeTestResidents();
    const token = await tokenOf(await stranger.holder("authentication"));
    rmSync(stranger.folder, { recursive: true });
    expect(await codeOf(token)).toBe("issuer-unknown");
  });

  it("is refused when an authority's own certificate is shown", async () => {
    const holder = await residents.holder("authentication");
    const pem = authorityFile("authentication-ca-2.pem").replaceAll(/-----.*-----|\s/g, "");
    const shown = { ...holder, certificate: new Uint8Array(Buffer.from(pem, "base64")) };
    const result = await verify(await tokenOf(shown));
    expect(result.verdict).toBe("refused");
    expect(result.checks.find(({ check }) => check === "certificate")?.outcome).toBe("failed");
  });

  it.each([
    ["another format", { format: "web-eid:10.0" }, "token-version"],
    ["an algorithm that does not fit the signature", { algorithm: "PS256" }, "signature-wrong"],
    ["no signature", { signature: undefined }, "token-malformed"],
    ["a signature that is no base64", { signature: "----" }, "token-malformed"],
    ["a certificate that is none", { unverifiedCertificate: "AAAA" }, "certificate-unreadable"],
  ])("is refused with %s", async (_, changes, code) => {
    expect(await codeOf(await tokenOf(await residents.holder("authentication"), changes))).toBe(code);
    expect(await codeOf("{}")).toBe("token-malformed");
  });
});
