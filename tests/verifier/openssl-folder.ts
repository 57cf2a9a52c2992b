import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IssuedCertificate } from "../support/pki/certificate-maker.ts";
import { temporaryFolder } from "../support/virtual-card.ts";

/** A folder in which openssl works. */
export interface OpensslFolder {
  readonly write: (name: string, octets: Uint8Array | string) => void;
  readonly read: (name: string) => Uint8Array<ArrayBuffer>;
  /** Writes `<name>.pem` and `<name>.key`. */
  readonly writeSigner: (name: string, signer: IssuedCertificate) => void;
  /** Whether openssl ended well, and what it said. */
  readonly run: (...words: readonly string[]) => { readonly well: boolean; readonly output: string };
  /** Runs it, and throws where it doesn't end well. */
  readonly must: (...words: readonly string[]) => void;
  readonly remove: () => void;
}

/** A certificate in PEM. */
export const pemOf = (certificate: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${(
    Buffer.from(certificate)
      .toString("base64")
      .match(/.{1,64}/g) ?? []
  ).join("\n")}\n-----END CERTIFICATE-----\n`;

/** Opens a folder for openssl. */
export function openOpensslFolder(): OpensslFolder {
  const { folder, remove } = temporaryFolder();
  const write = (name: string, octets: Uint8Array | string): void => writeFileSync(join(folder, name), octets);
  const run = (...words: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
    return { well: status === 0, output: stdout + stderr };
  };
  return {
    write,
    run,
    remove,
    read: (name) => Uint8Array.from(readFileSync(join(folder, name))),
    writeSigner(name, { certificate, key }) {
      write(`${name}.pem`, pemOf(certificate));
      write(`${name}.key`, key.privateKey.export({ type: "pkcs8", format: "pem" }));
    },
    must(...words) {
      const { well, output } = run(...words);
      if (!well) throw new Error(`openssl ${words.join(" ")}: ${output}`);
    },
  };
}

/** The certificate in a PEM file. */
export const derOfPem = (pem: Uint8Array): Uint8Array => Uint8Array.from(new X509Certificate(Buffer.from(pem)).raw);
