import type { PdfDocument } from "../../../formats/pdf/pdf-document.ts";
import { unsupported } from "../../../formats/pdf/pdf-fault.ts";
import {
  integerOf,
  isDictionary,
  isKind,
  nameOf,
  type PdfDictionary,
  type PdfObject,
} from "../../../formats/pdf/pdf-value.ts";

/** What a signature to be made is, as far as a field may have wishes about it. */
export interface PlannedSignature {
  readonly subFilter: string;
  readonly reason: string | undefined;
  readonly timestamped: boolean;
}

/** Bits of `/Ff` of a seed value dictionary (ISO 32000-1, table 234): the entry is a condition, not a wish. */
const REQUIRED = {
  filter: 1 << 0,
  subFilter: 1 << 1,
  version: 1 << 2,
  reasons: 1 << 3,
  legalAttestation: 1 << 4,
  revocationInformation: 1 << 5,
  digestMethod: 1 << 6,
  lockDocument: 1 << 7,
  appearanceFilter: 1 << 8,
} as const;

/**
 * Holds a signature against its field's seed values (ISO 32000-1, 12.7.4.5). Whatever they require and we don't do is `document-unsupported`;
 * conditions on the certificate too, because it is not known before the PIN. Mere wishes are passed over.
 */
export async function checkSeedValues(
  document: PdfDocument,
  seed: PdfDictionary,
  planned: PlannedSignature,
): Promise<void> {
  const flags = integerOf(await document.resolve(seed.get("Ff"))) ?? 0;
  const entry = (key: string): Promise<PdfObject> => document.resolve(seed.get(key));
  const demand = (key: keyof typeof REQUIRED, met: boolean): void => {
    if ((flags & REQUIRED[key]) !== 0 && !met) throw unsupported(`the field requires another signature: ${key}`);
  };
  const words = async (key: string): Promise<(string | undefined)[]> => {
    const items = await document.array(seed.get(key), `/${key} of the seed values`);
    const found: (string | undefined)[] = [];
    for (const item of items ?? []) found.push((await document.text(item)) ?? nameOf(await document.resolve(item)));
    return found;
  };
  const filter = nameOf(await entry("Filter"));
  demand("filter", filter === undefined || filter === "Adobe.PPKLite");
  const subFilters = await words("SubFilter");
  demand("subFilter", subFilters.length === 0 || subFilters.includes(planned.subFilter));
  const version = await entry("V");
  demand("version", !isKind(version, "number") || version.value <= 2);
  const methods = await words("DigestMethod");
  // pyHanko writes "sha256", others "SHA-256"
  const spelled = methods.map((method) => method?.replace("-", "").toUpperCase());
  demand("digestMethod", methods.length === 0 || spelled.includes("SHA256"));
  demand("reasons", reasonFits(await words("Reasons"), planned.reason));
  const absent = async (key: string): Promise<boolean> => [null, false].includes((await entry(key)) as null | false);
  demand("legalAttestation", await absent("LegalAttestation"));
  demand("revocationInformation", await absent("AddRevInfo"));
  const lockDocument = await entry("LockDocument");
  demand("lockDocument", lockDocument === null || nameOf(lockDocument) === "false" || nameOf(lockDocument) === "auto");
  demand("appearanceFilter", await absent("AppearanceFilter"));
  await checkParts(document, seed, planned);
}

async function checkParts(document: PdfDocument, seed: PdfDictionary, planned: PlannedSignature): Promise<void> {
  const part = async (key: string): Promise<PdfDictionary> => {
    const found = await document.resolve(seed.get(key));
    return isDictionary(found) ? found : new Map();
  };
  const flagsOf = async (dictionary: PdfDictionary): Promise<number> =>
    integerOf(await document.resolve(dictionary.get("Ff"))) ?? 0;
  if (((await flagsOf(await part("TimeStamp"))) & 1) !== 0 && !planned.timestamped)
    throw unsupported("the field requires a timestamp");
  if ((await flagsOf(await part("Cert"))) !== 0) throw unsupported("the field requires certain certificates");
  const certification = await document.resolve((await part("MDP")).get("P"));
  if ((integerOf(certification) ?? 0) !== 0) throw unsupported("the field requires a certification");
}

/** A full stop alone in the list means that no reason may be given. */
function reasonFits(allowed: readonly (string | undefined)[], reason: string | undefined): boolean {
  if (allowed.length === 0 || (allowed.length === 1 && allowed[0] === ".")) return reason === undefined;
  return allowed.includes(reason);
}
