import { afterAll, describe, expect, it } from "vitest";
import * as pkijs from "pkijs";
import { readResidentCertificate } from "../../../verifier/certificate/read-resident-certificate.ts";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { openOpensslFolder } from "../openssl-folder.ts";
import { authority, hanako, outcome, read, taro } from "./cms-outcome.ts";
import { madeByPkijs } from "./pkijs-maker.ts";

const folder = openOpensslFolder();
afterAll(folder.remove);
folder.write("ca.pem", "");
folder.writeSigner("ca", authority);
folder.writeSigner("hanako", hanako);
folder.writeSigner("taro", taro);
const document = new TextEncoder().encode("子育て応援給付金 申請書\r\n");
const long = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);

const HANAKO = ["-signer", "hanako.pem", "-inkey", "hanako.key"];
const TARO = ["-signer", "taro.pem", "-inkey", "taro.key"];

/** What openssl signs, and whether openssl itself takes it for good. */
function signByOpenssl(content: Uint8Array, words: readonly string[]): { file: Uint8Array; accepted: boolean } {
  folder.write("document", content);
  folder.must("cms", "-sign", "-binary", "-in", "document", "-outform", "DER", "-out", "file", ...words);
  return { file: folder.read("file"), accepted: verifyByOpenssl(content) };
}

function verifyByOpenssl(content: Uint8Array, form = "DER"): boolean {
  folder.write("document", content);
  const words = ["-binary", "-inform", form, "-in", "file", "-CAfile", "ca.pem", "-purpose", "any", "-out", "shown"];
  return folder.run("cms", "-verify", ...words, "-content", "document").well;
}

describe("CMS that openssl makes", () => {
  it.each<[string, readonly string[], string]>([
    ["as it does without more", HANAKO, "valid"],
    ["for CAdES", [...HANAKO, "-cades"], "valid"],
    ["in BER, streamed", [...HANAKO, "-nodetach", "-stream"], "valid"],
    ["in BER, with content outside", [...HANAKO, "-indef"], "valid"],
    ["with SHA-384", [...HANAKO, "-md", "sha384"], "valid"],
    ["with SHA-512, for CAdES", [...HANAKO, "-md", "sha512", "-cades"], "valid"],
    ["with ECDSA on P-384", [...TARO, "-md", "sha384", "-nodetach"], "valid"],
    ["by two signers", [...HANAKO, ...TARO, "-md", "sha384", "-nodetach"], "valid, valid"],
    ["by key identifier", [...HANAKO, "-keyid"], "valid"],
    ["without signed attributes", [...HANAKO, "-noattr", "-nodetach"], "valid"],
    ["with PSS", [...HANAKO, "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1"], "valid"],
    [
      "with PSS, and as much salt as there is room for",
      [...HANAKO, "-keyopt", "rsa_padding_mode:pss"],
      "algorithm-unsupported",
    ],
    ["with more certificates", [...HANAKO, "-certfile", "ca.pem"], "valid"],
    ["without certificates", [...HANAKO, "-nocerts"], "certificate-missing"],
    ["with SHA-1", [...HANAKO, "-md", "sha1"], "algorithm-weak"],
    ["with ECDSA on P-384 and SHA-256", TARO, "algorithm-mismatch"],
  ])("%s", async (_name, words, expected) => {
    for (const content of [document, long]) {
      const { file, accepted } = signByOpenssl(content, words);
      if (expected.startsWith("valid")) expect(accepted).toBe(true);
      expect(await outcome(file, content)).toBe(expected);
    }
  });

  it("in PEM, as CMS and as PKCS #7", async () => {
    folder.write("document", document);
    folder.must("cms", "-sign", "-binary", "-in", "document", "-outform", "PEM", "-out", "file", ...HANAKO);
    expect(await outcome(folder.read("file"), document)).toBe("valid");
    folder.must("smime", "-sign", "-binary", "-in", "document", "-outform", "PEM", "-out", "file", ...HANAKO);
    expect(await outcome(folder.read("file"), document)).toBe("valid");
  });

  it("that holds certificates alone", async () => {
    folder.must("crl2pkcs7", "-nocrl", "-certfile", "hanako.pem", "-outform", "DER", "-out", "file");
    expect(await outcome(folder.read("file"), document)).toBe("file: no-signature");
  });

  it("that is encrypted", async () => {
    folder.write("document", document);
    folder.must("cms", "-encrypt", "-in", "document", "-outform", "DER", "-out", "file", "hanako.pem");
    expect(await outcome(folder.read("file"), document)).toBe("file: file-unsupported");
  });
});

const trust = createTrust({ certificates: [], testAuthorities: { signing: [Buffer.from(authority.certificate)] } });

/** Whether the first signer's certificate is the authority's work: without CAdES nothing else holds its octets. */
async function isIssued(file: Uint8Array): Promise<boolean> {
  const [found] = await read(file);
  try {
    return (
      found !== undefined &&
      "certificate" in found &&
      Boolean(readResidentCertificate(found.certificate, "signing", trust))
    );
  } catch (thrown) {
    if (thrown instanceof Refusal) return false;
    throw thrown;
  }
}

describe("CMS that somebody changed: what openssl refuses is never taken", () => {
  it.each<[string, readonly string[]]>([
    ["DER", [...TARO, "-md", "sha384", "-nodetach", "-cades"]],
    ["BER", [...TARO, "-md", "sha384", "-nodetach", "-stream"]],
  ])("%s", async (_name, words) => {
    const { file } = signByOpenssl(Uint8Array.of(0x61), words);
    const verdicts = { "both took it": 0, "both refused": 0, "openssl alone took it": 0, "we alone took it": 0 };
    for (let at = 1; at < file.length; at += 23) {
      const changed = file.with(at, (file[at] ?? 0) ^ (1 << (at % 8)));
      folder.write("file", changed);
      const theirs = folder.run(
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "file",
        "-CAfile",
        "ca.pem",
        "-purpose",
        "any",
        "-out",
        "shown",
      ).well;
      const ours = (await outcome(changed)) === "valid" && (await isIssued(changed));
      verdicts[
        ours ? (theirs ? "both took it" : "we alone took it") : theirs ? "openssl alone took it" : "both refused"
      ]++;
    }
    console.log(JSON.stringify(verdicts));
    expect(verdicts["both refused"]).toBeGreaterThan(30);
    expect(verdicts["we alone took it"]).toBe(0);
  });
});

it("CMS that pkijs makes", async () => {
  const file = await madeByPkijs(hanako, document);
  expect(await outcome(file, document)).toBe("valid");
  expect(await outcome(file, long)).toBe("wrong");
});

it("CMS that pkijs read and wrote again", async () => {
  const { file } = signByOpenssl(document, [...HANAKO, "-cades", "-nodetach"]);
  const read = pkijs.ContentInfo.fromBER(Uint8Array.from(file).buffer);
  const signedData = new pkijs.SignedData({ schema: read.content });
  const content: unknown = signedData.toSchema();
  const again = new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.SIGNED_DATA, content }).toSchema().toBER();
  expect(await outcome(new Uint8Array(again))).toBe("valid");
});
