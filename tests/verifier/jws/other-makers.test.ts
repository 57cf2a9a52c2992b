import { CompactSign, FlattenedSign, GeneralSign } from "jose";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../../verifier/verdict/failure.ts";
import { readJws } from "../../../verifier/signature/jws/jws-reader.ts";
import type { IssuedCertificate } from "../../support/pki/certificate-maker.ts";
import { playResident } from "../../support/pki/played-authorities.ts";
import { authority, hanako, taro, verdictOf } from "../cms/cms-outcome.ts";

const document = new TextEncoder().encode("子育て応援給付金 申請書. a.b.c");
const hanae = playResident("signing", { issuer: authority, person: "hanae", keyType: "P-256" });
const goro = playResident("signing", { issuer: authority, person: "goro", keyType: "P-521" });
const header = (alg: string, { certificate }: IssuedCertificate) => ({
  alg,
  x5c: [Buffer.from(certificate).toString("base64")],
});

async function outcome(file: string, content?: Uint8Array): Promise<string> {
  try {
    return (await readJws(Buffer.from(file), { content, parts: undefined })).map(verdictOf).join(", ");
  } catch (thrown) {
    return thrown instanceof Refusal ? `file: ${thrown.code}` : String(thrown);
  }
}

describe("JWS that jose makes", () => {
  it.each<[string, IssuedCertificate]>([
    ["RS256", hanako],
    ["RS384", hanako],
    ["RS512", hanako],
    ["PS256", hanako],
    ["PS384", hanako],
    ["PS512", hanako],
    ["ES256", hanae],
    ["ES384", taro],
    ["ES512", goro],
  ])("compact, with %s", async (alg, by) => {
    const file = await new CompactSign(document).setProtectedHeader(header(alg, by)).sign(by.key.privateKey);
    expect(await outcome(file)).toBe("valid");
    expect(await outcome(file, document)).toBe("valid");
    expect(await outcome(file.replace(/\.[^.]*\./, ".."), document)).toBe("valid");
    expect(await outcome(file.replace(/\.[^.]*\./, ".YQ."))).toBe("wrong");
  });

  it("flattened, with the content outside as it is", async () => {
    const { payload, ...file } = await new FlattenedSign(document)
      .setProtectedHeader({ ...header("RS256", hanako), b64: false, crit: ["b64"] })
      .setUnprotectedHeader({ kid: "1" })
      .sign(hanako.key.privateKey);
    expect(payload).toBe("");
    expect(await outcome(JSON.stringify(file), document)).toBe("valid");
    expect(await outcome(JSON.stringify({ payload, ...file }), document)).toBe("valid");
    expect(await outcome(JSON.stringify(file))).toBe("file: content-missing");
    expect(await outcome(JSON.stringify({ payload, ...file }))).toBe("content-missing");
  });

  it("general, by two", async () => {
    const signing = new GeneralSign(document);
    signing.addSignature(hanako.key.privateKey).setProtectedHeader(header("PS256", hanako));
    signing.addSignature(taro.key.privateKey).setProtectedHeader(header("ES384", taro));
    expect(await outcome(JSON.stringify(await signing.sign()))).toBe("valid, valid");
  });

  it("with HMAC", async () => {
    const secret = hanako.key.publicKey.export({ type: "spki", format: "der" });
    const file = await new CompactSign(document).setProtectedHeader(header("HS256", hanako)).sign(secret);
    expect(await outcome(file)).toBe("algorithm-unsupported");
  });
});
