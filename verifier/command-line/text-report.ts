import type { AuthenticationResult } from "../authentication/authentication-result.ts";
import type { CertificateAttributes } from "../index.ts";
import type { CertificateFacts } from "../certificate/resident-certificate.ts";
import type { Coverage } from "../signature/found-signature.ts";
import type { AcceptedSignature, FileReport, SignatureReport } from "../signature/report.ts";
import type { ProvenAttributes, RefusedAttributes } from "../signature/verify-attributes.ts";
import { TextLines } from "./text-lines.ts";
import type { Language } from "./words.ts";

/** A file's report for people: the verdict first, then every signature with who, when, what, and how each check came out. */
export function textReport(name: string, report: FileReport, language: Language): string {
  const lines = new TextLines(language);
  lines.line(`${name}: ${lines.word(report.verdict)}`);
  if (report.failure) lines.failure(report.failure, 0);
  if (report.test) lines.line(lines.word("test"));
  report.signatures.forEach((signature, index) => {
    lines.line();
    const count = `${index + 1}/${report.signatures.length}`;
    lines.line(
      `${lines.word("signature")} ${count} (${signature.format}, ${signature.label}): ${lines.word(signature.verdict)}`,
    );
    writeSignature(lines, signature);
  });
  return lines.text();
}

function writeSignature(lines: TextLines, signature: SignatureReport): void {
  if (signature.verdict !== "refused") writeHolder(lines, signature.signer);
  if (signature.claimedTime) lines.pair("claimed", lines.time(signature.claimedTime));
  if (signature.verdict !== "refused") writeTimes(lines, signature);
  if (signature.certificate) writeCertificate(lines, signature.certificate);
  if (signature.verdict !== "refused") writeCoverage(lines, signature.coverage);
  lines.checks(signature.checks);
}

/** What a login came to, for people: which certificate, and how each check came out. It names nobody, because that certificate has no name. */
export function authenticationReport(result: AuthenticationResult, language: Language): string {
  const lines = new TextLines(language);
  writeVerdict(lines, result);
  if (result.verdict !== "refused") writeJudgedAt(lines, result);
  if (result.certificate) writeCertificate(lines, result.certificate);
  lines.checks(result.checks);
  return lines.text();
}

/** What a proof of attributes came to, for people: what was proven, for which purpose, and how each check came out. */
export function attributesReport(result: ProvenAttributes | RefusedAttributes, language: Language): string {
  const lines = new TextLines(language);
  writeVerdict(lines, result);
  if (result.verdict !== "refused") {
    writeHolder(lines, result.attributes);
    lines.pair("purpose", result.purpose);
    writeJudgedAt(lines, result);
    writeCertificate(lines, result.certificate);
  }
  lines.checks(result.checks);
  return lines.text();
}

function writeVerdict(lines: TextLines, result: AuthenticationResult | ProvenAttributes | RefusedAttributes): void {
  lines.line(lines.word(result.verdict));
  if (result.failure) lines.failure(result.failure, 0);
  if (result.verdict !== "refused" && result.test) lines.line(lines.word("test"));
}

/** What a certificate says of its holder. */
function writeHolder(lines: TextLines, holder: CertificateAttributes): void {
  const { name, address, birthDate, sex, nameSubstitutes = [], addressSubstitutes = [] } = holder;
  const substitutes = (positions: readonly number[]): void => {
    if (positions.length > 0) lines.pair("substitutes", positions.map((position) => position + 1).join(", "), 2);
  };
  if (name !== undefined) lines.pair("name", name);
  substitutes(nameSubstitutes);
  if (address !== undefined) lines.pair("address", address);
  substitutes(addressSubstitutes);
  if (birthDate !== undefined) lines.pair("birthDate", lines.day(birthDate));
  if (sex !== undefined) lines.pair("sex", lines.word(sex));
}

/** Which certificate it is. */
function writeCertificate(lines: TextLines, { serialNumber, notBefore, notAfter }: CertificateFacts): void {
  const period = `${lines.time(notBefore)} - ${lines.time(notAfter)}`;
  lines.pair("certificate", `${lines.word("serial-number")} ${serialNumber}, ${period}`);
}

/** At which time it was judged, and who says so. */
function writeJudgedAt(
  lines: TextLines,
  { judgedAt, judgedBy }: Pick<AcceptedSignature, "judgedAt" | "judgedBy">,
): void {
  lines.pair("judged", `${lines.time(judgedAt)} (${lines.word(`by-${judgedBy}`)})`);
}

function writeTimes(lines: TextLines, signature: AcceptedSignature): void {
  const { timestamp } = signature;
  const stamped = timestamp && `${lines.time(timestamp.time)} (SHA-256 ${timestamp.authority})`;
  lines.pair("timestamp", stamped ?? lines.word("none"));
  writeJudgedAt(lines, signature);
}

function writeCoverage(lines: TextLines, coverage: Coverage): void {
  const size = (octets: number): string => `${octets} ${lines.word("octets")}`;
  switch (coverage.kind) {
    case "content": {
      const { octets } = coverage;
      lines.pair("covers", octets ? `${lines.word("content")}, ${size(octets.length)}` : lines.word("content"));
      return;
    }
    case "parts":
      lines.pair("covers", lines.word(coverage.whole ? "whole-document" : "parts-only"));
      for (const { uri, path, octets } of coverage.parts)
        lines.line(`${JSON.stringify(uri)} ${path ?? lines.word("beside")}, ${size(octets.length)}`, 2);
      return;
    case "revision": {
      const { whole, revision, revisions, octets, laterChanges } = coverage;
      const which = `${lines.word("revision")} ${revision}/${revisions}, ${size(octets)}`;
      lines.pair("covers", whole ? `${lines.word("whole-document")} (${which})` : which);
      if (laterChanges.length > 0) lines.line(lines.word("later-changes"), 2);
      for (const { kind, what, allowed } of laterChanges)
        lines.line(`${kind}: ${what} (${lines.word(allowed ? "allowed" : "not-allowed")})`, 3);
    }
  }
}
