import { prepareAttributesProof } from "../../../extension/signature/attributes/attributes-proof.ts";
import { chooseAttributes, readCertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";
import { verifyAuthentication } from "../../../verifier/authentication/verify-authentication.ts";
import { verifyAttributes } from "../../../verifier/signature/verify-attributes.ts";
import { playResident, PLAYED_NOW } from "../../support/pki/played-authorities.ts";
import { LOGIN, playLogin } from "../../support/pki/played-login.ts";
import { cardSignature, HANAKO, ISSUERS, JUDGING } from "./fuzz-people.ts";
import type { Bytes, SignedSeed } from "./signed-seed.ts";

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const text = (octets: Bytes): string => new TextDecoder().decode(octets);

/** Tokens of each algorithm, a certificate in a token, and a proof of attributes. */
export async function loginSeeds(): Promise<SignedSeed[]> {
  const issuer = ISSUERS.authentication;
  const hanako = playResident("authentication", { issuer });
  const taro = playResident("authentication", { issuer, person: "taro", keyType: "P-384" });
  const token = (name: string, octets: string): SignedSeed => ({
    name,
    kind: "text",
    octets: utf8(octets),
    verify: (changed) => loggedIn(text(changed)),
  });
  const good = playLogin(hanako);
  return [
    token("token", JSON.stringify(good)),
    token("token with PS256", JSON.stringify(playLogin(hanako, { algorithm: "PS256" }))),
    token("token with ES384", JSON.stringify(playLogin(taro, { algorithm: "ES384" }))),
    {
      name: "certificate of a token",
      kind: "der",
      octets: Uint8Array.from(hanako.certificate),
      verify: (octets) =>
        loggedIn(JSON.stringify({ ...good, unverifiedCertificate: Buffer.from(octets).toString("base64") })),
    },
    { name: "proof of attributes", kind: "text", octets: await proof(), verify: proven },
  ];
}

async function loggedIn(token: string): Promise<string | undefined> {
  const result = await verifyAuthentication(token, { ...JUDGING, ...LOGIN });
  return result.verdict === "refused" ? undefined : result.certificate.sha256;
}

const purpose = "給付金の申請";

async function proof(): Promise<Bytes> {
  const { certificate } = HANAKO;
  const attributes = chooseAttributes(readCertificateAttributes(certificate), ["name", "birthDate"]);
  const signer = { certificate, signingTime: PLAYED_NOW };
  const { toBeSigned, finish } = await prepareAttributesProof({ ...LOGIN, purpose, attributes, signer });
  return utf8(finish(cardSignature(HANAKO, toBeSigned)));
}

async function proven(octets: Bytes): Promise<string | undefined> {
  const result = await verifyAttributes(text(octets), { ...JUDGING, ...LOGIN, purpose });
  return result.verdict === "refused" ? undefined : JSON.stringify([result.attributes, result.certificate.sha256]);
}
