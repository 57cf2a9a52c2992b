import { sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { prepareAttributesProof } from "../../../extension/signature/attributes/attributes-proof.ts";
import { chooseAttributes, readCertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";
import { playAuthority, playResident } from "../../../tests/support/pki/played-authorities.ts";
import { verdictOf } from "../../../tests/verifier/cms/cms-outcome.ts";
import { Refusal } from "../../verdict/failure.ts";
import { checkProvenAttributes, readAttributesProof, type ExpectedProof } from "./attributes-proof.ts";

const hanako = playResident("signing", { issuer: playAuthority("signing") });
const holder = readCertificateAttributes(hanako.certificate);
const expected = { origin: "https://www.city.example.lg.jp", challenge: "c".repeat(44), purpose: "給付金の申請" };
const signingTime = new Date("2026-11-24T01:02:03Z");

async function prove(wanted: readonly string[] = ["name", "birthDate"]): Promise<string> {
  const { certificate } = hanako;
  const attributes = chooseAttributes(holder, wanted);
  const prepared = await prepareAttributesProof({ ...expected, attributes, signer: { certificate, signingTime } });
  const [header = "", payload = ""] = prepared.finish(new Uint8Array()).split(".");
  return `${header}.${payload}.${sign("sha256", Buffer.from(`${header}.${payload}`), hanako.key.privateKey).toString("base64url")}`;
}

function outcome(proof: string, wanted: ExpectedProof = expected): string {
  try {
    const { found, claims } = readAttributesProof(proof, wanted);
    checkProvenAttributes(claims, holder);
    return verdictOf(found);
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.code : String(thrown);
  }
}

const encoded = (value: string): string => Buffer.from(value).toString("base64url");
const sound = await prove();
const [header = "", payload = "", value = ""] = sound.split(".");
const headerText = Buffer.from(header, "base64url").toString();
const payloadText = Buffer.from(payload, "base64url").toString();
const withHeader = (text: string): string => `${encoded(text)}.${payload}.${value}`;
const withPayload = (text: string): string => `${header}.${encoded(text)}.${value}`;

describe("a proof of attributes", () => {
  it("as the extension makes it", async () => {
    expect(outcome(sound)).toBe("valid");
    expect(outcome(await prove(["address", "sex"]))).toBe("valid");
    expect(outcome(await prove([]))).toBe("valid");
    const { origin, challenge } = expected;
    expect(outcome(sound, { origin, challenge })).toBe("valid");
    const { found, claims } = readAttributesProof(sound, expected);
    expect(found).toMatchObject({ format: "jws", claimedTime: signingTime });
    expect(claims).toEqual({ ...expected, attributes: chooseAttributes(holder, ["name", "birthDate"]) });
  });

  it.each<[string, string, Partial<ExpectedProof>]>([
    ["site", "proof-for-another-site", { origin: "https://www.city.example.lg.jp:8443" }],
    ["site that begins with it", "proof-for-another-site", { origin: "https://www.city.example.lg.jp.example.com" }],
    ["challenge", "proof-for-another-challenge", { challenge: "d".repeat(44) }],
    ["purpose", "proof-for-another-purpose", { purpose: "給付金の申請 " }],
  ])("for another %s", (_name, code, other) => expect(outcome(sound, { ...expected, ...other })).toBe(code));

  it.each<[string, string, string]>([
    ["no JWS", "not-a-proof", "proof"],
    ["nothing", "not-a-proof", ""],
    ["too long", "not-a-proof", "a".repeat(200_000)],
    ["a document", "not-a-proof", withHeader(headerText.replace("jpki-attributes+jwt", "JOSE"))],
    ["a token of another kind", "not-a-proof", withHeader(headerText.replace("jpki-attributes+jwt", "jwt"))],
    ["without a type", "not-a-proof", withHeader(headerText.replace('"typ":"jpki-attributes+jwt",', ""))],
    ["a header that is none", "not-a-proof", `${header.slice(1)}.${payload}.${value}`],
    ["an algorithm that is none", "algorithm-unsupported", withHeader(headerText.replace("RS256", "none"))],
    ["unencoded", "not-a-proof", withHeader(headerText.replace("{", '{"b64":false,"crit":["b64"],'))],
    ["a claim twice", "file-ambiguous", withPayload(payloadText.replace("{", `{"origin":"https://example.com",`))],
    ["a claim more", "not-a-proof", withPayload(payloadText.replace("{", `{"more":1,`))],
    ["a claim less", "not-a-proof", withPayload(payloadText.replace(/,"iat":\d+/, ""))],
    ["an attribute that is none", "not-a-proof", withPayload(payloadText.replace('"name"', '"nickname"'))],
    ["a time that is none", "not-a-proof", withPayload(payloadText.replace(/"iat":\d+/, '"iat":1e300'))],
    ["claims that are no object", "not-a-proof", withPayload("[]")],
    ["another name", "proof-attributes-differ", withPayload(payloadText.replace("花子", "太郎"))],
    [
      "a substitute left out",
      "proof-attributes-differ",
      withPayload(payloadText.replace(/,"nameSubstitutes":\[\]/, "")),
    ],
    ["another birth date", "proof-attributes-differ", withPayload(payloadText.replace("1989-01-08", "1989-01-09"))],
    [
      "an attribute that the certificate doesn't have",
      "proof-attributes-differ",
      withPayload(payloadText.replace('"name":', '"sex":"male","name":')),
    ],
    ["a time that was not signed", "wrong", withPayload(payloadText.replace(/"iat":\d+/, '"iat":1'))],
    ["another value", "wrong", `${header}.${payload}.${"A".repeat(342)}`],
  ])("%s", (_name, code, proof) => {
    expect(proof).not.toBe(sound);
    expect(outcome(proof)).toBe(code);
  });

  it("no text at all", () => expect(outcome(JSON.parse("null") as string)).toBe("not-a-proof"));
});
