import { checkSignerInfo } from "../../cms/check-signer-info.ts";
import { contentOf, contentOfDigest, type SignedContent } from "../../cms/signed-content.ts";
import { ID_DATA, readSignedData, type SignedData, type SignerInfo } from "../../cms/signed-data.ts";
import { seemsToNameCertificate } from "../../cms/signing-certificate.ts";
import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import type { DetachedContent, FoundSignature, RefusedSignature, SignatureReader } from "../found-signature.ts";
import { checkContentBeside, contentBeside } from "../given-content.ts";
import { withoutArmour } from "./pem-armour.ts";

/** Larger files are refused unread: a document of 64 MB, in base64 with its armour. */
const LARGEST = 90 * 1024 * 1024;
/** The content is hashed once for all who sign its digest, and anew for each who signs it bare: so much together. */
const LARGEST_BARE = 256 * 1024 * 1024;

/**
 * Reads CMS (RFC 5652), DER, BER or PEM, with the content inside or beside it, of as many signers as there are: `cades` where the signer's certificate is
 * among what is signed (ETSI EN 319 122-1, 6.3), else `cms`. Content beside a file that holds its own must be the same. Refused as a file: what `readSignedData`
 * refuses, `too-large`, `file-unsupported` (content that is no id-data), `content-missing`, `content-unexpected`, `content-differs`.
 */
export const readCms: SignatureReader = (file, { content }) =>
  Promise.resolve().then(() => {
    refuseUnless(file.length <= LARGEST, "too-large", `CMS of ${file.length} octets`);
    const signedData = readSignedData(withoutArmour(file));
    const { contentType, signers } = signedData;
    refuseUnless(contentType === ID_DATA, "file-unsupported", `signed content of type ${contentType}`);
    const signed = chooseContent(signedData.content, content);
    const bare = signers.filter(({ signedAttributes }) => signedAttributes === undefined).length;
    const hashed = bare * (signed.octets?.length ?? 0);
    refuseUnless(hashed <= LARGEST_BARE, "too-large", `${bare} signers without attributes over so much content`);
    return signers.map((signer, index) => readSigner(signedData, signer, signed, `signer ${index + 1}`));
  });

function chooseContent(inside: Uint8Array | undefined, beside: DetachedContent | undefined): SignedContent {
  if (inside !== undefined) {
    checkContentBeside(beside, inside);
    return contentOf(inside);
  }
  const given = contentBeside(beside);
  return given instanceof Uint8Array ? contentOf(given) : contentOfDigest(given.sha256);
}

function readSigner(
  signedData: SignedData,
  signer: SignerInfo,
  content: SignedContent,
  label: string,
): FoundSignature | RefusedSignature {
  try {
    const checked = checkSignerInfo(signedData, signer, content);
    const { certificate, algorithm, signed, value, rawValue, claimedTime, signingCertificate } = checked;
    return {
      format: signingCertificate === "v2" ? "cades" : "cms",
      certificate,
      algorithm,
      signed,
      value,
      claimedTime,
      coverage: { kind: "content", whole: true, octets: content.octets },
      timestamps: checked.timestamps.map((token) => ({ token, over: rawValue })),
      label,
    };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const format = seemsToNameCertificate(signer.signedAttributes) ? "cades" : "cms";
    const check = thrown.code.startsWith("content-") ? "content" : "form";
    return { refusal: thrown, label, check, format };
  }
}
