import { constants, createHash, sign } from "node:crypto";
import { CompactSign, FlattenedSign, GeneralSign } from "jose";
import { signFile } from "../../fuzz/verifier/fuzz-people.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { CONTENT } from "./cms-makers.ts";
import { HANAKO, TARO } from "./people.ts";

/** A JWS, and the content where it stands outside. */
export interface JwsFile {
  readonly file: Uint8Array;
  readonly content?: Uint8Array | undefined;
}

/** Members of a protected header. */
export type Header = Readonly<Record<string, unknown>>;
const base64url = (octets: Uint8Array | string): string => Buffer.from(octets).toString("base64url");
/** `x5c` of one. */
export const chainOf = ({ certificate }: IssuedCertificate): string[] => [Buffer.from(certificate).toString("base64")];
/** `x5t#S256`. */
export const thumbprintOf = ({ certificate }: IssuedCertificate): string =>
  createHash("sha256").update(certificate).digest("base64url");

/** How a played JWS departs from the sound one. */
export interface PlayedJws {
  readonly by?: IssuedCertificate;
  /** Members beside the sound ones; `undefined` takes one out. */
  readonly header?: Header;
  /** The header's text, in its place. */
  readonly text?: string;
  readonly payload?: Uint8Array;
}

/** Header, payload and value of a JWS, base64url, signed as its own header says. */
export function playJws({ by = HANAKO, header = {}, text, payload = CONTENT }: PlayedJws = {}) {
  const members: Header = { alg: by === TARO ? "ES384" : "RS256", x5c: chainOf(by), ...header };
  const head = base64url(text ?? JSON.stringify(members));
  const body = base64url(payload);
  const alg = String(members["alg"]);
  const isKnown = /^(RS|PS|ES)\d{3}$/.test(alg);
  const pss = alg.startsWith("PS")
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
  const key = { key: by.key.privateKey, dsaEncoding: "ieee-p1363", ...pss } as const;
  const value = base64url(sign(isKnown ? `sha${alg.slice(2)}` : "sha256", Buffer.from(`${head}.${body}`), key));
  return { head, body, value };
}

/** The same in the compact serialization. */
export const compactJws = (plan: PlayedJws = {}): JwsFile => {
  const { head, body, value } = playJws(plan);
  return { file: Buffer.from(`${head}.${body}.${value}`) };
};

/** Sound files of every maker, by maker and name. */
export async function makeJws(): Promise<readonly (readonly [maker: string, name: string, JwsFile])[]> {
  const header = (alg: string, by = HANAKO) => ({ alg, x5c: chainOf(by) });
  const json = (value: unknown): JwsFile => ({ file: Buffer.from(JSON.stringify(value)) });
  const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
  const compact = async (alg: string, by = HANAKO): Promise<JwsFile> => ({
    file: Buffer.from(await new CompactSign(CONTENT).setProtectedHeader(header(alg, by)).sign(by.key.privateKey)),
  });
  const flattened = new FlattenedSign(CONTENT).setProtectedHeader(header("RS256")).sign(HANAKO.key.privateKey);
  const general = new GeneralSign(CONTENT)
    .addSignature(HANAKO.key.privateKey)
    .setProtectedHeader(header("RS256"))
    .addSignature(TARO.key.privateKey)
    .setProtectedHeader(header("ES384", TARO));
  const unencoded = await new FlattenedSign(CONTENT)
    .setProtectedHeader({ ...header("RS256"), b64: false, crit: ["b64"] })
    .sign(HANAKO.key.privateKey);
  return [
    ["our signer", "compact", { file: await signFile(HANAKO, "jws", CONTENT) }],
    [
      "our signer",
      "detached",
      { file: await signFile(HANAKO, "jws", CONTENT, { packaging: "detached" }), content: CONTENT },
    ],
    ...(await Promise.all(algorithms.map(async (alg) => ["jose", `compact, ${alg}`, await compact(alg)] as const))),
    ["jose", "compact, ES384", await compact("ES384", TARO)],
    ["jose", "flattened", json(await flattened)],
    ["jose", "general, two signers", json(await general.sign())],
    [
      "jose",
      "detached, unencoded",
      { file: Buffer.from(`${unencoded.protected ?? ""}..${unencoded.signature}`), content: CONTENT },
    ],
    ["the tests' maker", "compact", compactJws()],
    ["the tests' maker", "compact, ES384", compactJws({ by: TARO })],
  ];
}
