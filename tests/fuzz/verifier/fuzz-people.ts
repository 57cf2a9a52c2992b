import { constants, privateEncrypt } from "node:crypto";
import { openDocument } from "../../../extension/signature/open-document.ts";
import { sha256 } from "../../../extension/signature/sha256.ts";
import type { SignatureSource, SourceFile } from "../../../extension/signature/signature-builder.ts";
import { resolveFormat } from "../../../shared/protocol/signing-formats.ts";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import { playAuthority, playResident, PLAYED_NOW } from "../../support/pki/played-authorities.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { playTimestamper, playToken, playUpper } from "../../verifier/timestamp/played-token.ts";
import type { Bytes } from "./signed-seed.ts";

/** Who issues residents' certificates here. */
export const ISSUERS = { authentication: playAuthority("authentication"), signing: playAuthority("signing") } as const;
const timestampRoot = playUpper("root");
const timestamper = playTimestamper(timestampRoot);

/** Trust in all of them, and in the root of the timestamps. */
export const TRUST = createTrust({
  certificates: [],
  testAuthorities: {
    authentication: [ISSUERS.authentication.certificate],
    signing: [ISSUERS.signing.certificate],
  },
  timestampAuthorities: [timestampRoot.certificate],
});
/** How everything is judged. */
export const JUDGING = { trust: TRUST, revocation: "accept-unknown", at: PLAYED_NOW } as const;

/** Signs with RSA. */
export const HANAKO = playResident("signing", { issuer: ISSUERS.signing });
/** Signs with RSA, too. */
export const JIRO = playResident("signing", { issuer: ISSUERS.signing, person: "jiro" });
/** Signs on P-384. */
export const TARO = playResident("signing", { issuer: ISSUERS.signing, person: "taro", keyType: "P-384" });
/** What timestamps here say. */
export const STAMPED_AT = Date.parse("2026-11-24T01:02:03.500Z");

/** The prefix that makes a SHA-256 DigestInfo of a digest (RFC 8017, 9.2, note 1). */
const DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** The card's signature of a SHA-256 digest. */
export const cardSignature = ({ key }: IssuedCertificate, digest: Uint8Array): Bytes =>
  Uint8Array.from(
    privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([DIGEST_INFO, digest])),
  );

/** A token of the played timestamp authority over an imprint, or over all octets. */
export const stamp = (imprint: Uint8Array): Bytes => playToken(timestamper, new Uint8Array(), { imprint });
/** The same over the octets themselves. */
export const stampOver = (over: Uint8Array): Bytes => playToken(timestamper, over);
/** Who is trusted for timestamps, DER. */
export const STAMP_TRUST = [timestampRoot.certificate] as const;

/** A file as the window hands it on. */
export const source = async (name: string, bytes: Bytes): Promise<SourceFile> => ({
  name,
  type: "",
  bytes,
  digest: await sha256(bytes),
});

/** Signs as the window does, with a timestamp where one is asked for. */
export async function signFile(
  by: IssuedCertificate,
  format: string,
  document: Uint8Array,
  more: Partial<SignatureSource> = {},
): Promise<Bytes> {
  const resolved = resolveFormat({ format });
  if (!resolved) throw new RangeError(`no format ${format}`);
  const file = await source("document", Uint8Array.from(document));
  const opened = await openDocument({ ...resolved, file, references: [], timestamped: false, ...more });
  const prepared = await opened.prepare({ certificate: by.certificate, signingTime: PLAYED_NOW });
  const signature = cardSignature(by, prepared.toBeSigned);
  const imprint = more.timestamped ? await prepared.timestampImprint?.(signature) : undefined;
  return (await prepared.finish(signature, imprint && stamp(imprint))).file;
}
