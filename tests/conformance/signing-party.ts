import { spawnSync } from "node:child_process";
import { constants, privateEncrypt, X509Certificate, type KeyObject } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonId } from "../../native-host/virtual-card/people.ts";
import { openTestAuthority } from "../../native-host/virtual-card/test-authority.ts";
import { sha256 } from "../../extension/signature/sha256.ts";
import type {
  OpenDocument,
  Signer,
  SignatureFile,
  SignatureSource,
} from "../../extension/signature/signature-builder.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { temporaryFolder } from "../support/virtual-card.ts";

/** The prefix that makes a SHA-256 DigestInfo of a digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = decodeHex("3031300d060960864801650304020105000420");

/** Bytes of our own. */
type Bytes = Uint8Array<ArrayBuffer>;

/** A row of the conformance table: a format, who judged it, and how many good inputs were accepted and spoilt ones rejected. */
export interface ConformanceRow {
  readonly format: string;
  readonly inputs: number;
  readonly verifier: string;
  readonly accepted: number;
  readonly rejected: number;
}

/** Somebody who signs as the card does, with a certificate of the test authority, and a folder for the verifiers to work in. */
export interface SigningParty {
  readonly signer: Signer;
  readonly publicKey: KeyObject;
  /** Gets a SHA-256 digest and pads its DigestInfo, as the card does. */
  readonly sign: (digest: Uint8Array) => Bytes;
  readonly write: (name: string, octets: Uint8Array | string) => void;
  readonly read: (name: string) => Bytes;
  /** Runs openssl in the folder, where `ca.pem` is the authority; the exit code is the verdict. */
  readonly openssl: (...words: string[]) => { status: number | null; output: string };
  readonly close: () => void;
}

/** A party for a person of the virtual card. */
export async function openSigningParty(person: PersonId = "ordinary"): Promise<SigningParty> {
  const { folder, remove } = temporaryFolder();
  const authority = openTestAuthority(join(folder, "authority"));
  const credential = await authority.credential("signing", person, { certificateValidity: "current", octets: 0 });
  const write = (name: string, octets: Uint8Array | string): void => writeFileSync(join(folder, name), octets);
  write("ca.pem", new X509Certificate(credential.caCertificate).toString());
  const leaf = new X509Certificate(credential.certificate);
  write("signer.pem", leaf.toString());
  return {
    signer: { certificate: Uint8Array.from(credential.certificate), signingTime: new Date() },
    publicKey: leaf.publicKey,
    sign: (digest) => {
      const key = { key: credential.privateKey, padding: constants.RSA_PKCS1_PADDING };
      return Uint8Array.from(privateEncrypt(key, concatBytes(DIGEST_INFO, digest)));
    },
    write,
    read: (name) => Uint8Array.from(readFileSync(join(folder, name))),
    openssl(...words) {
      const { status, stdout, stderr } = spawnSync("openssl", words, { cwd: folder, encoding: "utf8" });
      return { status, output: stdout + stderr };
    },
    close: remove,
  };
}

/** The documents that every format is tried with. */
export const DOCUMENTS: Readonly<Record<string, Bytes>> = {
  "a Japanese text": new TextEncoder().encode("子育て応援給付金 申請書\n道野 遥\n"),
  "line feeds alone and bare carriage returns": new TextEncoder().encode("a\nb\rc\r\nd"),
  "dots, as a JWS has them": new TextEncoder().encode("a.b.c."),
  nothing: new Uint8Array(),
  "one octet": Uint8Array.of(0x80),
  "every octet, many times": Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256),
};

/** How a document shall be signed. */
export type SigningTask = Pick<SignatureSource, "format" | "packaging"> & {
  readonly open: OpenDocument;
  readonly bytes: Bytes;
};

/** Signs as the window does: opens, prepares, has the party sign, asks for a timestamp of the signature if there is somebody to ask, and finishes. */
export async function signDocument(
  party: SigningParty,
  { open, bytes, ...format }: SigningTask,
  timestamp?: (imprint: Bytes) => Promise<Bytes>,
): Promise<SignatureFile & { signature: Bytes }> {
  const file = { name: "a.txt", type: "text/plain", bytes, digest: await sha256(bytes) };
  const opened = await open({
    ...format,
    file,
    profile: undefined,
    references: [],
    timestamped: timestamp !== undefined,
  });
  const prepared = await opened.prepare(party.signer);
  const signature = party.sign(prepared.toBeSigned);
  const imprint = await prepared.timestampImprint?.(signature);
  const token = timestamp && imprint && (await timestamp(imprint));
  return { ...(await prepared.finish(signature, token)), signature };
}

/** The octets with one changed; an octet more where there is none. */
export function spoilt(octets: Uint8Array, at = octets.length >> 1): Bytes {
  return octets.length === 0 ? Uint8Array.of(0x20) : Uint8Array.from(octets.with(at, (octets[at] ?? 0) ^ 1));
}
