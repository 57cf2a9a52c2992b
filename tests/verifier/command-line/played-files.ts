import { constants, createHash, privateEncrypt, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareAttributesProof } from "../../../extension/signature/attributes/attributes-proof.ts";
import { chooseAttributes, readCertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";
import { run } from "../../../verifier/command-line/run.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { makeList } from "../../support/pki/list-maker.ts";
import { playAuthority, playResident } from "../../support/pki/played-authorities.ts";
import { LOGIN, playLogin } from "../../support/pki/played-login.ts";
import { signDocument } from "../../support/sign-document.ts";

/** The document that is signed. */
export const DOCUMENT = "給付の額 50,000円\n";
/** The challenge and origin of login and proof. */
export const EXPECTED = ["--origin", LOGIN.origin, "--challenge", LOGIN.challenge];

const DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");
const signer = ({ certificate, key }: IssuedCertificate) => ({
  certificate,
  sign: (digest: Uint8Array) =>
    Promise.resolve(
      privateEncrypt(
        { key: key.privateKey, padding: constants.RSA_PKCS1_PADDING },
        Buffer.concat([DIGEST_INFO, digest]),
      ),
    ),
});
const pem = (label: string, der: Uint8Array): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString("base64")}\n-----END ${label}-----\n`;

/**
 * A folder with all that `kodo-verify` is given: `trust/`, signed files of several formats, a token, a proof, and revocation lists of 24 November 2026 (`good.crl`,
 * `revoked.crl`, which revokes the signer of everything on the 1st) and of 20 November (`old.crl`).
 */
export async function playFiles(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-verify-"));
  const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  const [signing, authentication] = [playAuthority("signing"), playAuthority("authentication")];
  const hanako = playResident("signing", { issuer: signing });
  mkdirSync(join(folder, "trust"));
  put("trust/signing-ca.pem", pem("CERTIFICATE", signing.certificate));
  put("trust/auth-ca.cer", authentication.certificate);
  put("signer.pem", pem("CERTIFICATE", hanako.certificate));

  const document = new TextEncoder().encode(DOCUMENT);
  const xml = new TextEncoder().encode("<form><a>1</a></form>\n");
  put("form.txt", document);
  put("other.txt", `${DOCUMENT} `);
  put("form.txt.p7s", (await signDocument(signer(hanako), "cades", document)).file);
  put("form.txt.sig", (await signDocument(signer(hanako), "pkcs1", document)).file);
  put("form.signed.xml", (await signDocument(signer(hanako), "xades", xml)).file);
  put("token.json", JSON.stringify(playLogin(playResident("authentication", { issuer: authentication }))));
  const proven = {
    origin: LOGIN.origin,
    challenge: LOGIN.challenge,
    purpose: "給付金の申請",
    attributes: chooseAttributes(readCertificateAttributes(hanako.certificate), ["name"]),
    signer: { certificate: hanako.certificate, signingTime: new Date("2026-11-23T00:00:00Z") },
  };
  const [header = "", payload = ""] = (await prepareAttributesProof(proven)).finish(new Uint8Array()).split(".");
  const value = sign("sha256", Buffer.from(`${header}.${payload}`), hanako.key.privateKey).toString("base64url");
  put("proof.jws", `${header}.${payload}.${value}\n`);

  const day = (date: number): Date => new Date(Date.UTC(2026, 10, date));
  const serialNumber = createHash("sha256").update("signing hanako").digest().subarray(0, 4);
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0x7f) | 0x01;
  put("good.crl", makeList({ issuer: signing }));
  put("old.crl", makeList({ issuer: signing, thisUpdate: day(20), nextUpdate: day(21) }));
  const entries = [{ serialNumber, revocationDate: day(1), reason: "affiliationChanged" }] as const;
  put("revoked.crl", pem("X509 CRL", makeList({ issuer: signing, entries, number: 2 })));
  put("stranger.crl", makeList({ issuer: playAuthority("signing", "2019") }));
  return folder;
}

/** What a command said and ended with. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly complaints: string;
}

/** Runs `kodo-verify` in this process. */
export async function kodoVerify(...words: readonly string[]): Promise<Said> {
  const [out, complaints]: [string[], string[]] = [[], []];
  const surroundings = {
    out: (text: string) => void out.push(text),
    complain: (text: string) => void complaints.push(text),
    environment: { LANG: "en_US.UTF-8" },
  };
  const code = await run(words, surroundings);
  return { code, out: out.join(""), complaints: complaints.join("") };
}
