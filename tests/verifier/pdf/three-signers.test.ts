import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { PDF } from "@libpdf/core";
import { afterAll, describe, expect, it } from "vitest";
import type { FoundSignature, RefusedSignature } from "../../../verifier/signature/found-signature.ts";
import { readPdf } from "../../../verifier/signature/pdf/pdf-reader.ts";
import { Authority } from "../../conformance/pdf/authority.ts";
import { fixture, fixtureNames, signPdf, type Wish } from "../../conformance/pdf/signing.ts";
import { ENDINGS, IN_TURN, ORDERS } from "../../conformance/pdf/three-signers.ts";
import { byteRangeOf, type Bytes } from "./signed-pdf.ts";

const authority = new Authority();
afterAll(() => authority.remove());

/** Closed to a new signature: `tests/conformance/pdf/refusals.test.ts` says each one's reason. */
const CLOSED = ["pikepdf-xfa", "pyhanko-certified-p1", "pyhanko-fieldmdp-all", "qpdf-encrypted"];
const OPEN = fixtureNames().filter((name) => !CLOSED.includes(name));

const read = (file: Bytes): Promise<readonly (FoundSignature | RefusedSignature)[]> =>
  readPdf(file, { content: undefined, parts: undefined });

async function inTurn(file: Bytes, wishes: readonly Wish[]): Promise<Bytes> {
  let signed = file;
  for (const wish of wishes) signed = await signPdf(authority, signed, wish);
  return signed;
}

/** Everything that is wrong with the last `count` signatures, and with all others; by the mathematics of node:crypto. */
function faults(found: readonly (FoundSignature | RefusedSignature)[], least: number): readonly string[] {
  const wrong = found.map((one) => {
    if ("refusal" in one) return `${one.label}: ${one.refusal.message}`;
    if (one.coverage.kind !== "revision" || !one.coverage.whole) return `${one.label} is not whole`;
    const key = createPublicKey(new X509Certificate(one.certificate).publicKey.export({ type: "spki", format: "pem" }));
    return verify("sha256", one.signed, key, one.value) ? undefined : `${one.label}: the value is wrong`;
  });
  if (found.length < least) wrong.push(`${found.length} signatures`);
  return wrong.filter((one) => one !== undefined);
}

describe("three signers in turn", () => {
  it.each(OPEN)("%s: every signature holds, whoever came after", async (name) => {
    const found = await read(await inTurn(fixture(name), IN_TURN));
    expect(faults(found, IN_TURN.length)).toEqual([]);
    const coverages = found.map((one) => ("coverage" in one ? one.coverage : undefined));
    const last = coverages.find((one) => one?.kind === "revision" && one.revision === one.revisions);
    expect(last).toMatchObject({ laterChanges: [] });
    expect(found.filter((one) => "timestamps" in one && one.timestamps.length > 0)).toHaveLength(1);
  });

  it.each(ORDERS.map((order) => [order.map(({ format }) => format).join(", "), order] as const))(
    "in another order: %s",
    async (_, order) => {
      for (const name of ["typst", "qpdf-linearized-objstm", "hand-hybrid", "mupdf"])
        expect(faults(await read(await inTurn(fixture(name), order)), order.length), name).toEqual([]);
    },
  );

  it.each(Object.entries(ENDINGS))("a file %s is signed as it was", async (_, ending) => {
    for (const name of ["fpdf2", "typst"])
      expect(faults(await read(await inTurn(ending(fixture(name)), IN_TURN)), IN_TURN.length), name).toEqual([]);
  });
});

describe("files that were signed elsewhere", () => {
  const signer = {
    certificate: authority.certificate,
    keyType: "RSA",
    signatureAlgorithm: "RSASSA-PKCS1-v1_5",
    sign: async (data: Uint8Array) =>
      authority.sign(new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(data)))),
  } as const;
  const theirs = async (file: Bytes): Promise<Bytes> =>
    Uint8Array.from((await (await PDF.load(file)).sign({ signer })).bytes);

  it.each([
    "pyhanko-certified-p1",
    "pyhanko-certified-p2",
    "pyhanko-certified-p3",
    "pyhanko-fieldmdp-all",
    "libpdf-signed",
  ])("%s", async (name) => expect(faults(await read(fixture(name)), 1)).toEqual([]));

  it.each(["typst", "reportlab", "hand-hybrid", "qpdf-linearized"])(
    "@libpdf/core over ours, and ours over it: %s",
    async (name) => {
      const both = await theirs(await inTurn(fixture(name), [{ format: "pades" }]));
      expect(faults(await read(await inTurn(both, [{ format: "pdf" }])), 3)).toEqual([]);
    },
  );

  it.each([
    ["RSA with SHA-256", []],
    ["without signed attributes", ["-noattr"]],
  ])("openssl cms: %s", async (_, more) => {
    const file = await inTurn(fixture("fpdf2"), [{ format: "pdf" }]);
    const [, before, behind, rest] = byteRangeOf(file).numbers;
    const { writeFileSync, readFileSync } = await import("node:fs");
    const covered = Buffer.concat([file.subarray(0, before), file.subarray(behind, behind + rest)]);
    writeFileSync(authority.at("covered"), covered);
    const words =
      "cms -sign -binary -in covered -signer signer.pem -inkey signer.key -md sha256 -outform DER -out made.p7s";
    authority.openssl(...words.split(" "), ...more);
    const digits = readFileSync(authority.at("made.p7s"))
      .toString("hex")
      .padEnd(behind - before - 2, "0");
    file.set(Buffer.from(digits, "latin1"), before + 1);
    const wrong = more.length > 0 ? ["Signature1: signed-attributes-missing: the format wants signed attributes"] : [];
    expect(faults(await read(file), 1)).toEqual(wrong);
  });
});
