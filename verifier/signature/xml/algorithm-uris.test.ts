import { describe, expect, it } from "vitest";
import { playAuthority, playResident } from "../../../tests/support/pki/played-authorities.ts";
import { found, SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import { fillTemplate, signatureTemplate, URIS, type Template } from "../../../tests/verifier/xml/xml-template.ts";

const { enveloped } = URIS;
const around = (signature: string): string => `<form xmlns="urn:f"><answers Id="a">yes</answers>${signature}</form>`;
const filled = (template: Template = {}, place = around): Uint8Array =>
  fillTemplate(place(signatureTemplate(template)), SIGNER);

describe("algorithms", () => {
  const more = "http://www.w3.org/2001/04/xmldsig-more#";
  const later = "http://www.w3.org/2007/05/xmldsig-more#";
  const authority = playAuthority("signing");
  it.each([
    [`${more}rsa-sha256`, "rsa-2048", "RS256"],
    [`${more}rsa-sha384`, "rsa-2048", "RS384"],
    [`${more}rsa-sha512`, "rsa-2048", "RS512"],
    [`${later}sha256-rsa-MGF1`, "rsa-2048", "PS256"],
    [`${later}sha384-rsa-MGF1`, "rsa-2048", "PS384"],
    [`${later}sha512-rsa-MGF1`, "rsa-2048", "PS512"],
    [`${more}ecdsa-sha256`, "P-256", "ES256"],
    [`${more}ecdsa-sha384`, "P-384", "ES384"],
    [`${more}ecdsa-sha512`, "P-521", "ES512"],
  ] as const)("%s", async (method, keyType, name) => {
    const signer = playResident("signing", { issuer: authority, keyType, person: keyType });
    const file = fillTemplate(around(signatureTemplate({ method })), signer);
    expect(await verdicts(file)).toEqual(["whole"]);
    expect(await found(file)).toMatchObject({ algorithm: name });
  });

  it.each([URIS.sha256, `${more}sha384`, "http://www.w3.org/2001/04/xmlenc#sha512"])(
    "digests by %s",
    async (digest) => {
      expect(await verdicts(filled({ references: [{ uri: "", transforms: [enveloped], digest }] }))).toEqual(["whole"]);
    },
  );

  it.each([
    ["http://www.w3.org/2000/09/xmldsig#rsa-sha1", "algorithm-weak"],
    ["http://www.w3.org/2000/09/xmldsig#dsa-sha1", "algorithm-weak"],
    [`${more}ecdsa-sha1`, "algorithm-weak"],
    [`${more}rsa-md5`, "algorithm-weak"],
    [`${later}sha1-rsa-MGF1`, "algorithm-weak"],
    ["http://www.w3.org/2000/09/xmldsig#hmac-sha1", "algorithm-unsupported"],
    [`${more}hmac-sha256`, "algorithm-unsupported"],
    [`${later}rsa-pss`, "algorithm-unsupported"],
    ["urn:none", "algorithm-unsupported"],
  ])("does not take %s", async (method, code) => {
    expect(await verdicts(filled({ method }))).toEqual([`form: ${code}`]);
  });

  it.each([
    ["http://www.w3.org/2000/09/xmldsig#sha1", "algorithm-weak"],
    ["http://www.w3.org/2001/04/xmldsig-more#md5", "algorithm-weak"],
    ["http://www.w3.org/2007/05/xmldsig-more#sha3-256", "algorithm-unsupported"],
  ])("does not take digests by %s", async (digest, code) => {
    expect(await verdicts(filled({ references: [{ uri: "", transforms: [enveloped], digest }] }))).toEqual([
      `form: ${code}`,
    ]);
  });

  it("takes no parameters: HMACOutputLength", async () => {
    const text = around(signatureTemplate()).replace(
      `<ds:SignatureMethod Algorithm="${URIS.rsaSha256}"/>`,
      `<ds:SignatureMethod Algorithm="${URIS.rsaSha256}"><ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>`,
    );
    expect(await verdicts(fillTemplate(text, SIGNER))).toEqual(["form: algorithm-unsupported"]);
  });
});
