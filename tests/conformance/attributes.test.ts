import { join } from "node:path";
import { jwtVerify } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import {
  ATTRIBUTES_PROOF_TYPE,
  prepareAttributesProof,
} from "../../extension/signature/attributes/attributes-proof.ts";
import { readCertificateAttributes, type CertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import { openJwsSignature } from "../../extension/signature/jws/jws-signature.ts";
import { PEOPLE, PERSON_IDS, type PersonId } from "../../native-host/virtual-card/people.ts";
import { openTestAuthority } from "../../native-host/virtual-card/test-authority.ts";
import { temporaryFolder } from "../support/virtual-card.ts";
import { keyOf } from "./jws-verifiers.ts";
import { openSigningParty, signDocument } from "./signing-party.ts";

const { folder, remove } = temporaryFolder();
afterAll(remove);
const authority = openTestAuthority(join(folder, "authority"));

const EXPECTED: Readonly<
  Record<
    Exclude<PersonId, "child">,
    Pick<CertificateAttributes, "birthDate" | "sex" | "nameSubstitutes" | "addressSubstitutes">
  >
> = {
  ordinary: { birthDate: "1990-04-03", sex: "female", nameSubstitutes: [], addressSubstitutes: [] },
  substituted: { birthDate: "1975-11-20", sex: "male", nameSubstitutes: [0, 1], addressSubstitutes: [6, 7] },
  "latin-script": { birthDate: "1996-02-29", sex: "unknown", nameSubstitutes: [], addressSubstitutes: [] },
  "birth-unknown": { birthDate: "1950", sex: "male", nameSubstitutes: [], addressSubstitutes: [] },
  "long-address": { birthDate: "2000-12-31", sex: "female", nameSubstitutes: [], addressSubstitutes: [] },
};

describe("the virtual card's certificates", () => {
  it.each(PERSON_IDS.filter((id) => id !== "child"))("%s", async (id) => {
    const wanted = { certificateValidity: "current", octets: 2_000 } as const;
    const { certificate } = await authority.credential("signing", id, wanted);
    const { name, address } = PEOPLE[id];
    expect(readCertificateAttributes(Uint8Array.from(certificate))).toEqual({ name, address, ...EXPECTED[id] });
  });

  it("the one for authentication says nothing of its holder", async () => {
    const wanted = { certificateValidity: "current", octets: 0 } as const;
    const { certificate } = await authority.credential("authentication", "ordinary", wanted);
    expect(readCertificateAttributes(Uint8Array.from(certificate))).toEqual({});
  });
});

describe("the proof", () => {
  it("is verified by jose with its type, and no document's signature passes for it", async () => {
    const party = await openSigningParty();
    try {
      const asked = { origin: "https://www.city.example.lg.jp", challenge: "c".repeat(44), purpose: "給付金の申請" };
      const { certificate } = party.signer;
      const attributes = readCertificateAttributes(certificate);
      const { toBeSigned, finish } = await prepareAttributesProof({ ...asked, attributes, signer: party.signer });
      const proof = finish(party.sign(toBeSigned));
      const options = { algorithms: ["RS256"], typ: ATTRIBUTES_PROOF_TYPE };
      const { payload } = await jwtVerify(proof, keyOf(proof), options);
      expect(payload).toMatchObject({ ...asked, attributes });

      const bytes = new TextEncoder().encode(JSON.stringify(payload));
      const { file } = await signDocument(party, {
        open: openJwsSignature,
        format: "jws",
        packaging: "enveloping",
        bytes,
      });
      const forged = new TextDecoder().decode(file);
      await expect(jwtVerify(forged, keyOf(forged), options)).rejects.toThrow(/typ/);
      const [header = "", , signature = ""] = proof.split(".");
      const other = Buffer.from(JSON.stringify({ ...payload, purpose: "" })).toString("base64url");
      await expect(jwtVerify([header, other, signature].join("."), keyOf(proof), options)).rejects.toThrow(/signature/);
    } finally {
      party.close();
    }
  });
});
