import { constants, privateEncrypt } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PersonId } from "../../native-host/virtual-card/people.ts";
import {
  GENERATIONS,
  openTestAuthority,
  type CertificateWanted,
} from "../../native-host/virtual-card/test-authority.ts";
import { readSiteTrust } from "../../examples/municipality/trust.ts";
import type { CertificateKind, Trust } from "../../verifier/index.ts";

/** A resident whose keys are at hand, for tests: signs as the card does, from a SHA-256 digest. */
export interface TestHolder {
  readonly certificate: Uint8Array;
  readonly sign: (digest: Uint8Array) => Promise<Uint8Array>;
}

/** A test authority in a temporary folder, with all its generations, and the holders that it certifies. */
export interface TestResidents {
  readonly folder: string;
  /** These authorities, as ones for tests. */
  readonly trust: Trust;
  holder(
    kind: CertificateKind,
    person?: PersonId,
    validity?: CertificateWanted["certificateValidity"],
  ): Promise<TestHolder>;
}

/** The DigestInfo of a SHA-256 digest, but for the digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** Makes the authorities first, as whoever runs a real site gets them from J-LIS. */
export async function makeTestResidents(): Promise<TestResidents> {
  const folder = mkdtempSync(join(tmpdir(), "municipality-"));
  const authority = openTestAuthority(folder);
  await Promise.all(
    (["authentication", "signing"] as const).flatMap((kind) =>
      GENERATIONS.map((generation) => authority.authorityCertificate(kind, generation)),
    ),
  );
  return {
    folder,
    trust: readSiteTrust({ testAuthorities: folder }),
    async holder(kind, person = "ordinary", certificateValidity = "current") {
      const { certificate, privateKey } = await authority.credential(kind, person, { certificateValidity, octets: 0 });
      const padded = { key: privateKey, padding: constants.RSA_PKCS1_PADDING };
      return {
        certificate,
        sign: (digest) => Promise.resolve(privateEncrypt(padded, Buffer.concat([DIGEST_INFO, digest]))),
      };
    },
  };
}
