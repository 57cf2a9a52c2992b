import type { Family } from "./case.ts";
import { answers } from "./answers.ts";
import { bareValues } from "./bare-values.ts";
import { certificates } from "./certificates.ts";
import { cms } from "./cms.ts";
import { jws } from "./jws.ts";
import { lists } from "./lists.ts";
import { logins } from "./logins.ts";
import { pdf } from "./pdf.ts";
import { proofs } from "./proofs.ts";
import { timestamps } from "./timestamps.ts";
import { xml } from "./xml.ts";

/** Every family of files, by its name in the table. */
export const FAMILIES: Readonly<Record<string, () => Family | Promise<Family>>> = {
  certificates,
  "revocation lists": lists,
  "OCSP answers": answers,
  timestamps,
  logins,
  pkcs1: bareValues,
  "proofs of attributes": proofs,
  jws,
  cms,
  xml,
  pdf,
};
