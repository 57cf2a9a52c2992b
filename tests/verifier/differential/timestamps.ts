import { element, objectIdentifier, octetString, sequence, yes } from "../../../formats/der/der.ts";
import { verifyTimestamp } from "../../../verifier/timestamp/verify-timestamp.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { keyUsage, type CertificatePlan } from "../../support/pki/certificate-maker.ts";
import { openTimestampAuthority, type AUTHORITY_KEYS } from "../../conformance/timestamp-authority.ts";
import { attribute, CMS, hashed, type PlayedSignedData, type PlayedSigner } from "../cms/played-signed-data.ts";
import { pemOf } from "../openssl-folder.ts";
import {
  authorityOf,
  playTimestamper,
  playToken,
  playUpper,
  purposes,
  type PlayedStatement,
} from "../timestamp/played-token.ts";
import { answer, type Answer, type Case, type Family } from "./case.ts";
import { changedLeaves } from "./leaves.ts";
import { openWorkshop } from "./workshop.ts";

const OVER = Buffer.from("a signature value");
const STAMPED_AT = Date.parse("2026-11-24T01:02:03Z");
const STAMPING = "1.3.6.1.5.5.7.3.8";
const root = playUpper("root");
const middle = playUpper("middle", root);
const authority = playTimestamper(root);

const STATEMENTS: Readonly<
  Record<string, readonly [PlayedStatement, Partial<PlayedSigner>?, Partial<PlayedSignedData>?]>
> = {
  "as it should be": [{}],
  "SHA-384": [{ hash: "sha384" }, { hash: "sha384" }],
  "SHA-512": [{ hash: "sha512" }, { hash: "sha512", algorithm: "rsa-with" }],
  PSS: [{}, { algorithm: "pss" }],
  "nothing but what has to be there": [{ more: [] }],
  "an extension": [{ more: [element(0xa1, sequence(objectIdentifier("1.2.3"), octetString(OVER)))] }],
  "a critical extension": [{ more: [element(0xa1, sequence(objectIdentifier("1.2.3"), yes, octetString(OVER)))] }],
  "over something else": [{ imprint: hashed("sha256", Buffer.from("other")) }],
  "over SHA-1": [{ hash: "sha1" }],
  "an imprint of another length": [{ imprint: new Uint8Array(20) }],
  "of another version": [{ version: 2 }],
  "at a time that is none": [{ time: "20261324010203Z" }],
  "at a time without a zone": [{ time: "20261124010203" }],
  "with more behind it": [{ more: [element(0xa2, OVER)] }],
  "signed with SHA-1": [{}, { hash: "sha1" }],
  "without signed attributes": [{}, { bare: true }],
  "without the ESS attribute": [{}, { attributes: (a) => [a.contentType, a.messageDigest] }],
  "its certificate named by SHA-1": [
    {},
    {
      attributes: (a) => [
        a.contentType,
        a.messageDigest,
        attribute(
          CMS.signingCertificate,
          sequence(sequence(sequence(octetString(hashed("sha1", authority.certificate))))),
        ),
      ],
    },
  ],
  "its value changed": [{}, { signature: (value) => value.with(5, (value[5] ?? 0) ^ 1) }],
  "without its certificate": [{}, {}, { certificates: [] }],
  "of another type": [{}, {}, { contentType: CMS.data }],
  "without its statement": [{}, {}, { detached: true }],
};
const CERTIFICATES: Readonly<Record<string, Partial<CertificatePlan>>> = {
  "not critical": { extensions: [purposes(false, STAMPING)] },
  "for more than timestamps": { extensions: [purposes(true, STAMPING, "1.3.6.1.5.5.7.3.2")] },
  "for something else": { extensions: [purposes(true, "1.3.6.1.5.5.7.3.2")] },
  "without a purpose": { extensions: [keyUsage(0)] },
  "with a key for certificates": { extensions: [purposes(true, STAMPING), keyUsage(0, 5)] },
  "with an unknown critical extension": {
    extensions: [purposes(true, STAMPING), { type: "1.2.3", critical: true, value: yes }],
  },
  "not valid yet": { notBefore: new Date("2026-11-24T01:02:04Z") },
  "not valid any more": { notAfter: new Date("2026-11-24T01:02:03Z") },
  "by SHA-1": { hash: "sha1" },
};
const ROOTS: Readonly<Record<string, Partial<CertificatePlan>>> = {
  "no authority": { extensions: [keyUsage(5)] },
  "whose key is not for certificates": { extensions: [authorityOf(), keyUsage(0)] },
  "for servers": { extensions: [authorityOf(), purposes(false, "1.3.6.1.5.5.7.3.1")] },
  "for timestamps": { extensions: [authorityOf(0), purposes(false, STAMPING)] },
  "not valid then": { notAfter: new Date("2026-01-01T00:00:00Z") },
  "of the same name under another key": { key: middle.key },
};

const OPENSSL_AUTHORITIES = [
  ["RSA", "sha256"],
  ["RSA", "sha384"],
  ["RSA", "sha512"],
  ["P-256", "sha256"],
  ["P-384", "sha256"],
  ["P-384", "sha384"],
  ["P-521", "sha512"],
] as const satisfies readonly (readonly [keyof typeof AUTHORITY_KEYS, string])[];

/** Timestamp tokens, by `openssl ts -verify`. */
export function timestamps(): Family {
  const workshop = openWorkshop();
  workshop.write("over", OVER);
  const cases: Case[] = [];
  const add = (group: string, name: string, token: Uint8Array, trusted: Uint8Array, at = STAMPED_AT): void => {
    const theirs = async (): Promise<Answer> => {
      const files = ["-data", "over", "-in", workshop.put(token), "-CAfile", workshop.put(pemOf(trusted), "pem")];
      const time = ["-attime", String(Math.floor(at / 1000))];
      const { well, output } = await workshop.run("openssl", "ts", "-verify", "-token_in", ...files, ...time);
      return answer(well && output.includes("Verification: OK"), output);
    };
    cases.push({ group, name, ours: () => ours(token, trusted), peers: { "openssl ts": theirs } });
  };
  for (const [name, [statement, signer, more]] of Object.entries(STATEMENTS))
    add("the tests' maker", name, playToken(authority, OVER, statement, signer, more), root.certificate);
  for (const [name, plan] of Object.entries(CERTIFICATES))
    add("certificates", name, playToken(playTimestamper(root, plan), OVER), root.certificate);
  for (const keyType of ["P-256", "P-384", "P-521", "rsa-1024"] as const)
    add(
      "certificates",
      `a key: ${keyType}`,
      playToken(playTimestamper(root, {}, keyType), OVER, {}, { hash: hashFor(keyType) }),
      root.certificate,
    );
  for (const [name, plan] of Object.entries(ROOTS))
    add("trust", `a root ${name}`, playToken(authority, OVER), playUpper("root", undefined, plan).certificate);
  const below = playTimestamper(middle);
  const chained = (...between: (typeof middle)[]): Uint8Array =>
    playToken(below, OVER, {}, {}, { certificates: [below, ...between].map(({ certificate }) => certificate) });
  add("trust", "one between, in the token", chained(middle), root.certificate);
  add("trust", "one between, missing", chained(), root.certificate);
  add("trust", "somebody else", playToken(authority, OVER), playUpper("other").certificate);
  for (const { name, octets } of changedLeaves(playToken(authority, OVER)))
    add("each leaf", name, octets, root.certificate);
  for (const [key, digest] of OPENSSL_AUTHORITIES) {
    const token = stampByOpenssl(workshop, key, digest);
    const trusted = Uint8Array.from(Buffer.from(pemBody(workshop.read("tsa-ca.pem")), "base64"));
    add("openssl ts", `${key} and ${digest}`, token, trusted, Date.now());
  }
  return { cases, skips: [], close: workshop.remove };
}

const hashFor = (keyType: string) => (keyType === "P-384" ? "sha384" : keyType === "P-521" ? "sha512" : "sha256");
const pemBody = (pem: Uint8Array): string =>
  Buffer.from(pem)
    .toString()
    .replaceAll(/-----[^-]*-----|\s/g, "");

function ours(token: Uint8Array, trusted: Uint8Array): Answer {
  try {
    verifyTimestamp({ token, over: OVER }, [trusted]);
    return answer(true);
  } catch (thrown) {
    if (thrown instanceof Refusal) return answer(false, thrown.message);
    throw thrown;
  }
}

/** A token that openssl's own authority made, with a key and hash function. */
function stampByOpenssl(
  workshop: ReturnType<typeof openWorkshop>,
  key: keyof typeof AUTHORITY_KEYS,
  digest: "sha256" | "sha384" | "sha512",
): Uint8Array {
  const party = {
    write: workshop.write,
    read: workshop.read,
    openssl(...words: string[]) {
      workshop.openssl(...words);
      return { status: 0, output: "" };
    },
  };
  openTimestampAuthority(party, { key, digest });
  workshop.openssl("ts", "-query", "-data", "over", "-sha256", "-cert", "-out", "query.tsq");
  const files = ["-queryfile", "query.tsq", "-token_out", "-out", "made.tst"];
  workshop.openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", ...files);
  return workshop.read("made.tst");
}
