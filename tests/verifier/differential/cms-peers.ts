import * as pkijs from "pkijs";
import { PLAYED_NOW } from "../../support/pki/played-authorities.ts";
import { pemOf } from "../openssl-folder.ts";
import { answer, type Answer, type Ask } from "./case.ts";
import { AT, ISSUERS, OLDER } from "./people.ts";
import type { Workshop } from "./workshop.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A CMS file, and the content where it stands outside. */
export interface CmsFile {
  readonly file: Bytes;
  readonly content?: Uint8Array | undefined;
}

/** Writes down whom openssl trusts with signatures. */
export const writeSigningAuthorities = ({ write }: Workshop): void =>
  write("ca.pem", pemOf(ISSUERS.signing.certificate) + pemOf(OLDER.signing.certificate));

/** `openssl cms -verify` as its manual tells a site to call it; with `-cades` where the file is to be CAdES. */
export const byOpensslCms =
  (workshop: Workshop, { file, content }: CmsFile, cades: boolean): Ask =>
  async () => {
    const name = workshop.put(file, "p7s");
    const words = [
      "-verify",
      "-binary",
      "-inform",
      "DER",
      "-in",
      name,
      "-CAfile",
      "ca.pem",
      ...AT,
      "-out",
      `${name}.out`,
    ];
    const beside = content ? ["-content", workshop.put(content)] : [];
    const { well, output } = await workshop.run("openssl", "cms", ...words, ...beside, ...(cades ? ["-cades"] : []));
    return answer(well, output);
  };

const toBuffer = (octets: Uint8Array): ArrayBuffer => Uint8Array.from(octets).buffer;
const trustedCerts = [ISSUERS.signing, OLDER.signing].map(({ certificate }) =>
  pkijs.Certificate.fromBER(toBuffer(certificate)),
);

/** pkijs: every signer, and the chain of each up to the authorities. */
export const byPkijs =
  ({ file, content }: CmsFile): Ask =>
  async (): Promise<Answer> => {
    try {
      const contentInfo = pkijs.ContentInfo.fromBER(toBuffer(file));
      const signedData = new pkijs.SignedData({ schema: contentInfo.content });
      for (const [signer] of signedData.signerInfos.entries()) {
        const isRight = await signedData.verify({
          signer,
          checkChain: true,
          trustedCerts,
          checkDate: PLAYED_NOW,
          ...(content && { data: toBuffer(content) }),
        });
        if (!isRight) return answer(false, `signer ${signer}`);
      }
      return signedData.signerInfos.length > 0 ? answer(true) : answer(false, "no signer");
    } catch (thrown) {
      return answer(false, thrown instanceof Error ? thrown.message : JSON.stringify(thrown));
    }
  };
