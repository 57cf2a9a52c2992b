import { createHmac } from "node:crypto";
import type { Case, Family } from "./case.ts";
import { chainByOpenssl } from "./chain-by-openssl.ts";
import { writeSigningAuthorities } from "./cms-peers.ts";
import { chainOf, compactJws, makeJws, playJws, thumbprintOf, type Header, type JwsFile } from "./jws-makers.ts";
import { byJose } from "./jws-peers.ts";
import { DUBIOUS, HANAKO, ISSUERS, judgeFile, RENEWED, TARO } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

const HEADERS: Readonly<Record<string, Header>> = {
  "no algorithm": { alg: undefined },
  none: { alg: "none" },
  HMAC: { alg: "HS256" },
  "SHA-1": { alg: "RS1" },
  "in lower case": { alg: "rs256" },
  "another algorithm of the same key": { alg: "PS256" },
  "no certificate": { x5c: undefined },
  "an empty chain": { x5c: [] },
  "a chain": { x5c: [...chainOf(HANAKO), ...chainOf(ISSUERS.signing)] },
  "another certificate of the same key": { x5c: chainOf(RENEWED) },
  "another's certificate": { x5c: chainOf(TARO) },
  "a certificate in base64url": { x5c: [Buffer.from(HANAKO.certificate).toString("base64url")] },
  "twenty certificates": { x5c: Array.from({ length: 20 }, () => chainOf(HANAKO)[0]) },
  "its thumbprint": { "x5t#S256": thumbprintOf(HANAKO) },
  "another's thumbprint": { "x5t#S256": thumbprintOf(TARO) },
  "a key beside": { jwk: HANAKO.key.publicKey.export({ format: "jwk" }) },
  "a place of keys": { jku: "https://example.com/" },
  "something critical": { crit: ["exp"], exp: 1 },
  "nothing critical": { crit: [] },
  "critical and not there": { crit: ["b64"] },
  "critical twice": { crit: ["b64", "b64"], b64: true },
  "b64 that is true": { crit: ["b64"], b64: true },
  "b64 that is no boolean": { crit: ["b64"], b64: 0 },
  "b64 that is not critical": { b64: false },
  "a content type": { cty: "text/plain" },
  "a member that nobody knows": { x: 1 },
  "a type for JOSE": { typ: "JOSE" },
  "a token": { typ: "JWT" },
  "a proof of attributes": { typ: "jpki-attributes+jwt" },
};

const TEXTS: Readonly<Record<string, string>> = {
  "a name twice": `{"alg":"none","alg":"RS256","x5c":${JSON.stringify(chainOf(HANAKO))}}`,
  "a name twice, once escaped": `{"\\u0061lg":"none","alg":"RS256","x5c":${JSON.stringify(chainOf(HANAKO))}}`,
  "a mark before it": `\uFEFF{"alg":"RS256","x5c":${JSON.stringify(chainOf(HANAKO))}}`,
  "no object": `["RS256"]`,
  "no JSON": `{alg:"RS256"}`,
};

function texts(): Readonly<Record<string, string>> {
  const { head, body, value } = playJws();
  const one = `"protected":"${head}","signature":"${value}"`;
  const hmac = Buffer.from(JSON.stringify({ alg: "HS256", x5c: chainOf(HANAKO) })).toString("base64url");
  const secret = HANAKO.key.publicKey.export({ type: "spki", format: "pem" });
  return {
    "two parts": `${head}.${body}`,
    "four parts": `${head}.${body}.${value}.`,
    padding: `${head}.${body}=.${value}`,
    "a line end": `${head}.${body}.${value}\n`,
    "white space in front": ` ${head}.${body}.${value}`,
    "another payload": `${head}.${Buffer.from("other").toString("base64url")}.${value}`,
    "another value": `${head}.${body}.${"A".repeat(342)}`,
    "no value": `${head}.${body}.`,
    "HMAC with the public key as the secret": `${hmac}.${body}.${createHmac("sha256", secret).update(`${hmac}.${body}`).digest("base64url")}`,
    flattened: `{"payload":"${body}",${one}}`,
    "payload twice": `{"payload":"YQ","payload":"${body}",${one}}`,
    "no signature": `{"payload":"${body}"}`,
    "an empty list": `{"payload":"${body}","signatures":[]}`,
    "a list of one": `{"payload":"${body}","signatures":[{${one}}]}`,
    "a signature twice": `{"payload":"${body}","signatures":[{${one}},{${one}}]}`,
    "one of two wrong": `{"payload":"${body}","signatures":[{${one}},{"protected":"${head}","signature":"AAAA"}]}`,
    "both forms": `{"payload":"${body}",${one},"signatures":[{${one}}]}`,
    "a key's name beside": `{"payload":"${body}","header":{"kid":"1"},${one}}`,
    "an algorithm beside": `{"payload":"${body}","header":{"alg":"RS256"},${one}}`,
    "a member that nobody knows": `{"payload":"${body}",${one},"x":1}`,
    "no signed header": `{"payload":"${body}","header":{"alg":"RS256"},"signature":"${value}"}`,
  };
}

/** JWS of every maker and of none, by jose with `openssl verify`. */
export async function jws(): Promise<Family> {
  const workshop = openWorkshop();
  writeSigningAuthorities(workshop);
  const isTrusted = chainByOpenssl(workshop, "ca.pem", "smimesign");
  const cases: Case[] = [];
  const add = (group: string, name: string, one: JwsFile): void => {
    const options = { format: "jws", ...(one.content && { content: one.content }) } as const;
    cases.push({
      group,
      name,
      ours: () => judgeFile(one.file, options),
      peers: { "jose and openssl verify": byJose(one, isTrusted) },
    });
  };
  for (const [maker, name, one] of await makeJws()) {
    add(maker, name, one);
    if (one.content) add(maker, `${name}, over another content`, { ...one, content: Buffer.from("other") });
    // one letter every so often, the last of each part left alone: bits in it may count for nothing
    for (let at = 20; at < one.file.length - 2; at += 211)
      add(`${maker}, a letter changed`, `${name}, at ${at}`, {
        ...one,
        file: Buffer.from(one.file).fill(one.file[at] === 0x62 ? "c" : "b", at, at + 1),
      });
  }
  for (const [name, header] of Object.entries(HEADERS)) add("headers", name, compactJws({ header }));
  for (const [name, text] of Object.entries(TEXTS)) add("headers", name, compactJws({ text }));
  for (const [name, text] of Object.entries(texts())) add("serializations", name, { file: Buffer.from(text) });
  for (const [name, by] of Object.entries(DUBIOUS)) add("signers", name, compactJws({ by }));
  return { cases, skips: [], close: workshop.remove };
}
