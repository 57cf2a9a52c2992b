import { createHash, privateEncrypt, sign as signWith, constants, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSignature } from "../../../extension/signature/signing-format.ts";
import type { PersonId } from "../../../native-host/virtual-card/people.ts";
import { openTestAuthority, type CertificateWanted } from "../../../native-host/virtual-card/test-authority.ts";
import { readAuthorities, type Authorities, type CertificateKind } from "./authorities.ts";
import { checkDocumentSignature } from "./document-signature.ts";
import { checkLoginToken } from "./login-token.ts";

const ORIGIN = "https://forms.example.go.jp";
const CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
const DOCUMENT = new TextEncoder().encode("申請書\n給付の額 50,000円\n");
const DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

let folder: string;
let authorities: Authorities;
let people: readonly PersonId[];

interface Holder {
  readonly certificate: Uint8Array;
  readonly privateKey: KeyObject;
}
const now = new Date();
const wanted = (validity: CertificateWanted["certificateValidity"]): CertificateWanted => ({
  certificateValidity: validity,
  octets: 0,
});
const holder = (
  kind: CertificateKind,
  validity: CertificateWanted["certificateValidity"] = "current",
): Promise<Holder> => openTestAuthority(folder).credential(kind, "ordinary" as PersonId, wanted(validity));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kodo-checks-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
