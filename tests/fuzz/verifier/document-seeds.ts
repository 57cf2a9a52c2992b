import { constants, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readElements } from "../../../formats/der/der.ts";
import { concatBytes } from "../../../shared/encoding/bytes.ts";
import { attribute, CMS, playSignedData } from "../../verifier/cms/played-signed-data.ts";
import { HANAKO, JIRO, signFile, source, stamp, stampOver, STAMP_TRUST, TARO } from "./fuzz-people.ts";
import type { Bytes, SignedSeed } from "./signed-seed.ts";
import { accepted } from "./what-is-accepted.ts";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { verifyTimestamp } from "../../../verifier/timestamp/verify-timestamp.ts";

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const CONTENT = utf8("子育て応援給付金 申請書\n給付の額 50,000円\n");
const XML = utf8('<申請 xmlns="urn:a" id="r"><氏名 Id="t">道野　遥</氏名><額>50000</額></申請>');
const KOUSEI = utf8(
  '<?xml version="1.0" encoding="UTF-8"?>\n<DOC><構成情報 ID="構成情報">一</構成情報><その他/></DOC>',
);

/** A good file of each family, packaging and serialization that a reader is for. */
export async function documentSeeds(): Promise<SignedSeed[]> {
  const seed = (name: string, kind: SignedSeed["kind"], octets: Bytes, options = {}): SignedSeed => ({
    name,
    kind,
    octets,
    verify: accepted(options),
  });
  const beside = { content: CONTENT };
  const pdf = readFileSync(join(import.meta.dirname, "../../fixtures/pdf/pdfbox.pdf"));
  const form = await source("様式.xml", utf8("<様式/>"));
  const kousei = { profile: "egov-kousei", packaging: "enveloped", references: [form] } as const;
  const filesBeside = { content: new Map([[form.name, utf8("<様式/>")]]), parts: ["構成情報"] };
  const stamped = { timestamped: true } as const;
  const two = { content: CONTENT, signers: [{ by: HANAKO }, { by: TARO, hash: "sha384" }] } as const;
  return [
    seed("cades", "der", await signFile(HANAKO, "cades", CONTENT), beside),
    seed("cades with timestamp", "der", await signFile(HANAKO, "cades", CONTENT, stamped), beside),
    seed("cms", "der", await signFile(HANAKO, "cms", CONTENT, { packaging: "enveloping" })),
    seed("cms of two", "der", playSignedData(two)),
    seed("cms in BER", "der", inBer(playSignedData(two))),
    seed("cms with PSS", "der", playSignedData({ content: CONTENT, signers: [{ by: JIRO, algorithm: "pss" }] })),
    seed("cms without attributes", "der", playSignedData({ content: CONTENT, signers: [{ by: JIRO, bare: true }] })),
    seed("cms with a wrong timestamp", "der", withTimestamp()),
    seed("jws", "text", await signFile(HANAKO, "jws", CONTENT, { packaging: "detached" }), beside),
    seed("jws compact", "text", await signFile(HANAKO, "jws", CONTENT)),
    seed("jws in JSON", "text", jsonJws()),
    seed("pkcs1", "der", await signFile(HANAKO, "pkcs1", CONTENT), {
      format: "pkcs1",
      certificate: HANAKO.certificate,
      ...beside,
    }),
    {
      name: "certificate of pkcs1",
      kind: "der",
      octets: Uint8Array.from(HANAKO.certificate),
      verify: await certificateBeside(),
    },
    seed("xades", "text", await signFile(HANAKO, "xades", XML)),
    seed("xades with timestamp", "text", await signFile(HANAKO, "xades", XML, stamped)),
    seed("xmldsig", "text", await signFile(HANAKO, "xmldsig", XML, { packaging: "enveloping" })),
    seed("xml of two", "text", await signFile(JIRO, "xades", KOUSEI, { xml: { target: "構成情報" } }), {
      parts: ["構成情報"],
    }),
    seed("kousei.xml", "text", await signFile(HANAKO, "xmldsig", KOUSEI, kousei), filesBeside),
    seed("pades", "pdf", await signFile(HANAKO, "pades", pdf)),
    seed("pades of two", "pdf", await signFile(JIRO, "pades", await signFile(HANAKO, "pades", pdf, stamped))),
    seed("pdf", "pdf", await signFile(HANAKO, "pdf", pdf)),
    { name: "timestamp token", kind: "der", octets: stampOver(CONTENT), verify: stampedTime },
  ];
}

/** A timestamp over something else, which counts as none. */
const withTimestamp = (): Bytes =>
  playSignedData({
    content: CONTENT,
    signers: [{ by: HANAKO, unsigned: [attribute(CMS.signatureTimestamp, stamp(new Uint8Array(32)))] }],
  });

async function certificateBeside(): Promise<SignedSeed["verify"]> {
  const value = await signFile(HANAKO, "pkcs1", CONTENT);
  return (certificate) => accepted({ format: "pkcs1", certificate, content: CONTENT })(value);
}

function stampedTime(token: Bytes): Promise<string | undefined> {
  try {
    return Promise.resolve(String(verifyTimestamp({ token, over: CONTENT }, STAMP_TRUST).time));
  } catch (thrown) {
    if (thrown instanceof Refusal) return Promise.resolve(undefined);
    throw thrown;
  }
}

/** General JSON serialization (RFC 7515, 7.2.1) of two signers, PS256 and ES384. */
function jsonJws(): Bytes {
  const payload = Buffer.from(CONTENT).toString("base64url");
  const signatures = [JIRO, TARO].map(({ certificate, key }) => {
    const alg = key === TARO.key ? "ES384" : "PS256";
    const header = { alg, x5c: [Buffer.from(certificate).toString("base64")] };
    const head = Buffer.from(JSON.stringify(header)).toString("base64url");
    const how =
      alg === "PS256"
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
        : ({ dsaEncoding: "ieee-p1363" } as const);
    const value = sign(`sha${alg.slice(2)}`, Buffer.from(`${head}.${payload}`), { key: key.privateKey, ...how });
    return { protected: head, header: { kid: "1" }, signature: value.toString("base64url") };
  });
  return utf8(JSON.stringify({ payload, signatures }));
}

/** Every constructed element in the indefinite form, the others with a length of more octets than it needs (X.690, 8.1.3). */
function inBer(der: Bytes): Bytes {
  const written = readElements(der).map(({ identifier, contents }) =>
    (identifier & 0x20) === 0
      ? concatBytes(Uint8Array.of(identifier, 0x82, contents.length >> 8, contents.length & 0xff), contents)
      : concatBytes(Uint8Array.of(identifier, 0x80), inBer(Uint8Array.from(contents)), Uint8Array.of(0, 0)),
  );
  return concatBytes(...written);
}
