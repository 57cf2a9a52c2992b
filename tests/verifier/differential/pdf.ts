import { PDF } from "@libpdf/core";
import { fixture, fixtureNames } from "../../conformance/pdf/signing.ts";
import { hasProgram } from "../../conformance/xml/verifiers.ts";
import { cardSignature, signFile } from "../../fuzz/verifier/fuzz-people.ts";
import { BYTE_RANGE_ATTACKS, SEVERAL_SIGNATURES, UPDATE_ATTACKS } from "../pdf/attacks.ts";
import { ALLOWED_CHANGES, FORM_ATTACKS } from "../pdf/form-attacks.ts";
import { SHADOW_ATTACKS } from "../pdf/shadow-attacks.ts";
import { plan, type Bytes } from "../pdf/signed-pdf.ts";
import type { Case, Family, Skip } from "./case.ts";
import { writeSigningAuthorities } from "./cms-peers.ts";
import { byCutSignatures, byPdfsig } from "./pdf-peers.ts";
import { pdfVariants } from "./pdf-variants.ts";
import { DUBIOUS, HANAKO, judgeFile } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

/** Closed to a new signature: tests/conformance/pdf/refusals.test.ts says each one's reason. */
const CLOSED = ["pikepdf-xfa", "pyhanko-certified-p1", "pyhanko-fieldmdp-all", "qpdf-encrypted", "libpdf-signed"];
const ATTACKS = {
  "byte ranges": BYTE_RANGE_ATTACKS,
  "later revisions": UPDATE_ATTACKS,
  "several signatures": SEVERAL_SIGNATURES,
  "shadow attacks": SHADOW_ATTACKS,
  "forms and annotations": FORM_ATTACKS,
  "changes that are allowed": ALLOWED_CHANGES,
} as const;

/** PDF signatures over every fixture, and every attack that the tests know, by pdfsig and by `openssl cms` on what is cut out. */
export async function pdf(): Promise<Family> {
  const workshop = openWorkshop();
  writeSigningAuthorities(workshop);
  const hasPdfsig = hasProgram("pdfsig", "-v");
  const cases: Case[] = [];
  const add = (group: string, name: string, file: Bytes): void => {
    cases.push({
      group,
      name,
      ours: () => judgeFile(file),
      peers: {
        ...(hasPdfsig && { "pdfsig -nocert": () => byPdfsig(workshop, file) }),
        "openssl cms, cut out": () => byCutSignatures(workshop, file),
      },
    });
  };
  const addAll = (group: string, name: string, file: Bytes, isShort = false): void => {
    add(group, name, file);
    if (!isShort) for (const [change, changed] of pdfVariants(file)) add(group, `${name}, ${change}`, changed);
  };
  for (const [at, name] of fixtureNames()
    .filter((one) => !CLOSED.includes(one))
    .entries()) {
    const format = at % 2 === 0 ? "pades" : "pdf";
    const once = await signFile(HANAKO, format, fixture(name));
    add("our signer", `${name}, ${format}`, once);
    if (at % 4 === 0)
      addAll("our signer", `${name}, twice`, await signFile(HANAKO, "pades", once, { timestamped: true }));
  }
  addAll("our signer", "a small file", await signFile(HANAKO, "pades", plan()));
  addAll("libpdf", "a small file", await signByLibpdf(plan()));
  addAll("libpdf", "pdfbox", await signByLibpdf(fixture("pdfbox")));
  addAll("libpdf", "signed by our signer before", await signByLibpdf(await signFile(HANAKO, "pades", plan())));
  for (const [group, attacks] of Object.entries(ATTACKS))
    for (const { name, make } of attacks) add(group, name, await make());
  for (const [name, by] of Object.entries(DUBIOUS))
    if (by.key.privateKey.asymmetricKeyDetails?.modulusLength === 2048)
      add("signers", name, await signFile(by, "pades", plan()));
  const skips: Skip[] = hasPdfsig
    ? []
    : [{ what: "PDF by pdfsig", reason: "it is not on this machine", count: cases.length }];
  return { cases, skips, close: workshop.remove };
}

/** One more signature by @libpdf/core, which pads as the card does. */
async function signByLibpdf(file: Uint8Array): Promise<Bytes> {
  const document = await PDF.load(file);
  const { bytes } = await document.sign({
    signer: {
      certificate: HANAKO.certificate,
      certificateChain: [],
      keyType: "RSA",
      signatureAlgorithm: "RSASSA-PKCS1-v1_5",
      sign: async (data: Uint8Array) =>
        cardSignature(HANAKO, new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(data)))),
    },
    signingTime: new Date("2026-11-24T03:00:00Z"),
  });
  return Uint8Array.from(bytes);
}
