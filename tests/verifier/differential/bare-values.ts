import { signFile } from "../../fuzz/verifier/fuzz-people.ts";
import { sign } from "node:crypto";
import { X509Certificate } from "node:crypto";
import { DOCUMENTS } from "../../conformance/signing-party.ts";
import { answer, type Case, type Family } from "./case.ts";
import { chainByOpenssl } from "./chain-by-openssl.ts";
import { writeSigningAuthorities } from "./cms-peers.ts";
import { DUBIOUS, HANAKO, judgeFile, RENEWED, TARO } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

type Octets = Uint8Array;

/** Bare PKCS #1 signatures with the certificate beside, by `openssl dgst -verify` and `openssl verify`. */
export async function bareValues(): Promise<Family> {
  const workshop = openWorkshop();
  writeSigningAuthorities(workshop);
  const isTrusted = chainByOpenssl(workshop, "ca.pem", "smimesign");
  const cases: Case[] = [];
  const add = (group: string, name: string, value: Octets, content: Octets, certificate: Octets): void => {
    cases.push({
      group,
      name,
      ours: () => judgeFile(value, { format: "pkcs1", content, certificate }),
      peers: {
        "openssl dgst and verify": async () => {
          const key = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" });
          const files = ["-verify", workshop.put(key.toString(), "pem"), "-signature", workshop.put(value)];
          const signed = await workshop.run("openssl", "dgst", "-sha256", ...files, workshop.put(content));
          const { well, output } = signed.well ? await isTrusted(certificate) : signed;
          return answer(well, output);
        },
      },
    });
  };
  const own = HANAKO.certificate;
  for (const [name, content] of Object.entries(DOCUMENTS)) {
    const value = await signFile(HANAKO, "pkcs1", content);
    const byOpenssl = sign("sha256", content, HANAKO.key.privateKey);
    add("our signer", name, value, content, own);
    add("openssl dgst", name, byOpenssl, content, own);
    add("our signer", `${name}, an octet more`, value, Buffer.concat([content, Buffer.from("x")]), own);
    add("our signer", `${name}, the value changed`, value.with(7, (value[7] ?? 0) ^ 1), content, own);
    add("our signer", `${name}, the value cut off`, value.slice(1), content, own);
    add("our signer", `${name}, an octet behind the value`, Buffer.concat([value, Buffer.alloc(1)]), content, own);
    add("our signer", `${name}, another's certificate`, value, content, TARO.certificate);
    add("our signer", `${name}, another certificate of the same key`, value, content, RENEWED.certificate);
  }
  const content = DOCUMENTS["a Japanese text"] ?? new Uint8Array();
  for (const hash of ["sha1", "sha384", "sha512"])
    add("hash functions", hash, sign(hash, content, HANAKO.key.privateKey), content, own);
  for (const [name, by] of Object.entries(DUBIOUS))
    add("signers", name, sign("sha256", content, by.key.privateKey), content, by.certificate);
  for (const [name, text] of Object.entries(FOREIGN_INPUTS))
    add("what another signature is over", name, sign("sha256", text, HANAKO.key.privateKey), text, own);
  return { cases, skips: [], close: workshop.remove };
}

/** Content that is what another format signs: who shows it as a document moves a signature. */
const FOREIGN_INPUTS: Readonly<Record<string, Buffer>> = {
  "signed attributes": Buffer.from(
    "314b301806092a864886f70d010903310b06092a864886f70d010701302f06092a864886f70d01090431220420" + "07".repeat(32),
    "hex",
  ),
  "a JWS signing input": Buffer.from(`${Buffer.from('{"alg":"RS256"}').toString("base64url")}.YQ`),
  SignedInfo: Buffer.from(
    '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"></ds:CanonicalizationMethod></ds:SignedInfo>',
  ),
  "a login": Buffer.alloc(64, 0xa7),
};
