import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkLoginToken } from "./login-token.ts";
import { makeTestResidents, type TestHolder, type TestResidents } from "./test-holder.ts";

const origin = "https://forms.example.go.jp";
const challenge = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
const now = new Date();

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
const check = (token: string, changes: object = {}) =>
  checkLoginToken(token, { origin, challenge, authorities: residents.authorities, now, ...changes });

describe("a login token", () => {
  it("passes, unchecked as to revocation, and names the holder alike each time", async () => {
    const holder = await residents.holder("authentication");
    const first = check(await tokenOf(holder));
    expect(first).toMatchObject({ verdict: "accepted-unchecked", revocation: "unknown" });
    expect(check(await tokenOf(holder)).holder).toBe(first.holder);
  });

  it("passes with a certificate of the older generation, and names another holder", async () => {
    const [older, newer] = [
      await residents.holder("authentication", "birth-unknown"),
      await residents.holder("authentication"),
    ];
    expect(check(await tokenOf(older)).holder).not.toBe(check(await tokenOf(newer)).holder);
  });

  it("is worth nothing for another origin or challenge", async () => {
    const token = await tokenOf(await residents.holder("authentication"));
    expect(() => check(token, { origin: "https://forms.example.go.jp.evil.example" })).toThrow("signature-wrong");
    expect(() => check(token, { challenge: `A${challenge.slice(1)}` })).toThrow("signature-wrong");
  });

  it("is refused with a signing certificate, whatever list of authorities it is held against", async () => {
    const token = await tokenOf(await residents.holder("signing"));
    expect(() => check(token)).toThrow("issuer-unknown");
    const { signing } = residents.authorities;
    expect(() => check(token, { authorities: { authentication: signing, signing } })).toThrow("key-usage");
  });

  it("is refused outside the certificate's validity", async () => {
    expect(() => check("{}")).toThrow("token-unreadable");
    const expired = await tokenOf(await residents.holder("authentication", "ordinary", "expired"));
    expect(() => check(expired)).toThrow("certificate-not-valid-now");
    const early = await tokenOf(await residents.holder("authentication", "ordinary", "not-yet-valid"));
    expect(() => check(early)).toThrow("certificate-not-valid-now");
  });

  it("is refused when an authority of the same name did not sign the certificate", async () => {
    const stranger = await makeTestResidents();
    const token = await tokenOf(await stranger.holder("authentication"));
    rmSync(stranger.folder, { recursive: true });
    expect(() => check(token)).toThrow("issuer-unknown");
  });

  it("is refused when an authority's own certificate is shown", async () => {
    const holder = await residents.holder("authentication");
    const [authority] = residents.authorities.authentication;
    const shown = { ...holder, certificate: new Uint8Array(authority?.raw ?? []) };
    expect(() => check(JSON.stringify({}))).toThrow("token-unreadable");
    const token = await tokenOf(shown);
    expect(() => check(token)).toThrow("key-usage");
  });

  it.each([
    ["another format", { format: "web-eid:10.0" }],
    ["another algorithm", { algorithm: "PS256" }],
    ["no signature", { signature: undefined }],
    ["a signature that is no base64", { signature: "----" }],
    ["a certificate that is none", { unverifiedCertificate: "AAAA" }],
  ])("is refused with %s", async (_, changes) => {
    const token = await tokenOf(await residents.holder("authentication"), changes);
    expect(() => check(token)).toThrow(/token-unreadable|certificate-unreadable/);
  });
});
