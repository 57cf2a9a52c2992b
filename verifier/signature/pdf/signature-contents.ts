import { checkSignerInfo, type CheckedSigner } from "../../cms/check-signer-info.ts";
import { contentOf } from "../../cms/signed-content.ts";
import { ID_DATA, readSignedData } from "../../cms/signed-data.ts";
import { refuseUnless } from "../../verdict/failure.ts";
import type { SubFilter } from "./signature-dictionary.ts";

/**
 * Reads the CMS of a signature and checks it against what is covered (ISO 32000-1, 12.8.3.3; ETSI EN 319 142-1, 5): detached, of one signer, with signed
 * attributes; PAdES has the signer's certificate among them.
 */
export function checkContents(
  subFilter: Exclude<SubFilter, "ETSI.RFC3161">,
  contents: Uint8Array,
  covered: readonly Uint8Array[],
): CheckedSigner {
  const signedData = readSignedData(contents, "zeros");
  refuseUnless(signedData.content === undefined, "file-ambiguous", "the CMS has a content of its own");
  refuseUnless(signedData.contentType === ID_DATA, "file-unsupported", `content of type ${signedData.contentType}`);
  const [signer, ...others] = signedData.signers;
  refuseUnless(signer !== undefined && others.length === 0, "file-ambiguous", "several signers in one signature");
  const demands =
    subFilter === "ETSI.CAdES.detached" ? ({ signingCertificate: "v2" } as const) : { signedAttributes: true };
  return checkSignerInfo(signedData, signer, contentOf(...covered), demands);
}
