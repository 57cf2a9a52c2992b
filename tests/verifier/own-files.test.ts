import { describe, expect, it } from "vitest";
import { createTrust } from "../../verifier/certificate/trust.ts";
import { verifySignature } from "../../verifier/signature/verify-signature.ts";
import { openCmsSignature } from "../../extension/signature/cms/cms-signature.ts";
import { openJwsSignature } from "../../extension/signature/jws/jws-signature.ts";
import { openPkcs1Signature } from "../../extension/signature/pkcs1/pkcs1-signature.ts";
import { DOCUMENTS, openSigningParty, signDocument, spoilt, type SigningTask } from "../conformance/signing-party.ts";
import { derOfPem } from "./openssl-folder.ts";
import { playTimestamper, playToken, playUpper } from "./timestamp/played-token.ts";

const party = await openSigningParty();
const { certificate } = party.signer;
const authority = derOfPem(party.read("ca.pem"));
const trust = createTrust({ certificates: [], testAuthorities: { signing: [authority] } });
party.close();

const ROWS: readonly [string, Omit<SigningTask, "bytes">][] = [
  ["cms", { open: openCmsSignature, format: "cms", packaging: "detached" }],
  ["cms", { open: openCmsSignature, format: "cms", packaging: "enveloping" }],
  ["cades", { open: openCmsSignature, format: "cades", packaging: "detached" }],
  ["cades", { open: openCmsSignature, format: "cades", packaging: "enveloping" }],
  ["jws", { open: openJwsSignature, format: "jws", packaging: "detached" }],
  ["jws", { open: openJwsSignature, format: "jws", packaging: "enveloping" }],
  ["pkcs1", { open: openPkcs1Signature, format: "pkcs1", packaging: "detached" }],
];

describe("what the extension signs, the verifier reads", () => {
  it.each(ROWS)("%s", async (format, task) => {
    for (const bytes of Object.values(DOCUMENTS)) {
      const { file } = await signDocument(party, { ...task, bytes });
      const verdict = async (given: Uint8Array, content: Uint8Array | undefined): Promise<string> => {
        const bare = format === "pkcs1" && ({ format, certificate } as const);
        const options = { trust, revocation: "accept-unknown", ...(content && { content }), ...bare } as const;
        const report = await verifySignature(given, options);
        expect(report.signatures.map((signature) => signature.format)).toEqual([format]);
        return report.failure?.code ?? report.verdict;
      };
      const beside = task.packaging === "detached" ? bytes : undefined;
      expect(await verdict(file, beside)).toBe("revocation-unchecked");
      if (beside) expect(await verdict(file, spoilt(bytes))).toMatch(/^(signature-wrong|content-differs)$/);
    }
  });

  it("cades with a timestamp, which then says when", async () => {
    const root = playUpper("root");
    const now = new Date().toISOString().slice(0, 19);
    const time = `${now.replaceAll(/[-T:]/g, "")}Z`;
    const stamp = (imprint: Uint8Array) => {
      const token = playToken(playTimestamper(root), new Uint8Array(), { imprint, time });
      return Promise.resolve(token);
    };
    const bytes = new TextEncoder().encode("申請書");
    const task = { open: openCmsSignature, format: "cades", packaging: "enveloping", bytes } as const;
    const { file } = await signDocument(party, task, stamp);
    const trusting = (timestampAuthorities: Uint8Array[]) =>
      createTrust({ certificates: [], testAuthorities: { signing: [authority] }, timestampAuthorities });
    const options = { revocation: "accept-unknown", timestamps: "required" } as const;
    const report = await verifySignature(file, { trust: trusting([root.certificate]), ...options });
    expect(report.signatures).toMatchObject([
      { verdict: "accepted-unchecked", judgedBy: "timestamp", judgedAt: new Date(`${now}Z`) },
    ]);
    const untrusted = await verifySignature(file, { trust: trusting([]), ...options });
    expect(untrusted.failure?.code).toBe("timestamp-authority-unknown");
  });
});
