import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openJwsSignature } from "../../extension/signature/jws/jws-signature.ts";
import { verifyCompact, verifyDetached } from "./jws-verifiers.ts";
import { DOCUMENTS, openSigningParty, signDocument, spoilt, type SigningParty } from "./signing-party.ts";

let party: SigningParty;
beforeAll(async () => {
  party = await openSigningParty();
});
afterAll(() => party.close());

describe.each(Object.entries(DOCUMENTS))("JWS over %s", (_, bytes) => {
  it("compact: jose and openssl accept it, and give the document back", async () => {
    const { file } = await signDocument(party, {
      open: openJwsSignature,
      format: "jws",
      packaging: "enveloping",
      bytes,
    });
    const judged = await verifyCompact(party, file);
    expect(judged).toMatchObject({ jose: true, openssl: true });
    expect(Buffer.compare(judged.payload ?? new Uint8Array(1), bytes)).toBe(0);
    expect(await verifyCompact(party, spoilt(file, file.length - 400))).toMatchObject({ jose: false, openssl: false });
  });

  it("detached: jose and openssl accept it for this document only", async () => {
    const { file } = await signDocument(party, { open: openJwsSignature, format: "jws", packaging: "detached", bytes });
    expect(await verifyDetached(party, file, bytes)).toEqual({ jose: true, openssl: true });
    expect(await verifyDetached(party, file, spoilt(bytes))).toEqual({ jose: false, openssl: false });
  });
});
