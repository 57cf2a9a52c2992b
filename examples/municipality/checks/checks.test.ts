import { constants, createHash, privateEncrypt, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCades } from "../../../extension/signature/cades.ts";
import type { Credential } from "../../../native-host/virtual-card/card-contents.ts";
import { openTestAuthority, type CertificateWanted } from "../../../native-host/virtual-card/test-authority.ts";
import { readAuthorities, type Authorities, type CertificateKind } from "./authorities.ts";
import { checkDocumentSignature } from "./document-signature.ts";
import { checkLoginToken } from "./login-token.ts";

const ORIGIN = "https://forms.example.go.jp";
const CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
const DOCUMENT = new TextEncoder().encode("子育て応援給付金 申請書\n");
const folder = mkdtempSync(join(tmpdir(), "municipality-"));
const now = new Date();

const held = (kind: CertificateKind, validity: CertificateWanted["certificateValidity"] = "current", at = folder) =>
  openTestAuthority(at).credential(kind, "ordinary", { certificateValidity: validity, octets: 0 });

let authorities: Authorities;
beforeAll(async () => {
  // every generation that these tests use: expired certificates come from the first
  for (const kind of ["authentication", "signing"] as const) await Promise.all([held(kind), held(kind, "expired")]);
  authorities = readAuthorities(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
const digestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** A login token as the card makes it. */
function token({ certificate, privateKey }: Credential, changes: Readonly<Record<string, string>> = {}) {
  const { origin = ORIGIN, challenge = CHALLENGE, ...changed } = changes;
  const signature = sign("sha256", Buffer.concat([hash(origin), hash(challenge)]), privateKey);
  return JSON.stringify({
    format: "web-eid:1.0",
    algorithm: "RS256",
    unverifiedCertificate: Buffer.from(certificate).toString("base64"),
    signature: signature.toString("base64"),
    appVersion: "https://kodo.example/road/0.1.0",
    ...changed,
  });
}

const login = (text: string) => checkLoginToken(text, { origin: ORIGIN, challenge: CHALLENGE, authorities, now });

describe("a login", () => {
  it("passes, without a word about revocation", async () => {
    const accepted = login(token(await held("authentication")));
    expect(accepted).toMatchObject({ verdict: "accepted-unchecked", revocation: "unknown" });
    expect(accepted.holder).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["another origin", { origin: "https://forms.example.com" }, "signature-wrong"],
    ["another challenge", { challenge: CHALLENGE.replace("M", "N") }, "signature-wrong"],
    ["another version of the format", { format: "web-eid:10.0" }, "token-unreadable"],
    ["another algorithm", { algorithm: "RS512" }, "token-unreadable"],
    ["no certificate", { unverifiedCertificate: "AAAA" }, "certificate-unreadable"],
  ])("for %s is refused", async (_, changed, reason) => {
    const text = token(await held("authentication"), changed);
    expect(() => login(text)).toThrow(reason);
  });

  it("with a signing certificate is refused", async () => {
    const text = token(await held("signing"));
    expect(() => login(text)).toThrow("issuer-unknown");
    // nor where somebody put the wrong authority into the list
    const mixed = { ...authorities, authentication: authorities.signing };
    expect(() => checkLoginToken(text, { origin: ORIGIN, challenge: CHALLENGE, authorities: mixed, now })).toThrow(
      "key-usage",
    );
  });

  it("with an expired certificate is refused", async () => {
    const text = token(await held("authentication", "expired"));
    expect(() => login(text)).toThrow("certificate-not-valid-now");
  });

  it("from an authority of the same name is refused", async () => {
    const other = mkdtempSync(join(tmpdir(), "municipality-other-"));
    const text = token(await held("authentication", "current", other));
    rmSync(other, { recursive: true });
    expect(() => login(text)).toThrow("issuer-unknown");
  });
});

/** A signature file as the ceremony window and the card make it. */
async function signatureFile({ certificate, privateKey }: Credential, document = DOCUMENT): Promise<Uint8Array> {
  const { file } = await buildCades({
    document,
    certificate,
    signingTime: now,
    sign: (digest) =>
      Promise.resolve(
        privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([digestInfo, digest])),
      ),
  });
  return file;
}

const check = (file: Uint8Array, document = DOCUMENT) => checkDocumentSignature(file, { document, authorities, now });

describe("a signature", () => {
  it("passes with the name in the certificate, without a word about revocation", async () => {
    expect(check(await signatureFile(await held("signing")))).toEqual({
      verdict: "accepted-unchecked",
      revocation: "unknown",
      signer: "青空　さくら",
      claimedTime: new Date(Math.floor(now.getTime() / 1000) * 1000),
    });
  });

  it("over another document is refused", async () => {
    const file = await signatureFile(await held("signing"));
    expect(() => check(file, new TextEncoder().encode("子育て応援給付金 申請書 \n"))).toThrow("document-differs");
  });

  it("by the login key or with an expired certificate is refused", async () => {
    const byLogin = await signatureFile(await held("authentication"));
    expect(() => check(byLogin)).toThrow("issuer-unknown");
    const expired = await signatureFile(await held("signing", "expired"));
    expect(() => check(expired)).toThrow("certificate-not-valid-now");
  });

  it("made with another key than the certificate's is refused", async () => {
    const [signing, login] = [await held("signing"), await held("authentication")];
    const file = await signatureFile({ ...signing, privateKey: login.privateKey });
    expect(() => check(file)).toThrow("signature-wrong");
  });

  it("is refused when any octet of attributes and signature changes, or it is no signature at all", async () => {
    const file = await signatureFile(await held("signing"));
    const attributes = Buffer.from(file).indexOf(Buffer.from("2a864886f70d010903", "hex"));
    const accepted: number[] = [];
    for (let at = attributes; at < file.length; at += 1) {
      try {
        check(file.with(at, (file[at] ?? 0) ^ 0x01));
        accepted.push(file.length - at);
      } catch (error) {
        expect(error).toHaveProperty("name", "Refusal");
      }
    }
    // the NULL behind rsaEncryption: an empty octet string in its place says as little
    expect(accepted).toEqual([6 + 256]);
    expect(() => check(new Uint8Array())).toThrow("signature-unreadable");
    expect(() => check(new TextEncoder().encode("署名"))).toThrow("signature-unreadable");
  });
});
