import { constants, createHash, privateEncrypt, X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bytes } from "../../../formats/der/der.ts";
import type {
  SignatureFile,
  SignatureSource,
  Signer,
  SourceFile,
} from "../../../extension/signature/signature-builder.ts";
import { openXmlSignature } from "../../../extension/signature/xml/open-xml-signature.ts";
import { openTestAuthority } from "../../../native-host/virtual-card/test-authority.ts";
import { decodeHex } from "../../../shared/encoding/hex.ts";

/** The prefix that makes a SHA-256 DigestInfo of a digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = decodeHex("3031300d060960864801650304020105000420");

/** Signs as the card does. */
export interface TestSigner {
  readonly certificate: Bytes;
  /** File name of the authority's certificate, PEM. */
  readonly authorityFile: string;
  /** Open, prepare, sign, finish. */
  readonly sign: (source: PartialSource, signer?: Partial<Signer>) => Promise<SignatureFile>;
}

/** A {@link SignatureSource} but for what is the same most of the time. */
export type PartialSource = Partial<SignatureSource> & Pick<SignatureSource, "file" | "format" | "packaging">;

/** SHA-256. */
export const sha256 = (bytes: Uint8Array): Bytes => Uint8Array.from(createHash("sha256").update(bytes).digest());

/** A file as the window hands it on. */
export const sourceFile = (name: string, bytes: Bytes, type = "application/xml"): SourceFile => ({
  name,
  type,
  bytes,
  digest: sha256(bytes),
});

/** What the card pads: DigestInfo of a SHA-256 digest. */
export const digestInfo = (digest: Uint8Array): Buffer => Buffer.concat([DIGEST_INFO, digest]);

/** A person's key and certificate, of a test authority whose own is in a file of `folder`. */
export async function testCredential(folder: string) {
  const authority = openTestAuthority(join(folder, "authority"));
  const wanted = { certificateValidity: "current", octets: 0 } as const;
  const { certificate, caCertificate, privateKey } = await authority.credential("signing", "ordinary", wanted);
  const authorityFile = join(folder, "ca.pem");
  writeFileSync(authorityFile, new X509Certificate(caCertificate).toString());
  return { certificate: Uint8Array.from(certificate), privateKey, authorityFile };
}

/** A person of the test authority, with the authority's certificate in `folder`. */
export async function testSigner(folder: string): Promise<TestSigner> {
  const { certificate, privateKey: key, authorityFile } = await testCredential(folder);
  return {
    certificate,
    authorityFile,
    async sign(source, signer = {}) {
      const opened = await openXmlSignature({ profile: undefined, references: [], timestamped: false, ...source });
      const prepared = await opened.prepare({ certificate, signingTime: new Date(), ...signer });
      const padding = constants.RSA_PKCS1_PADDING;
      return prepared.finish(Uint8Array.from(privateEncrypt({ key, padding }, digestInfo(prepared.toBeSigned))));
    },
  };
}
