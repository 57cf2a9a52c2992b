import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { AuthenticationToken } from "../../shared/protocol/page-messages.ts";
import { readDocument } from "../../extension/ceremony/document-content.ts";
import type { CeremonyEvent } from "../../extension/ceremony/ceremony-state.ts";
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

/** A signing window until its request and document are there. */
export function signing(name: string, type: string, bytes: Uint8Array<ArrayBuffer>, purpose?: string): CeremonyEvent[] {
  const documents = [{ name, type, format: "cades", bytes: bytes.length }];
  return [
    { type: "record", record: { ...RECORD, operation: "sign" } },
    { type: "host-open", test: false },
    { type: "request", request: { operation: "sign", documents, ...(purpose === undefined ? {} : { purpose }) } },
    {
      type: "document",
      index: 0,
      received: { bytes, digest: "9f2c41aa07bed3f1".repeat(4), content: readDocument(type, bytes) },
    },
  ];
}

/** The signing of an application form, as text. */
export const SIGN: readonly CeremonyEvent[] = signing(
  "子育て応援給付金 申請書.txt",
  "text/plain",
  new TextEncoder().encode(FORM),
  "子育て応援給付金の申請",
);

/** Its end. */
export const SIGNED: CeremonyEvent = {
  type: "signed",
  attempt: 1,
  files: [{ name: "子育て応援給付金 申請書.txt.p7s", type: "application/pkcs7-signature", file: new Uint8Array(6554) }],
  result: { signatures: [], certificate: new ArrayBuffer(0) },
  validity: VALIDITY,
  at: NOW,
};
