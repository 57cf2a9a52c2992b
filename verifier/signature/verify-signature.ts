import { hash } from "node:crypto";
import { CheckList } from "../judgement/check-list.ts";
import { checkJudgingOptions, type JudgingOptions } from "../judgement/judging-options.ts";
import { failure, Refusal, refuseUnless } from "../verdict/failure.ts";
import { worstVerdict } from "../verdict/verdict.ts";
import { readCms } from "./cms/cms-reader.ts";
import { detectFamily, type FileFamily } from "./detect-format.ts";
import type {
  DetachedContent,
  FoundSignature,
  RefusedSignature,
  SignatureReader,
  VerifiedFormat,
} from "./found-signature.ts";
import { judgeSignature } from "./judge-signature.ts";
import { readJws } from "./jws/jws-reader.ts";
import { readPdf } from "./pdf/pdf-reader.ts";
import { readPkcs1 } from "./pkcs1/pkcs1-reader.ts";
import type { FileReport, SignatureReport } from "./report.ts";
import { readXml } from "./xml/read-xml.ts";

/** Files larger than this are refused unread. */
export const MAX_FILE_OCTETS = 128 * 1024 * 1024;

/** Of all signatures of a file together: anybody can add them, and each costs up to a dozen signatures to check. */
const MOST_TIMESTAMPS = 200;

/** How a file is verified. */
export interface SignatureOptions extends JudgingOptions {
  /** Only this format is taken; by default the file's first octets decide. */
  readonly format?: VerifiedFormat;
  /** What a detached signature is over: the content, its SHA-256, or the files by the names that an XML signature refers to. */
  readonly content?: DetachedContent;
  /** XML: Ids of the parts that must be signed, where not the whole document is (e-Gov: `構成情報`). What is not in them is not signed. A file of another family is refused. */
  readonly parts?: readonly string[];
  /** `required`: a signature without a timestamp of a trusted authority is refused. */
  readonly timestamps?: "optional" | "required";
  /** PKCS #1: the certificate that came beside the bare signature value, DER. */
  readonly certificate?: Uint8Array;
}

const READERS: Readonly<Record<FileFamily, SignatureReader>> = {
  pdf: readPdf,
  xml: readXml,
  cms: readCms,
  jws: readJws,
};
const FAMILIES: Readonly<Record<Exclude<VerifiedFormat, "pkcs1">, FileFamily>> = {
  cms: "cms",
  cades: "cms",
  jws: "jws",
  xmldsig: "xml",
  xades: "xml",
  pdf: "pdf",
  pades: "pdf",
};

/**
 * Decides whether the signatures of a file are those of holders of My Number Cards: every format of the page API, and files that other software made. Resolves to
 * a report also for the most broken file; throws a `TypeError` for options with which nothing could be judged. A report that is not `refused` tells
 * who signed, what, and when; `test` must be false before it means anything.
 */
export async function verifySignature(file: Uint8Array, options: SignatureOptions): Promise<FileReport> {
  checkJudgingOptions(options);
  if (!((file as unknown) instanceof Uint8Array)) throw new TypeError("file: give its octets as a Uint8Array");
  try {
    return await reportOf(file, options);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { verdict: "refused", signatures: [], failure: failure(thrown.code, thrown.detail), test: false };
  }
}

async function reportOf(file: Uint8Array, options: SignatureOptions): Promise<FileReport> {
  if (file.length > MAX_FILE_OCTETS) throw new Refusal("too-large", `${file.length} octets`);
  const found = await readSignatures(file, options);
  const now = Date.now();
  const fileHash = hash("sha256", file, "hex");
  const { timestamps = "optional" } = options;
  const signatures: SignatureReport[] = [];
  for (const [index, signature] of found.entries()) {
    const checks = new CheckList();
    signatures.push(
      "refusal" in signature
        ? reportRefused(signature, checks)
        : await judgeSignature(signature, {
            ...options,
            timestamps,
            now,
            fileHash,
            place: index + 1,
            checks: passedByReader(checks),
          }),
    );
  }
  return summarise(signatures);
}

async function readSignatures(
  file: Uint8Array,
  { format, content, parts, certificate }: SignatureOptions,
): Promise<readonly (FoundSignature | RefusedSignature)[]> {
  if (format === "pkcs1") return [readPkcs1(file, content, certificate)];
  const family = detectFamily(file);
  if (!family) throw new Refusal("format-unknown", "neither CMS, JWS, XML nor PDF");
  if (format !== undefined && FAMILIES[format] !== family)
    throw new Refusal("format-unknown", `${format} was expected, this is ${family}`);
  // whoever asks for parts reads those, and not what another kind of file would have signed in their place
  refuseUnless(parts === undefined || family === "xml", "format-unknown", `parts were named, this is ${family}`);
  const found = await READERS[family](file, { content, parts });
  const [first] = found;
  if (!first) throw new Refusal("no-signature", "the file has no signature");
  const other = found.find((signature) => format !== undefined && !isOfFormat(signature.format, format));
  if (other) throw new Refusal("format-unknown", `${format ?? ""} was expected, ${other.label} is ${other.format}`);
  refuseDoubled(found);
  const timestamps = found.reduce((sum, one) => sum + ("refusal" in one ? 0 : one.timestamps.length), 0);
  refuseUnless(timestamps <= MOST_TIMESTAMPS, "too-large", `${timestamps} timestamps`);
  return found;
}

/** One signature that stands there twice would be two to whoever counts signers. */
function refuseDoubled(found: readonly (FoundSignature | RefusedSignature)[]): void {
  const values = found.flatMap((one) => ("refusal" in one ? [] : [Buffer.from(one.value).toString("latin1")]));
  refuseUnless(new Set(values).size === values.length, "file-ambiguous", "the same signature value twice");
}

/** Whether a signature is of the format that was asked for: CAdES is CMS with more, and XAdES XMLDSig; the two kinds of PDF exclude each other. */
const isOfFormat = (found: VerifiedFormat, wanted: VerifiedFormat): boolean =>
  found === wanted || (found === "cades" && wanted === "cms") || (found === "xades" && wanted === "xmldsig");

/** What a reader vouches for by returning a signature. */
function passedByReader(checks: CheckList): CheckList {
  checks.pass("form", "content", "coverage");
  return checks;
}

function reportRefused(
  { refusal, label, check, format, claimedTime }: RefusedSignature,
  checks: CheckList,
): SignatureReport {
  if (check !== "form") checks.pass("form");
  if (check === "coverage") checks.pass("content");
  const why = checks.fail(check, refusal);
  return {
    label,
    format,
    verdict: "refused",
    failure: why,
    checks: checks.list(),
    ...(claimedTime && { claimedTime }),
  };
}

function summarise(signatures: readonly SignatureReport[]): FileReport {
  const verdict = worstVerdict(signatures.map((signature) => signature.verdict));
  const worst = signatures.find((signature) => signature.verdict === verdict);
  return {
    verdict,
    ...(worst && { format: worst.format }),
    signatures,
    ...(worst?.failure && { failure: worst.failure }),
    test: signatures.some((signature) => signature.verdict !== "refused" && signature.test),
  };
}
