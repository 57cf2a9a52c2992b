import { execFileSync, spawnSync } from "node:child_process";
import { constants, createPrivateKey, privateEncrypt, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeHex } from "../../../shared/encoding/hex.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The prefix that makes a SHA-256 DigestInfo of a digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = decodeHex("3031300d060960864801650304020105000420");

const PROFILE = `
[signer]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature,nonRepudiation
certificatePolicies=critical,1.2.392.200149.8.5.1.0.20
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
subjectAltName=@names
[names]
otherName.1=1.2.392.200149.8.5.5.1;FORMAT:UTF8,UTF8:道野 遥
otherName.2=1.2.392.200149.8.5.5.4;FORMAT:UTF8,UTF8:319900101
[stamp]
basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[authority]
serial=serial
signer_cert=tsa.pem
certs=ca.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
ess_cert_id_alg=sha256
`;

/** A throw-away certification authority with a signer like a resident's card, and a timestamp authority; all made by openssl. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), "kodo-pdf-"));
  readonly certificate: Bytes;

  constructor() {
    writeFileSync(this.at("profile.cnf"), PROFILE);
    writeFileSync(this.at("serial"), "01");
    const subject = "/C=JP/O=JPKI-TEST/OU=JPKI for digital signature";
    this.openssl(...`req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj`.split(" "), subject);
    this.issue("signer", "/C=JP/L=青空市/CN=0123ABC", "signer");
    this.issue("tsa", "/C=JP/O=JPKI-TEST/CN=Time", "stamp");
    this.certificate = new Uint8Array(new X509Certificate(readFileSync(this.at("signer.pem"))).raw);
  }

  /** A path in the throw-away folder. */
  at(name: string): string {
    return join(this.folder, name);
  }

  /** Runs openssl in the folder; throws with its words when it fails. */
  openssl(...args: string[]): string {
    return execFileSync("openssl", args, { cwd: this.folder, encoding: "utf8", stdio: "pipe" });
  }

  /** Whether openssl succeeds. */
  accepts(...args: string[]): { status: number | null; stderr: string } {
    return spawnSync("openssl", args, { cwd: this.folder, encoding: "utf8" });
  }

  /** A signer as the card is one: it gets a digest and pads the DigestInfo itself. */
  sign(digest: Uint8Array): Bytes {
    const key = createPrivateKey(readFileSync(this.at("signer.key")));
    const padding = constants.RSA_PKCS1_PADDING;
    return new Uint8Array(privateEncrypt({ key, padding }, Buffer.concat([DIGEST_INFO, digest])));
  }

  /** A TimeStampToken over this SHA-256 imprint (RFC 3161). */
  timestamp(imprint: Uint8Array): Bytes {
    const digest = Buffer.from(imprint).toString("hex");
    this.openssl("ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", "q.tsq");
    this.openssl(
      ..."ts -reply -config profile.cnf -section authority -queryfile q.tsq -token_out -out t.tst".split(" "),
    );
    return new Uint8Array(readFileSync(this.at("t.tst")));
  }

  /** Ends it all. */
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private issue(name: string, subject: string, profile: string): void {
    const request = `req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -utf8 -subj`;
    this.openssl(...request.split(" "), subject);
    this.openssl(
      ...`x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -days 30 -extfile profile.cnf -out ${name}.pem`.split(" "),
      "-extensions",
      profile,
      "-CAcreateserial",
    );
  }
}
