import { X509Certificate } from "node:crypto";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { ATTRIBUTES_PROOF_TYPE } from "../../extension/signature/attributes/attributes-proof.ts";
import { PEOPLE } from "../../native-host/virtual-card/people.ts";
import { enterPin } from "./document-journey.ts";
import { click, outcome, SITE, someChallenge, useRoad } from "./road-fixture.ts";

const road = useRoad();
const { name, address } = PEOPLE.ordinary;

async function read(options: string): Promise<Record<string, unknown>> {
  const page = await road().page();
  await click(page, `navigator.jpki.readAttributes({ purpose: "給付金の申請", ${options} })`);
  const ceremony = await road().ceremony();
  await ceremony.screen("review");
  expect(await ceremony.text()).toContain("給付金の申請");
  await enterPin(road(), ceremony);
  const ended = await outcome(page);
  if (!ended.ok) throw new Error(`${ended.name}: ${ended.message}`);
  await ceremony.screen("done");
  await ceremony.press("close");
  await ceremony.closed();
  return ended.value as Record<string, unknown>;
}

describe("attributes of the certificate", () => {
  it.each([
    ["name", { name, nameSubstitutes: [] }],
    ["address", { address, addressSubstitutes: [] }],
  ])("exactly what was asked for: %s", async (asked, expected) => {
    expect(await read(`attributes: ["${asked}"]`)).toEqual(expected);
  });

  it("with a challenge, a proof that jose verifies with the key of the certificate in it", async () => {
    const challenge = someChallenge();
    const result = await read(`attributes: ["birthDate", "sex"], challenge: "${challenge}"`);
    const { proof, ...attributes } = result as { proof: string };
    expect(attributes).toEqual({ birthDate: "1990-04-03", sex: "female" });
    const header = JSON.parse(Buffer.from(proof.split(".")[0] ?? "", "base64url").toString()) as { x5c: string[] };
    const certificate = new X509Certificate(Buffer.from(header.x5c[0] ?? "", "base64"));
    const options = { algorithms: ["RS256"], typ: ATTRIBUTES_PROOF_TYPE };
    const { payload } = await jwtVerify(proof, certificate.publicKey, options);
    expect(payload).toMatchObject({ origin: `https://${SITE}`, challenge, purpose: "給付金の申請", attributes });
    // nothing that was not asked for is in what was handed over, the certificate's own words aside
    expect(JSON.stringify(payload)).not.toContain(name);
  });

  it("the challenge may be a function, which is asked once the PIN was typed", async () => {
    const challenge = someChallenge();
    const result = await read(`attributes: ["name"], challenge: async () => "${challenge}"`);
    const [, payload = ""] = String(result["proof"]).split(".");
    expect(JSON.parse(Buffer.from(payload, "base64url").toString())).toMatchObject({ challenge, attributes: { name } });
  });
});
