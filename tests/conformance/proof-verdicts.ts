import { jwtVerify } from "jose";
import {
  ATTRIBUTES_PROOF_TYPE,
  prepareAttributesProof,
} from "../../extension/signature/attributes/attributes-proof.ts";
import { readCertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import { PERSON_IDS } from "../../native-host/virtual-card/people.ts";
import { keyOf } from "./jws-verifiers.ts";
import { openSigningParty } from "./signing-party.ts";
import type { VerdictTable } from "./verdict-table.ts";

/** The proof of `readAttributes()` for every person of the virtual card, by jose: as it is, and with another purpose. */
export async function proofVerdicts(): Promise<VerdictTable> {
  const options = { algorithms: ["RS256"], typ: ATTRIBUTES_PROOF_TYPE };
  const accepts = (proof: string, key = keyOf(proof)): Promise<boolean> =>
    jwtVerify(proof, key, options).then(
      () => true,
      () => false,
    );
  const count = { inputs: 0, accepted: 0, altered: 0, rejected: 0 };
  // a child's card has no certificate for signing
  for (const person of PERSON_IDS.filter((id) => id !== "child")) {
    const party = await openSigningParty(person);
    try {
      const asked = { origin: "https://www.city.example.lg.jp", challenge: "c".repeat(44), purpose: "申請" };
      const attributes = readCertificateAttributes(party.signer.certificate);
      const { toBeSigned, finish } = await prepareAttributesProof({ ...asked, attributes, signer: party.signer });
      const proof = finish(party.sign(toBeSigned));
      const [header = "", payload = "", signature = ""] = proof.split(".");
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
      const other = Buffer.from(JSON.stringify({ ...claims, purpose: "別の申請" })).toString("base64url");
      count.inputs++;
      count.altered++;
      if (await accepts(proof)) count.accepted++;
      if (!(await accepts([header, other, signature].join("."), keyOf(proof)))) count.rejected++;
    } finally {
      party.close();
    }
  }
  return { rows: [{ format: "readAttributes proof", verifier: "jose", ...count }], skips: [] };
}
