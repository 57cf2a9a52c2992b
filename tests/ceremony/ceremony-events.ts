import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { FaultCode } from "../../shared/errors.ts";
import type { CeremonyRequest } from "../../shared/protocol/ceremony-messages.ts";
import type { AuthenticationToken } from "../../shared/protocol/page-messages.ts";
import { readDocument } from "../../extension/document-view/document-content.ts";
import type { CeremonyEvent } from "../../extension/ceremony/ceremony-state.ts";
import type { Bytes } from "../../formats/der/der.ts";
import type { TextRange } from "../../extension/signature/signature-builder.ts";
import type { Validity } from "../../extension/ceremony/certificate-validity.ts";

/** Events that tests of the ceremony begin with; people, places and names are invented. */

/** One day, in milliseconds. */
export const DAY = 86_400_000;
/** The clock of these events. */
export const NOW = Date.UTC(2026, 10, 24, 1, 42);
/** A certificate that is valid at {@link NOW}, and for long. */
export const VALIDITY: Validity = { notBefore: NOW - 500 * DAY, notAfter: NOW + 1270 * DAY };

/** Who asks: a municipality. */
export const RECORD: CeremonyRecord = {
  id: "00000000-0000-4000-8000-000000000000",
  operation: "authenticate",
  approval: {
    origin: "https://shinsei.city.aozora.lg.jp",
    organisation: {
      ja: "青空市",
      en: "Aozora City",
      reading: "あおぞらし",
      phone: "000-000-0000",
      hours: "平日 8:30〜17:15",
    },
  },
  tabId: 1,
  documentId: "A",
  since: 0,
};

/** What a login hands to the page. */
export const TOKEN: AuthenticationToken = {
  format: "web-eid:1.0",
  algorithm: "RS256",
  unverifiedCertificate: "AA==",
  signature: "AA==",
  appVersion: "https://kodo.example/road/0",
};

/** A card in place. */
export const ready = (
  card: number,
  attemptsRemaining: number,
  validity: Validity | undefined = VALIDITY,
): Extract<CeremonyEvent, { type: "card" }> => ({
  type: "card",
  state: { status: "ready", card, attemptsRemaining, test: false },
  validity,
  at: NOW,
});

/** A login's window until its request is there; the challenge is a function of the page. */
export const LOGIN: readonly CeremonyEvent[] = [
  { type: "record", record: RECORD },
  { type: "host-open", test: false },
  { type: "request", request: { operation: "authenticate", challenge: null } },
];

const FORM = `子育て応援給付金 申請書

申請日　　　　令和8年11月24日
申請者の氏名　道野 遥
生年月日　　　平成2年5月18日
住所　　　　　青空市朝日町三丁目14番15号 みどりハイツ202号室
対象の子ども　道野 湊（7歳）
給付の額　　　50,000円
振込先　　　　例示銀行 本店営業部 普通 0000000

受給資格を確かめるため、市が世帯の情報を確認することに同意します。
`;

/** A file of a signing request, its octets, and what becomes of it. */
export interface RequestedDocument extends Partial<Omit<RequestedFile, "bytes">> {
  readonly name: string;
  readonly octets: Bytes;
  /** The part that an XML signature covers. */
  readonly covered?: TextRange;
}
type RequestedFile = Extract<CeremonyRequest, { operation: "sign" }>["documents"][number];

const DIGEST = "9f2c41aa07bed3f1".repeat(4);

/** A signing window until its request is there. */
export function signRequest(
  documents: readonly RequestedFile[],
  more: { readonly purpose?: string; readonly timestamp?: boolean } = {},
): CeremonyEvent[] {
  return [
    { type: "record", record: { ...RECORD, operation: "sign", approval: { ...RECORD.approval, blindSigning: true } } },
    { type: "host-open", test: false },
    { type: "request", request: { operation: "sign", timestamp: false, documents: [...documents], ...more } },
  ];
}

/** A file has come, and can be signed. */
export function arrived(index: number, { type = "", octets, covered }: RequestedDocument): CeremonyEvent[] {
  return [
    {
      type: "document",
      index,
      received: { bytes: octets, digest: DIGEST, content: readDocument(type, octets) },
    },
    { type: "document-opened", index, opened: { covered, prepare: () => Promise.reject(new Error("only shown")) } },
  ];
}

/** A signing window until its request and all its files are there. */
export function signingOf(
  documents: readonly RequestedDocument[],
  more?: { readonly purpose?: string; readonly timestamp?: boolean },
): CeremonyEvent[] {
  const files = documents.map((document): RequestedFile => {
    const { name, type = "", format = "cades", profile, xml, pdf, partOf, octets } = document;
    // a profile says its own format
    const wanted = profile === undefined ? { format } : { profile };
    return { name, type, ...wanted, xml, pdf, partOf, bytes: octets.length };
  });
  return [...signRequest(files, more), ...documents.flatMap((document, index) => arrived(index, document))];
}

/** The same for one document. */
export const signing = (name: string, type: string, octets: Bytes, purpose?: string): CeremonyEvent[] =>
  signingOf([{ name, type, octets }], purpose === undefined ? {} : { purpose });

/** The signing of an application form, as text. */
export const SIGN: readonly CeremonyEvent[] = signing(
  "子育て応援給付金 申請書.txt",
  "text/plain",
  new TextEncoder().encode(FORM),
  "子育て応援給付金の申請",
);

/** Its end. */
export const SIGNED = signed([["子育て応援給付金 申請書.txt.p7s", 0]]);

/** The end of a signing: files by name and document; what could not be signed, and why. */
export function signed(
  files: readonly (readonly [name: string, document: number])[],
  unsigned: readonly number[] = [],
  broken?: FaultCode,
): Extract<CeremonyEvent, { type: "signed" }> {
  return {
    type: "signed",
    attempt: 1,
    files: files.map(([name, document]) => ({
      name,
      type: "application/pkcs7-signature",
      file: new Uint8Array(6554 + document),
      document,
    })),
    unsigned,
    broken,
    result: { signatures: [], certificate: new ArrayBuffer(0) },
    validity: VALIDITY,
    at: NOW,
  };
}
