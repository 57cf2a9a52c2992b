import * as pkijs from "pkijs";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";

/** CMS with the content beside it, made by pkijs: a maker that is not ours. */
export async function madeByPkijs({ key, certificate: der }: IssuedCertificate, content: Uint8Array) {
  const spki = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const pkcs8 = key.privateKey.export({ type: "pkcs8", format: "der" });
  const privateKey = await crypto.subtle.importKey("pkcs8", Uint8Array.from(pkcs8), spki, false, ["sign"]);
  const certificate = pkijs.Certificate.fromBER(Uint8Array.from(der).buffer);
  const { issuer, serialNumber } = certificate;
  const signedData = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: pkijs.ContentInfo.DATA }),
    signerInfos: [new pkijs.SignerInfo({ version: 1, sid: new pkijs.IssuerAndSerialNumber({ issuer, serialNumber }) })],
    certificates: [certificate],
  });
  await signedData.sign(privateKey, 0, "SHA-256", Uint8Array.from(content).buffer);
  const schema: unknown = signedData.toSchema(true);
  const file = new pkijs.ContentInfo({ contentType: pkijs.ContentInfo.SIGNED_DATA, content: schema });
  return new Uint8Array(file.toSchema().toBER());
}
