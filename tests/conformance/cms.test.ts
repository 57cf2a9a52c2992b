import { execFileSync, spawnSync } from "node:child_process";
import { createPrivateKey, privateEncrypt, constants, X509Certificate, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSignature } from "../../extension/signature/signing-format.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";
import type { SigningFormat } from "../../shared/protocol/signing-formats.ts";

/** The prefix that makes a SHA-256 DigestInfo of a digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = decodeHex("3031300d060960864801650304020105000420");

let folder: string;
const at = (name: string): string => join(folder, name);
const openssl = (...args: string[]): string =>
  execFileSync("openssl", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });

/** A signer as the card is one: it gets a digest and pads the DigestInfo itself. */
const sign = (digest: Uint8Array): Promise<Uint8Array> => {
  const key = createPrivateKey(readFileSync(at("signer.key")));
  return Promise.resolve(
    privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, digest])),
  );
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kodo-cms-"));
  const subject = "/C=JP/O=JPKI-TEST/OU=JPKI for digital signature";
  openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    subject,
    "-days",
    "30",
  );
  openssl(
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "signer.key",
    "-out",
    "signer.csr",
    "-subj",
    "/C=JP/L=青空市/CN=0123ABC",
    "-utf8",
  );
  writeFileSync(
    at("profile.cnf"),
    [
      "basicConstraints=CA:FALSE",
      "keyUsage=critical,digitalSignature,nonRepudiation",
      "certificatePolicies=critical,1.2.392.200149.8.5.1.0.20",
      "subjectKeyIdentifier=hash",
      "authorityKeyIdentifier=keyid",
    ].join("\n"),
  );
  openssl(
    "x509",
    "-req",
    "-in",
    "signer.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-days",
    "30",
    "-set_serial",
    "0x0102a3b4",
    "-extfile",
    "profile.cnf",
    "-out",
    "signer.pem",
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

async function signed(format: SigningFormat, document: Uint8Array) {
  const certificate = new X509Certificate(readFileSync(at("signer.pem")));
  return buildSignature({
    format,
    document,
    certificate: new Uint8Array(certificate.raw),
    signingTime: new Date(),
    sign,
  });
}

/** `openssl cms -verify` as the documentation tells a site to call it; the exit code is the verdict. */
function cmsVerify(file: Uint8Array, document: Uint8Array): { status: number | null; text: string } {
  writeFileSync(at("signature.p7s"), file);
  writeFileSync(at("document"), document);
  const words = [
    "cms",
    "-verify",
    "-cades",
    "-binary",
    "-inform",
    "DER",
    "-in",
    "signature.p7s",
    "-content",
    "document",
    "-CAfile",
    "ca.pem",
    "-out",
    "shown",
  ];
  const { status, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
  return { status, text: stderr };
}

const DOCUMENTS = {
  "a Japanese text": new TextEncoder().encode("子育て応援給付金 申請書\n道野 遥\n"),
  "line feeds alone and bare carriage returns": new TextEncoder().encode("a\nb\rc\r\nd"),
  nothing: new Uint8Array(),
  "every octet, many times": Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256),
};

describe("detached CAdES", () => {
  it.each(Object.entries(DOCUMENTS))("openssl accepts the signature over %s", async (_, document) => {
    const { file } = await signed("cades", document);
    expect(cmsVerify(file, document)).toMatchObject({ status: 0 });
    expect(Buffer.compare(readFileSync(at("shown")), document)).toBe(0);
  });

  it("fails when an octet of the document changes", async () => {
    const document = DOCUMENTS["a Japanese text"];
    const { file } = await signed("cades", document);
    expect(cmsVerify(file, document.with(3, 0x41)).status).not.toBe(0);
  });

  it("fails when any octet of the signed attributes changes", async () => {
    const document = DOCUMENTS["a Japanese text"];
    const { file } = await signed("cades", document);
    const lines = openssl("asn1parse", "-inform", "DER", "-in", "signature.p7s").split("\n");
    // the time, the digest and the certificate hash: a primitive element each, changed in its last octet
    const places = lines.filter((line) => /UTCTIME|OCTET STRING/.test(line)).slice(-4, -1);
    expect(places.length).toBeGreaterThan(1);
    for (const line of places) {
      const [, offset = "", header = "", length = ""] = /^\s*(\d+):d=\d+\s+hl=(\d+) l=\s*(\d+)/.exec(line) ?? [];
      const last = Number(offset) + Number(header) + Number(length) - 1;
      expect(cmsVerify(file.with(last, (file[last] ?? 0) ^ 1), document).status, line).not.toBe(0);
    }
  });

  it("holds what baseline B asks for", async () => {
    await signed("cades", DOCUMENTS.nothing).then(({ file }) => writeFileSync(at("signature.p7s"), file));
    const printed = openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", "signature.p7s");
    for (const name of ["contentType", "signingTime", "messageDigest", "id-smime-aa-signingCertificateV2"])
      expect(printed).toContain(name);
    expect(printed).toContain("eContent: <ABSENT>");
  });
});

it("pkcs1 is the bare signature over the document", async () => {
  const document = DOCUMENTS["a Japanese text"];
  const { file } = await signed("pkcs1", document);
  const key = new X509Certificate(readFileSync(at("signer.pem"))).publicKey;
  expect(verify("sha256", document, key, file)).toBe(true);
  writeFileSync(at("bare.sig"), file);
  writeFileSync(at("document"), document);
  writeFileSync(at("public.pem"), openssl("x509", "-in", "signer.pem", "-pubkey", "-noout"));
  expect(openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "bare.sig", "document")).toContain(
    "Verified OK",
  );
});
