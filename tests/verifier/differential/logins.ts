import { createHash, X509Certificate } from "node:crypto";
import { element, sequence, unsignedInteger } from "../../../formats/der/der.ts";
import { verifyAuthentication } from "../../../verifier/authentication/verify-authentication.ts";
import { playResident } from "../../support/pki/played-authorities.ts";
import { LOGIN, playLogin, type PlannedLogin } from "../../support/pki/played-login.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { pemOf } from "../openssl-folder.ts";
import published from "../web-eid/published-tokens.json" with { type: "json" };
import { answer, type Answer, type Case, type Family } from "./case.ts";
import { chainByOpenssl } from "./chain-by-openssl.ts";
import { changedLeaves } from "./leaves.ts";
import { ISSUERS, JUDGING, OLDER, STRANGERS } from "./people.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

const issuer = ISSUERS.authentication;
const hanako = playResident("authentication", { issuer });
const taro = playResident("authentication", { issuer, person: "taro", keyType: "P-384" });
const stranger = STRANGERS.authentication;

/** A token, and what the site expects. */
interface Login {
  readonly token: Readonly<Record<string, unknown>>;
  readonly origin?: string;
  readonly challenge?: string;
}

function sound(): Readonly<Record<string, readonly [IssuedCertificate, PlannedLogin?]>> {
  const curve = (keyType: "P-256" | "P-521") => playResident("authentication", { issuer, person: keyType, keyType });
  return {
    RS256: [hanako],
    RS384: [hanako, { algorithm: "RS384" }],
    RS512: [hanako, { algorithm: "RS512" }],
    PS256: [hanako, { algorithm: "PS256" }],
    PS384: [hanako, { algorithm: "PS384" }],
    PS512: [hanako, { algorithm: "PS512" }],
    ES256: [curve("P-256"), { algorithm: "ES256" }],
    ES384: [taro, { algorithm: "ES384" }],
    ES512: [curve("P-521"), { algorithm: "ES512" }],
    "of the older generation": [playResident("authentication", { issuer: OLDER.authentication })],
  };
}

function hostile(): Readonly<Record<string, readonly [IssuedCertificate, PlannedLogin?]>> {
  const other = playResident("authentication", { issuer, person: "other" });
  const changes = (notAfter: string) => ({ issuer, changes: { notAfter: new Date(notAfter) } });
  return {
    "for another site": [hanako, { origin: "https://forms.example.com" }],
    "for the same site with a slash": [hanako, { origin: `${LOGIN.origin}/` }],
    "for another challenge": [hanako, { challenge: `${LOGIN.challenge}x` }],
    "with another's certificate": [hanako, { certificate: other.certificate }],
    "with a stranger's certificate for the same key": [
      hanako,
      { certificate: playResident("authentication", { issuer: stranger, key: hanako.key }).certificate },
    ],
    "with a signing certificate for the same key": [
      hanako,
      { certificate: playResident("signing", { issuer: ISSUERS.signing, key: hanako.key }).certificate },
    ],
    "of an authority of the same name": [playResident("authentication", { issuer: stranger })],
    "of an expired certificate": [playResident("authentication", changes("2026-11-24T02:59:59Z"))],
    "of a certificate by SHA-1": [playResident("authentication", { issuer, changes: { hash: "sha1" } })],
    "of RSA with 1,024 bits": [playResident("authentication", { issuer, keyType: "rsa-1024" })],
    "of the authority itself": [issuer],
    "PS256 with no salt": [hanako, { algorithm: "PS256", saltLength: 0 }],
    "PS256 with a long salt": [hanako, { algorithm: "PS256", saltLength: 222 }],
    "ES384 in DER": [taro, { algorithm: "ES384", dsaEncoding: "der" }],
  };
}

/** Web eID tokens, by `openssl dgst -verify` over the two digests and `openssl verify` of the certificate. */
export function logins(): Family {
  const workshop = openWorkshop();
  workshop.write("ca.pem", pemOf(issuer.certificate) + pemOf(OLDER.authentication.certificate));
  const isTrusted = chainByOpenssl(workshop, "ca.pem", "sslclient");
  const cases: Case[] = [];
  const add = (group: string, name: string, login: Login): void => {
    cases.push({
      group,
      name,
      ours: () => ours(login),
      peers: {
        "openssl dgst and verify": async () => {
          const [value, certificate] = await byDigest(workshop, login);
          if (value.opinion === "refused" || !certificate) return value;
          const { well, output } = await isTrusted(certificate);
          return answer(well, output);
        },
      },
    });
  };
  for (const [name, [by, plan]] of Object.entries(sound())) {
    const token = playLogin(by, plan);
    add("sound tokens", name, { token });
    add("for another site", name, { token, origin: "https://example.com" });
    add("for another challenge", name, { token, challenge: "A".repeat(44) });
  }
  for (const [name, [by, plan]] of Object.entries(hostile()))
    add("hostile tokens", name, { token: playLogin(by, plan) });
  const good = playLogin(hanako);
  for (const algorithm of ["none", "HS256", "RS1", "rs256", "PS256", "RS512", "ES256", "EdDSA", ""])
    add("another algorithm's name", algorithm === "" ? "nothing" : algorithm, { token: { ...good, algorithm } });
  for (const leaf of changedLeaves(hanako.certificate)) {
    const unverifiedCertificate = Buffer.from(leaf.octets).toString("base64");
    add("each leaf of the certificate", leaf.name, { token: { ...good, unverifiedCertificate } });
  }
  const { origin, challenge, tokens } = published;
  for (const { name, token } of tokens) add("published by Web eID", name, { token, origin, challenge });
  return { cases, skips: [], close: workshop.remove };
}

async function ours({ token, origin = LOGIN.origin, challenge = LOGIN.challenge }: Login): Promise<Answer> {
  const result = await verifyAuthentication(token, { ...JUDGING, origin, challenge });
  return answer(result.verdict !== "refused", result.failure?.code);
}

async function byDigest(
  workshop: Workshop,
  { token, origin = LOGIN.origin, challenge = LOGIN.challenge }: Login,
): Promise<readonly [Answer, Uint8Array | undefined]> {
  const [, kind = "", size = ""] = /^(RS|PS|ES)(256|384|512)$/.exec(String(token["algorithm"])) ?? [];
  if (kind === "") return [answer(false, "the site knows no such algorithm"), undefined];
  const certificate = Buffer.from(String(token["unverifiedCertificate"]), "base64");
  try {
    const key = new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" });
    const hash = (text: string): Buffer => createHash(`sha${size}`).update(text).digest();
    const value = Buffer.from(String(token["signature"]), "base64");
    const names = [
      ["-verify", workshop.put(key.toString(), "pem")],
      ["-signature", workshop.put(kind === "ES" ? ecdsaDer(value) : value)],
    ].flat();
    const pss = kind === "PS" ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:-1"] : [];
    const input = workshop.put(Buffer.concat([hash(origin), hash(challenge)]));
    const { well, output } = await workshop.run("openssl", "dgst", `-sha${size}`, ...names, ...pss, input);
    return [answer(well, output), certificate];
  } catch (thrown) {
    return [answer(false, String(thrown)), undefined];
  }
}

/** r‖s as DER, for openssl. */
function ecdsaDer(value: Uint8Array): Uint8Array {
  const half = value.length / 2;
  if (!Number.isInteger(half) || half === 0) return element(0x30);
  return sequence(unsignedInteger(value.subarray(0, half)), unsignedInteger(value.subarray(half)));
}
