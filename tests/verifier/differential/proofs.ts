import { X509Certificate } from "node:crypto";
import { jwtVerify } from "jose";
import {
  ATTRIBUTES_PROOF_TYPE,
  prepareAttributesProof,
  type AttributesProofInput,
} from "../../../extension/signature/attributes/attributes-proof.ts";
import {
  chooseAttributes,
  readCertificateAttributes,
  type CertificateAttributes,
} from "../../../formats/x509/certificate-attributes.ts";
import { verifyAttributes, type AttributesOptions } from "../../../verifier/signature/verify-attributes.ts";
import { cardSignature } from "../../fuzz/verifier/fuzz-people.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { PLAYED_NOW } from "../../support/pki/played-authorities.ts";
import { answer, type Answer, type Case, type Family } from "./case.ts";
import { chainByOpenssl } from "./chain-by-openssl.ts";
import { writeSigningAuthorities } from "./cms-peers.ts";
import { DUBIOUS, HANAKO, JUDGING } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

const ASKED = { origin: "https://www.city.example.lg.jp", challenge: "c".repeat(44), purpose: "給付金の申請" } as const;
const encoded = (text: string): string => Buffer.from(text).toString("base64url");

async function prove(by: IssuedCertificate, changes: Partial<AttributesProofInput> = {}) {
  const { certificate } = by;
  const attributes = chooseAttributes(readCertificateAttributes(HANAKO.certificate), ["name", "birthDate"]);
  const signer = { certificate, signingTime: PLAYED_NOW };
  const { toBeSigned, finish } = await prepareAttributesProof({ ...ASKED, attributes, signer, ...changes });
  return finish(cardSignature(by, toBeSigned));
}

/** Proofs of attributes, by jose's `jwtVerify` with the claims that a site compares, and `openssl verify`. */
export async function proofs(): Promise<Family> {
  const workshop = openWorkshop();
  writeSigningAuthorities(workshop);
  const isTrusted = chainByOpenssl(workshop, "ca.pem", "smimesign");
  const cases: Case[] = [];
  const add = (group: string, name: string, proof: string, wanted: Partial<AttributesOptions> = {}): void => {
    const expected = { ...ASKED, ...wanted };
    cases.push({
      group,
      name,
      ours: async () => {
        const { verdict, failure } = await verifyAttributes(proof, { ...JUDGING, ...expected });
        return answer(verdict !== "refused", failure?.code);
      },
      peers: {
        "jose and openssl verify": async (): Promise<Answer> => {
          try {
            const [head = ""] = proof.split(".");
            const { x5c } = JSON.parse(Buffer.from(head, "base64url").toString()) as { x5c: string[] };
            const certificate = Buffer.from(x5c[0] ?? "", "base64");
            const options = { algorithms: ["RS256"], typ: ATTRIBUTES_PROOF_TYPE };
            const { payload } = await jwtVerify(proof, new X509Certificate(certificate).publicKey, options);
            for (const claim of ["origin", "challenge", "purpose"] as const)
              if (payload[claim] !== expected[claim]) return answer(false, claim);
            const { well, output } = await isTrusted(certificate);
            return answer(well, output);
          } catch (thrown) {
            return answer(false, String(thrown));
          }
        },
      },
    });
  };
  const sound = await prove(HANAKO);
  const [header = "", payload = "", value = ""] = sound.split(".");
  const claims = Buffer.from(payload, "base64url").toString();
  add("our signer", "as it is", sound);
  add("our signer", "for another site", sound, { origin: "https://www.city.example.com" });
  add("our signer", "for another challenge", sound, { challenge: "d".repeat(44) });
  add("our signer", "for another purpose", sound, { purpose: "給付金の申請 " });
  add("our signer", "another purpose in it", `${header}.${encoded(claims.replace("給付金", "納付金"))}.${value}`);
  add("our signer", "a claim twice", `${header}.${encoded(claims.replace("{", '{"purpose":"x",'))}.${value}`);
  add("our signer", "another name in it", await prove(HANAKO, { attributes: { name: "電子　太郎" } }));
  add(
    "our signer",
    "an attribute that the certificate has not",
    await prove(HANAKO, { attributes: { name: "x", y: "z" } as CertificateAttributes }),
  );
  for (let at = 10; at < sound.length - 2; at += 97)
    add("a letter changed", `at ${at}`, sound.slice(0, at) + (sound[at] === "b" ? "c" : "b") + sound.slice(at + 1));
  for (const [name, by] of Object.entries(DUBIOUS))
    if (by.key.privateKey.asymmetricKeyType === "rsa") add("signers", name, await prove(by));
  return { cases, skips: [], close: workshop.remove };
}
