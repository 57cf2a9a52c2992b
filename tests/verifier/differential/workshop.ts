import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { temporaryFolder } from "../../support/virtual-card.ts";
import { pemOf } from "../openssl-folder.ts";

/** A folder in which other programs work, several at a time. */
export interface Workshop {
  readonly folder: string;
  /** Writes a file under a name that no other has, and says which. */
  readonly put: (octets: Uint8Array | string, ending?: string) => string;
  /** Writes a file. */
  readonly write: (name: string, octets: Uint8Array | string) => void;
  readonly read: (name: string) => Uint8Array<ArrayBuffer>;
  /** Writes `<name>.pem` and `<name>.key`. */
  readonly writeSigner: (name: string, signer: IssuedCertificate) => void;
  /** Runs a program in the folder. */
  readonly run: (program: string, ...words: readonly string[]) => Promise<Ended>;
  /** Runs openssl, and throws where it doesn't end well. */
  readonly openssl: (...words: readonly string[]) => void;
  readonly remove: () => void;
}

/** How a program ended. */
export interface Ended {
  /** With exit code 0. */
  readonly well: boolean;
  readonly output: string;
}

/** Opens a workshop. */
export function openWorkshop(): Workshop {
  const { folder, remove } = temporaryFolder();
  let made = 0;
  const write = (name: string, octets: Uint8Array | string): void => writeFileSync(join(folder, name), octets);
  return {
    folder,
    write,
    remove,
    put(octets, ending = "bin") {
      const name = `file-${++made}.${ending}`;
      write(name, octets);
      return name;
    },
    read: (name) => Uint8Array.from(readFileSync(join(folder, name))),
    writeSigner(name, { certificate, key }) {
      write(`${name}.pem`, pemOf(certificate));
      write(`${name}.key`, key.privateKey.export({ type: "pkcs8", format: "pem" }));
    },
    run: (program, ...words) =>
      new Promise((resolve) => {
        execFile(program, words, { cwd: folder, timeout: 60_000, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
          resolve({ well: error === null, output: stdout + stderr }),
        );
      }),
    openssl(...words) {
      const { status, stdout, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
      if (status !== 0) throw new Error(`openssl ${words.join(" ")}: ${stdout}${stderr}`);
    },
  };
}
