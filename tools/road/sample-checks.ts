import { X509Certificate } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readSample, type SAMPLE_DOCUMENTS, type SampleId } from "../../examples/municipality/samples.ts";
import { MUNICIPALITY_ORIGIN } from "./municipality-journey.ts";
import { verifyCms, verifyPkcs1 } from "./verify/cms.ts";
import { verifyJws, verifyProof } from "./verify/jws.ts";
import { TRUST, verifyOwn, verifyOwnProof } from "./verify/own.ts";
import { verifyPdf } from "./verify/pdf.ts";
import { verifyCmsTimestamp, verifyXmlTimestamp } from "./verify/timestamp.ts";
import type { Verdict } from "./verify/verdict.ts";
import { verifyKousei, verifyXml } from "./verify/xml.ts";

/** The page's names for the samples' documents. */
const DOCUMENTS = {
  "道路占用の届出.txt": "notice.txt",
  "補助金交付申請書.json": "form.json",
  "利用申請.xml": "application.xml",
  "kousei.xml": "kousei.xml",
  "届出書_01.xml": "form.xml",
  "建築計画.pdf": "plan.pdf",
  "案内図.png": "map.png",
  "気温.dat": "temperatures.dat",
} as const satisfies Readonly<Record<string, keyof typeof SAMPLE_DOCUMENTS>>;
type DocumentName = keyof typeof DOCUMENTS;

/** The page's name for the certificate of who signed, DER. */
const CERTIFICATE = "署名者の証明書.cer";

type Kind =
  | "cades"
  | "cades-timestamp"
  | "cms"
  | "pkcs1"
  | "jws"
  | "xml"
  | "xml-timestamp"
  | "pdf"
  | "pades"
  | "kousei"
  | "proof";

/** One file that a sample makes. */
interface Made {
  readonly format: string;
  readonly kind: Kind;
  readonly file: string;
  /** What it signs, where that is not inside, or must be compared. */
  readonly document?: string;
  readonly enveloping?: boolean;
  /** XML: the document is not inside. */
  readonly detached?: boolean;
  /** Another file that it covers. */
  readonly reference?: string;
}

const made = (format: string, kind: Kind, document: DocumentName, ending: string): Made => ({
  format,
  kind,
  document,
  file: ending.startsWith(".signed") ? document.replace(/\.\w+$/, ending) : document + ending,
});

const TEXT = "道路占用の届出.txt";
const FORM = "補助金交付申請書.json";
const XML = "利用申請.xml";
const PDF = "建築計画.pdf";

/** What every sample makes, in the order of its documents. */
const MADE: Readonly<Record<SampleId, readonly Made[]>> = {
  cades: [made("CAdES-B detached", "cades", TEXT, ".p7s")],
  "cms-enveloping": [{ ...made("CMS enveloping", "cms", TEXT, ".p7s"), enveloping: true }],
  pkcs1: [made("PKCS #1", "pkcs1", TEXT, ".sig")],
  jws: [made("JWS compact", "jws", FORM, ".jws")],
  "jws-detached": [made("JWS detached, b64 false", "jws", FORM, ".jws")],
  xmldsig: [made("XMLDSig enveloped", "xml", XML, ".signed.xml")],
  xades: [made("XAdES-T enveloped", "xml-timestamp", XML, ".signed.xml")],
  "xades-detached": [{ ...made("XAdES-B detached", "xml", XML, ".signed.xml"), detached: true }],
  "egov-kousei": [
    { ...made("egov-kousei, 1 form", "kousei", "kousei.xml", ".signed.xml"), reference: "届出書_01.xml" },
  ],
  pades: [made("PAdES-T with stamp", "pades", PDF, ".signed.pdf")],
  "moj-pdf": [made("moj-pdf", "pdf", PDF, ".signed.pdf")],
  image: [made("CAdES-B over a picture", "cades", "案内図.png", ".p7s")],
  several: [
    made("1 CAdES-T", "cades-timestamp", TEXT, ".p7s"),
    made("2 CAdES-T", "cades-timestamp", FORM, ".p7s"),
    made("3 CAdES-T", "cades-timestamp", "案内図.png", ".p7s"),
    made("4 PKCS #1", "pkcs1", TEXT, ".sig"),
    made("5 CMS detached", "cms", TEXT, ".p7s"),
    made("6 JWS compact", "jws", FORM, ".jws"),
    made("7 XMLDSig enveloped", "xml", XML, ".signed.xml"),
    made("8 XAdES-T enveloping", "xml-timestamp", XML, ".signed.xml"),
    made("9 PAdES-T", "pades", PDF, ".signed.pdf"),
    made("10 moj-pdf", "pdf", PDF, ".signed.pdf"),
  ].map((one, index) => ({ ...one, file: `${index + 1}_${one.file}` })),
  "unknown-type": [made("CAdES-B, unknown type", "cades", "気温.dat", ".p7s")],
  digest: [made("CAdES-B of a digest", "cades", TEXT, ".p7s")],
  attributes: [{ format: "proof of attributes (JWS)", kind: "proof", file: "属性の証明.jws" }],
};

/** What the verifiers say of one file. */
export interface CheckedFile {
  readonly sample: SampleId;
  readonly format: string;
  readonly file: string;
  readonly verdicts: readonly Verdict[];
}

/**
 * Leaves beside the samples' folders what verifiers must trust: the authority that certified the signer, once more in a folder for our own, and the
 * timestamping authority.
 */
export function keepAuthorities(folder: string, authorities: string, timestampCertificate: string): void {
  writeFileSync(join(folder, "timestamp-authority.pem"), timestampCertificate);
  const signer = new X509Certificate(readFileSync(join(folder, "cades", CERTIFICATE)));
  // the generations of the authority have one name: the key tells which
  const pems = readdirSync(authorities)
    .filter((name) => /^signing-ca-\d+\.pem$/.test(name))
    .map((name) => readFileSync(join(authorities, name), "utf8"));
  const issuer = pems.find((pem) => signer.verify(new X509Certificate(pem).publicKey));
  if (issuer === undefined) throw new Error("no authority of that folder certified the signer");
  writeFileSync(join(folder, "authority.pem"), issuer);
  const trust = join(folder, "cades", TRUST);
  mkdirSync(trust, { recursive: true });
  writeFileSync(join(trust, "signing-ca.pem"), issuer);
}

/** Puts the documents of a sample beside its files, under the names that the page gave them: a detached XML signature refers to its document by that. */
export function keepDocuments(folder: string, sample: SampleId): void {
  const names = MADE[sample].flatMap(({ document, reference }) => [document, reference]);
  for (const [name, source] of Object.entries(DOCUMENTS))
    if (names.includes(name)) writeFileSync(join(folder, sample, name), readSample(source));
}

/** Asks the verifiers about every file of a sample: programs that are not ours, and then our own. `files` is what the page gave. */
export async function checkSample(folder: string, sample: SampleId, files: readonly string[]): Promise<CheckedFile[]> {
  const own = join(folder, sample);
  const checked: CheckedFile[] = [];
  for (const one of MADE[sample]) {
    if (!files.includes(one.file)) throw new Error(`${sample}: the page offers ${files.join(", ")}, not ${one.file}`);
    checked.push({
      sample,
      format: one.format,
      file: one.file,
      verdicts: [...(await verify(own, one)), verifyByOwn(own, one)],
    });
  }
  return checked;
}

async function verify(folder: string, { kind, file, document = "", enveloping = false }: Made): Promise<Verdict[]> {
  switch (kind) {
    case "cades":
    case "cms":
      return [verifyCms({ folder, file, document, enveloping, cades: kind === "cades" })];
    case "cades-timestamp":
      return [verifyCms({ folder, file, document, enveloping, cades: true }), verifyCmsTimestamp(folder, file)];
    case "pkcs1":
      return verifyPkcs1(folder, file, document, CERTIFICATE);
    case "jws":
      return verifyJws(folder, file, document);
    case "xml":
      return [verifyXml(folder, file)];
    case "xml-timestamp":
      return [verifyXml(folder, file), verifyXmlTimestamp(folder, file)];
    case "kousei":
      return [verifyKousei(folder, file)];
    case "pdf":
      return verifyPdf(folder, file, false);
    case "pades":
      return verifyPdf(folder, file, true);
    case "proof":
      return verifyProof(folder, file, MUNICIPALITY_ORIGIN);
  }
}

/** What our verifier says: what it is not told, it finds out. */
function verifyByOwn(folder: string, { kind, file, document, enveloping, detached, reference }: Made): Verdict {
  switch (kind) {
    case "cades":
    case "cades-timestamp":
    case "cms":
      return verifyOwn({ folder, file, content: enveloping ? undefined : document });
    case "pkcs1":
      return verifyOwn({ folder, file, content: document, certificate: CERTIFICATE, format: "pkcs1" });
    case "jws":
      return verifyOwn({ folder, file, content: isDetachedJws(folder, file) ? document : undefined });
    case "xml":
    case "xml-timestamp":
      return verifyOwn({ folder, file, content: detached ? document : undefined });
    case "kousei":
      return verifyOwn({ folder, file, content: reference, part: "構成情報" });
    case "pdf":
    case "pades":
      return verifyOwn({ folder, file });
    case "proof":
      return verifyOwnProof(folder, file, MUNICIPALITY_ORIGIN);
  }
}

const isDetachedJws = (folder: string, file: string): boolean =>
  readFileSync(join(folder, file), "utf8").includes("..");
