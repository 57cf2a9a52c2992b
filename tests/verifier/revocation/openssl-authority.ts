import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readElement } from "../../../formats/der/der.ts";
import { readCertificate } from "../../../formats/x509/certificate.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";

/** How `openssl ca -gencrl` makes a list. Dates are those of `PLAYED_NOW`'s day where they are absent. */
export interface OpensslList {
  /** The municipality of a partial list; whole without it. */
  readonly municipality?: string;
  readonly lastUpdate?: string;
  readonly nextUpdate?: string;
  readonly hash?: string;
  /** Further lines of the list's extensions, and of its issuingDistributionPoint. */
  readonly extensions?: readonly string[];
  readonly scope?: readonly string[];
}

/** A certificate that was revoked, as openssl's database has it. */
export interface OpensslRevocation {
  readonly certificate: IssuedCertificate;
  readonly since: Date;
  /** Its name in that database: `keyCompromise`, `certificateHold`… */
  readonly reason?: string;
}

/** An authority whose lists and answers openssl makes, from a database in a folder of its own. */
export interface OpensslAuthority {
  readonly folder: string;
  readonly openssl: (...words: string[]) => { readonly status: number | null; readonly output: string };
  /** A list, DER, of what is revoked; also in the folder, `list.pem`. */
  readonly list: (revoked: readonly OpensslRevocation[], options?: OpensslList) => Buffer;
  /** Runs `openssl ocsp` as a responder on a free port, which knows these and no others, until `stop`. */
  readonly respond: (
    known: readonly (OpensslRevocation | IssuedCertificate)[],
    signer?: IssuedCertificate,
    ...words: string[]
  ) => Promise<{ readonly url: string; readonly stop: () => void }>;
  readonly remove: () => void;
}

const UNIT = "JPKI for digital signature";

/** An authority with the key and certificate of a played one. */
export function openOpensslAuthority(issuer: IssuedCertificate): OpensslAuthority {
  const { folder, remove } = temporaryFolder();
  const path = (name: string): string => join(folder, name);
  const write = (name: string, text: string): void => writeFileSync(path(name), text);
  const openssl: OpensslAuthority["openssl"] = (...words) => {
    const { status, stdout, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
    return { status, output: stdout + stderr };
  };
  const writePair = (name: string, { certificate, key }: IssuedCertificate): void => {
    write(`${name}.pem`, pem(certificate));
    write(`${name}.key`, key.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  };
  const writeDatabase = (known: readonly (OpensslRevocation | IssuedCertificate)[]): void =>
    write("index.txt", known.map((each) => ("since" in each ? line(each.certificate, each) : line(each))).join(""));
  writePair("ca", issuer);
  write("crlnumber", "0A\n");

  return {
    folder,
    openssl,
    remove,
    list(revoked, options = {}) {
      writeDatabase(revoked);
      write("ca.conf", configuration(options));
      const { lastUpdate = "20261124000000Z", nextUpdate = "20261125000000Z", hash = "sha256" } = options;
      const times = ["-crl_lastupdate", lastUpdate, "-crl_nextupdate", nextUpdate];
      const made = openssl("ca", "-gencrl", "-config", "ca.conf", "-md", hash, ...times, "-out", "list.pem");
      if (made.status !== 0) throw new Error(made.output);
      openssl("crl", "-in", "list.pem", "-outform", "DER", "-out", "list.der");
      return readFileSync(path("list.der"));
    },
    async respond(known, signer = issuer, ...words) {
      writeDatabase(known);
      writePair("responder", signer);
      const keys = ["-CA", "ca.pem", "-rsigner", "responder.pem", "-rkey", "responder.key"];
      const child = spawn("openssl", ["ocsp", "-index", "index.txt", "-port", "0", ...keys, ...words], { cwd: folder });
      return await new Promise((resolve, reject) => {
        let said = "";
        const listen = (text: Buffer): void => {
          said += text.toString();
          const port = /ACCEPT \S*:(\d+)/.exec(said)?.[1];
          if (port) resolve({ url: `http://127.0.0.1:${port}/`, stop: () => void child.kill() });
        };
        child.stdout.on("data", listen);
        child.stderr.on("data", listen);
        child.on("error", reject);
        child.on("exit", () => reject(new Error(said)));
      });
    },
  };
}

/** PEM of a certificate. */
export const pem = (certificate: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(certificate)
    .toString("base64")
    .replaceAll(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;

function configuration({ municipality, extensions = [], scope = [] }: OpensslList): string {
  const point = [...(municipality === undefined ? [] : ["fullname = dirName:name"]), ...scope];
  return `
[ ca ]
default_ca = authority
[ authority ]
database = index.txt
crlnumber = crlnumber
certificate = ca.pem
private_key = ca.key
default_md = sha256
string_mask = utf8only
crl_extensions = list
[ list ]
authorityKeyIdentifier = keyid
${point.length === 0 ? "" : "issuingDistributionPoint = critical, @point"}
${extensions.join("\n")}
[ point ]
${point.join("\n")}
[ name ]
C = JP
O = JPKI-TEST
1.OU = ${UNIT}
2.OU = CRL Distribution Points
3.OU = Tokyo-to
CN = ${municipality ?? ""} CRL DP
`;
}

/** A line of the database: status, end, revocation, serial number, file, subject. */
function line({ certificate }: IssuedCertificate, revoked?: OpensslRevocation): string {
  const { serialNumber, notAfter } = readCertificate(certificate);
  const serial = Buffer.from(readElement(serialNumber).contents).toString("hex").toUpperCase();
  const reason = revoked?.reason === undefined ? "" : `,${revoked.reason}`;
  const since = revoked ? `${utc(revoked.since)}${reason}` : "";
  return `${[revoked ? "R" : "V", utc(new Date(notAfter)), since, serial, "unknown", `/CN=${serial}`].join("\t")}\n`;
}

const utc = (date: Date): string => `${date.toISOString().slice(2, 19).replaceAll(/[-T:]/g, "")}Z`;
