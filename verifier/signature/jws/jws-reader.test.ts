import { constants, createHash, createHmac, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { playAuthority, playResident } from "../../../tests/support/pki/played-authorities.ts";
import type { IssuedCertificate } from "../../../tests/support/pki/certificate-maker.ts";
import { verdictOf } from "../../../tests/verifier/cms/cms-outcome.ts";
import { Refusal } from "../../verdict/failure.ts";
import type { DetachedContent } from "../found-signature.ts";
import { readJws } from "./jws-reader.ts";

const authority = playAuthority("signing");
const hanako = playResident("signing", { issuer: authority });
const taro = playResident("signing", { issuer: authority, person: "taro", keyType: "P-384" });
const content = Buffer.from("子育て応援給付金 申請書. a.b.c");
const base64url = (octets: Uint8Array | string): string => Buffer.from(octets).toString("base64url");
const chain = ({ certificate }: IssuedCertificate): string[] => [Buffer.from(certificate).toString("base64")];
const thumbprint = ({ certificate }: IssuedCertificate, hash = "sha256"): string =>
  createHash(hash).update(certificate).digest("base64url");

type Header = Readonly<Record<string, unknown>>;
const sound = (by: IssuedCertificate): Header => ({
  alg: by === taro ? "ES384" : "RS256",
  typ: "JOSE",
  x5c: chain(by),
  "x5t#S256": thumbprint(by),
});

interface Played {
  readonly by?: IssuedCertificate;
  /** Members beside the sound ones; `undefined` takes one out. */
  readonly header?: Header;
  /** The header's text, in its place. */
  readonly text?: string;
  readonly payload?: Uint8Array;
  readonly unencoded?: boolean;
}

/** Header, payload and value of a JWS, base64url; the payload as text where it is not encoded. */
function play({ by = hanako, header = {}, text, payload = content, unencoded = false }: Played = {}) {
  const b64 = unencoded ? { b64: false, crit: ["b64"] } : {};
  const head = base64url(text ?? JSON.stringify({ ...sound(by), ...b64, ...header }));
  const body = unencoded ? payload : Buffer.from(base64url(payload));
  const alg = String({ ...sound(by), ...header }["alg"]);
  const hash = `sha${alg.slice(2)}`;
  const pss = alg.startsWith("PS")
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
  const input = Buffer.concat([Buffer.from(`${head}.`), body]);
  const key = { key: by.key.privateKey, dsaEncoding: "ieee-p1363", ...pss } as const;
  const value = base64url(sign(/^(RS|PS|ES)\d{3}$/.test(alg) ? hash : "sha256", input, key));
  return { head, body: body.toString(), value };
}
const compact = (plan: Played = {}): Buffer => {
  const { head, body, value } = play(plan);
  return Buffer.from(`${head}.${plan.unencoded ? "" : body}.${value}`);
};
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

async function outcome(file: Uint8Array, beside?: DetachedContent): Promise<string> {
  try {
    return (await readJws(file, { content: beside, parts: undefined })).map(verdictOf).join(", ");
  } catch (thrown) {
    return thrown instanceof Refusal ? `file: ${thrown.code}` : String(thrown);
  }
}

describe("what is sound is read", () => {
  it.each(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])("%s", async (alg) => {
    expect(await outcome(compact({ header: { alg } }))).toBe("valid");
  });

  it.each<[string, Played]>([
    ["ES384", { by: taro }],
    ["an empty document", { payload: new Uint8Array() }],
    ["no typ and no thumbprint", { header: { typ: undefined, "x5t#S256": undefined } }],
    [
      "a thumbprint by SHA-1, a content type and a claim",
      { header: { x5t: thumbprint(hanako, "sha1"), cty: "text/plain", iat: 1 } },
    ],
    ["a chain", { header: { x5c: [...chain(hanako), ...chain(authority)] } }],
    ["b64 that is true", { header: { b64: true, crit: ["b64"] } }],
  ])("%s", async (_name, plan) => expect(await outcome(compact(plan))).toBe("valid"));

  it("in JSON, of one and of several", async () => {
    const [one, two] = [play(), play({ by: taro })];
    const flat = { payload: one.body, protected: one.head, signature: one.value };
    expect(await outcome(json(flat))).toBe("valid");
    expect(await outcome(json({ ...flat, header: { kid: "1" }, other: 1 }))).toBe("valid");
    const signatures = [one, two].map(({ head, value }) => ({ protected: head, signature: value }));
    expect(await outcome(json({ payload: one.body, signatures }))).toBe("valid, valid");
    expect(await outcome(json({ signatures }), content)).toBe("valid, valid");
    expect(await outcome(json({ payload: base64url("other"), signatures }))).toBe("wrong, wrong");
  });

  it("says what it covers", async () => {
    expect(await readJws(compact(), { content: undefined, parts: undefined })).toMatchObject([
      { format: "jws", algorithm: "RS256", label: "signature 1", timestamps: [], coverage: { octets: content } },
    ]);
  });
});

describe("content inside and beside", () => {
  const digest = { sha256: createHash("sha256").update(content).digest() };
  const detached = compact({ unencoded: true });
  const takenOut = Buffer.from(
    compact()
      .toString()
      .replace(/\.[^.]*\./, ".."),
  );
  it.each<[string, Uint8Array, DetachedContent | undefined, string]>([
    ["as it is", detached, content, "valid"],
    ["encoded, and taken out", takenOut, content, "valid"],
    ["none", detached, undefined, "content-missing"],
    ["its digest alone", detached, digest, "file: content-missing"],
    ["files by name", detached, new Map(), "file: content-missing"],
    ["another", detached, Buffer.from("other"), "wrong"],
    ["the same again", compact(), content, "valid"],
    ["the same digest", compact(), digest, "valid"],
    ["another beside", compact(), Buffer.from("other"), "file: content-differs"],
    ["files by name beside", compact(), new Map(), "file: content-unexpected"],
    [
      "as it is, inside",
      json(
        ((jws) => ({ payload: jws.body, protected: jws.head, signature: jws.value }))(
          play({ unencoded: true, payload: Buffer.from("abcd") }),
        ),
      ),
      undefined,
      "file-unsupported",
    ],
  ])("%s", async (_name, file, beside, expected) => expect(await outcome(file, beside)).toBe(expected));
});

describe("what somebody changed is refused", () => {
  it.each<[string, string, Header]>([
    ["no algorithm", "algorithm-unsupported", { alg: undefined }],
    ["none", "algorithm-unsupported", { alg: "none" }],
    ["nOnE", "algorithm-unsupported", { alg: "nOnE" }],
    ["HMAC", "algorithm-unsupported", { alg: "HS256" }],
    ["SHA-1", "algorithm-unsupported", { alg: "RS1" }],
    ["in lower case", "algorithm-unsupported", { alg: "rs256" }],
    ["a list of algorithms", "algorithm-unsupported", { alg: ["RS256"] }],
    ["no certificate", "certificate-missing", { x5c: undefined }],
    ["an empty chain", "certificate-missing", { x5c: [] }],
    ["a certificate that is no list", "certificate-missing", { x5c: chain(hanako)[0] }],
    ["a certificate in base64url", "certificate-unreadable", { x5c: [base64url(hanako.certificate)] }],
    ["a certificate that is no text", "certificate-unreadable", { x5c: [1] }],
    ["twenty certificates", "too-large", { x5c: Array<string>(20).fill(chain(authority)[0] ?? "") }],
    ["another's thumbprint", "certificate-not-the-signers", { "x5t#S256": thumbprint(taro) }],
    ["another's thumbprint by SHA-1", "certificate-not-the-signers", { x5t: thumbprint(taro, "sha1") }],
    ["a key beside", "file-ambiguous", { jwk: hanako.key.publicKey.export({ format: "jwk" }) }],
    ["a place of keys", "file-ambiguous", { jku: "https://example.com/" }],
    ["a place of certificates", "file-ambiguous", { x5u: "https://example.com/" }],
    ["something critical", "file-unsupported", { crit: ["exp"], exp: 1 }],
    ["critical twice", "file-unsupported", { crit: ["b64", "b64"], b64: true }],
    ["nothing critical", "file-broken", { crit: [] }],
    ["critical and not there", "file-broken", { crit: ["b64"] }],
    ["b64 that is no boolean", "file-broken", { crit: ["b64"], b64: 0 }],
    ["b64 that is not critical", "file-ambiguous", { b64: false }],
    ["a proof of attributes", "proof-is-no-document", { typ: "jpki-attributes+jwt" }],
    ["a proof of attributes, written otherwise", "proof-is-no-document", { typ: "application/JPKI-Attributes+JWT" }],
    ["a token", "file-unsupported", { typ: "JWT" }],
    ["a token of another kind", "file-unsupported", { typ: "at+jwt" }],
    ["a type that is no text", "file-broken", { typ: 1 }],
  ])("%s", async (_name, expected, header) => expect(await outcome(compact({ header }))).toBe(expected));

  it("HMAC with the public key as the secret", async () => {
    const header = base64url(JSON.stringify({ ...sound(hanako), alg: "HS256" }));
    const input = `${header}.${base64url(content)}`;
    const secret = hanako.key.publicKey.export({ type: "spki", format: "pem" });
    expect(
      await outcome(Buffer.from(`${input}.${createHmac("sha256", secret).update(input).digest("base64url")}`)),
    ).toBe("algorithm-unsupported");
  });

  it.each<[string, string, string]>([
    ["a name twice", "file-ambiguous", `{"alg":"none","alg":"RS256"}`],
    ["a name twice, once escaped", "file-ambiguous", `{"\\u0061lg":"none","alg":"RS256"}`],
    ["a name twice further in", "file-ambiguous", `{"alg":"RS256","x":[{"a":"\\\\","a":1}]}`],
    ["the same name in two places", "algorithm-unsupported", `{"a":{"a":"a,{"},"b":["a","a"],"c":{"a":1}}`],
    ["a name that objects have", "algorithm-unsupported", `{"__proto__":{"alg":"RS256"}}`],
    ["no object", "file-broken", `["RS256"]`],
    ["nothing", "file-broken", "null"],
    ["no JSON", "file-broken", `{alg:"RS256"}`],
    ["a mark before it", "file-broken", `\uFEFF{"alg":"RS256"}`],
  ])("a header with %s", async (_name, expected, text) => expect(await outcome(compact({ text }))).toBe(expected));

  const whole = compact().toString();
  const [head = "", body = "", value = ""] = whole.split(".");
  it.each<[string, string, string]>([
    ["two parts", "file: file-broken", `${head}.${body}`],
    ["four parts", "file: file-broken", `${whole}.`],
    ["no header", "file-broken", `{"payload":"","protected":"","signature":""}`],
    ["padding", "file: file-broken", `${head}.${body}=.${value}`],
    ["a line end", "file-broken", `${whole}\n`],
    ["the other alphabet", "file-broken", `${head}.${body}.${value.slice(1)}+`],
    ["bits left over", "file: file-broken", `${head}.YR.${value}`],
    ["another payload", "wrong", `${head}.${base64url("other")}.${value}`],
    ["another value", "wrong", `${head}.${body}.${"A".repeat(342)}`],
    ["no value", "wrong", `${head}.${body}.`],
    [
      "both forms",
      "file: file-ambiguous",
      `{"payload":"${body}","protected":"${head}","signature":"${value}","signatures":[]}`,
    ],
    [
      "payload twice",
      "file: file-ambiguous",
      `{"payload":"YQ","payload":"${body}","protected":"${head}","signature":"${value}"}`,
    ],
    ["no signature", "file: no-signature", `{"payload":"${body}"}`],
    ["no signature in the list", "file: no-signature", `{"payload":"${body}","signatures":[]}`],
    ["a list that is none", "file: file-broken", `{"payload":"${body}","signatures":{}}`],
    ["a signature that is none", "file: file-broken", `{"payload":"${body}","signatures":[1]}`],
    [
      "too many signatures",
      "file: too-large",
      `{"payload":"${body}","signatures":[${Array<string>(17).fill(`{"protected":"","signature":""}`).join(",")}]}`,
    ],
    ["a payload that is no text", "file: file-broken", `{"payload":1,"protected":"${head}","signature":"${value}"}`],
    [
      "an algorithm that nobody signed",
      "file-ambiguous",
      `{"payload":"${body}","protected":"${head}","header":{"alg":"RS256"},"signature":"${value}"}`,
    ],
    [
      "a name in both headers",
      "file-ambiguous",
      `{"payload":"${body}","protected":"${head}","header":{"typ":"JOSE"},"signature":"${value}"}`,
    ],
    ["no signed header", "file: file-broken", `{"payload":"${body}","header":{"alg":"RS256"},"signature":"${value}"}`],
  ])("a JWS with %s", async (_name, expected, text) => expect(await outcome(Buffer.from(text))).toBe(expected));

  it("cut off anywhere", async () => {
    const outcomes = new Set<string>();
    const file = compact({ payload: Uint8Array.of(1) });
    for (let end = 0; end < file.length; end += 7) outcomes.add(await outcome(file.subarray(0, end)));
    expect([...outcomes].filter((found) => !/^(file: )?file-broken$|^wrong$/.test(found))).toEqual([]);
  });

  it("50 MB of garbage", async () => {
    expect(await outcome(Buffer.alloc(50_000_000, "ey"))).toBe("file: file-broken");
    expect(await outcome(Buffer.alloc(50_000_000, "{["))).toBe("file: too-large");
    expect(await outcome(Buffer.from(`{"a":[${"{},".repeat(1_000_000)}1]}`))).toBe("file: too-large");
    expect(await outcome(Buffer.from(`{"a":"${"\\\\".repeat(1_000_000)}"}`))).toBe("file: no-signature");
    expect(await outcome(Buffer.from('{"' + '"'.repeat(3_000_000)))).toBe("file: too-large");
    expect(await outcome(Buffer.alloc(95_000_000))).toBe("file: too-large");
    expect(await outcome(Buffer.from(`${"A".repeat(100_000)}.${body}.${value}`))).toBe("too-large");
  });
});
