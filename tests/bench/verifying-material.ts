import { constants, createHash, createSign, privateEncrypt } from "node:crypto";
import { createTrust } from "../../verifier/certificate/trust.ts";
import type { Trust } from "../../verifier/certificate/authority.ts";
import { playAuthority, playResident } from "../support/pki/played-authorities.ts";
import type { IssuedCertificate } from "../support/pki/certificate-maker.ts";
import { signDocument } from "../support/sign-document.ts";

/** What the example tokens are for. */
export const ORIGIN = "https://forms.example.go.jp";
/** The challenge of all of them. */
export const CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

const authorities = { authentication: playAuthority("authentication"), signing: playAuthority("signing") };

/** Trust in the authorities that issue everything here. */
export const benchTrust = (): Trust =>
  createTrust({
    certificates: [],
    testAuthorities: {
      authentication: [authorities.authentication.certificate],
      signing: [authorities.signing.certificate],
    },
  });

const hash = (data: string | Uint8Array): Buffer => createHash("sha256").update(data).digest();

/** Login tokens under so many different certificates, all for one key, which is what a signature costs. */
export function loginTokens(count: number): string[] {
  const signed = Buffer.concat([hash(ORIGIN), hash(CHALLENGE)]);
  let signature: string | undefined;
  return numbered("authentication", count).map(({ certificate, key }) => {
    signature ??= createSign("sha256").update(signed).sign(key.privateKey, "base64");
    const unverifiedCertificate = Buffer.from(certificate).toString("base64");
    return JSON.stringify({ format: "web-eid:1.0", algorithm: "RS256", unverifiedCertificate, signature });
  });
}

/** An application and its signature file (CAdES), as a city keeps them. */
export interface SignedApplication {
  readonly content: Uint8Array;
  readonly file: Uint8Array;
}

/** So many applications, each of its own signer. */
export async function signedApplications(count: number): Promise<SignedApplication[]> {
  const made: SignedApplication[] = [];
  for (const [index, { certificate, key }] of numbered("signing", count).entries()) {
    const content = new TextEncoder().encode(`子育て応援給付金 申請書 ${index}\n`.padEnd(1500, "記"));
    const holder = {
      certificate,
      sign: (digest: Uint8Array) => {
        const info = Buffer.concat([Buffer.from("3031300d060960864801650304020105000420", "hex"), digest]);
        return Promise.resolve(privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, info));
      },
    };
    made.push({ content, file: (await signDocument(holder, "cades", content)).file });
  }
  return made;
}

function numbered(kind: "authentication" | "signing", count: number): IssuedCertificate[] {
  const issuer = authorities[kind];
  return Array.from({ length: count }, (_, index) =>
    playResident(kind, { issuer, changes: { serialNumber: Uint8Array.of(1, index >> 8, index & 0xff, 7) } }),
  );
}
