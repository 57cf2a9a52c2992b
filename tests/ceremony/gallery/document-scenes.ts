import type { CeremonyEvent } from "../../../extension/ceremony/ceremony-state.ts";
import {
  NOW,
  ready,
  RECORD,
  signed,
  signing,
  signingOf,
  signRequest,
  VALIDITY,
  type RequestedDocument,
} from "../ceremony-events.ts";
import { PICTURE, smallPdf } from "./sample-files.ts";

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array<ArrayBuffer> => utf8(JSON.stringify(value));

const FIELDS = [
  { label: "申請日", value: "令和8年11月24日" },
  { label: "申請者の氏名", value: "道野 遥" },
  { label: "フリガナ", value: "ミチノ ハルカ" },
  { label: "生年月日", value: "平成2年5月18日" },
  { label: "住所", value: "青空市朝日町三丁目14番15号\nみどりハイツ202号室" },
  { label: "対象の子ども", value: "道野 湊（7歳）" },
  { label: "給付の額", value: "50,000円" },
  { label: "備考", value: "" },
  { label: "同意したこと", value: "受給資格を確かめるため、市が世帯の情報を確認することに同意します。" },
];
const FORM = { form: "kodo:1", title: "子育て応援給付金 申請書", fields: FIELDS };

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<!-- 電子申請 構成情報 -->
<DataRoot>
  <様式情報 様式ID="000000000000000000" 様式バージョン="0001">
    <構成情報 ID="構成情報">
      <管理情報>
        <手続識別子>900A010000000000</手続識別子>
        <手続名>被保険者資格取得届（見本）</手続名>
      </管理情報>
      <申請者情報 区分="代表者">
        <氏名>道野 遥</氏名>
        <住所 県="01">青空市朝日町三丁目14番15号</住所>
        <備考><![CDATA[1 < 2 のとき]]></備考>
      </申請者情報>
      <添付書類属性情報/>
    </構成情報>
    <その他>受付の控え</その他>
  </様式情報>
</DataRoot>
`;
/** 構成情報 with its tags. */
const COVERED = { start: XML.indexOf("<構成情報"), end: XML.indexOf("</構成情報>") + "</構成情報>".length };

const form = { name: "子育て応援給付金 申請書.json", type: "application/json", octets: json(FORM), format: "jws" };
const xml = { name: "kousei.xml", type: "application/xml", octets: utf8(XML), format: "xades" };
const pdf = {
  name: "委任状.pdf",
  type: "application/pdf",
  octets: smallPdf(["Power of attorney", ""]),
  format: "pades",
};

const TEN: readonly RequestedDocument[] = [
  form,
  { ...form, name: "世帯の状況についての申立書.json" },
  { ...form, name: "振込先口座の届出.json" },
  { ...pdf, name: "所得課税証明書（令和7年分）.pdf" },
  { ...pdf, name: "賃貸借契約書の写し.pdf" },
  { name: "健康保険の資格確認書.png", type: "image/png", octets: PICTURE },
  { name: "図面一式.zip", type: "application/zip", octets: Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0) },
  pdf,
  { name: "同意書.txt", type: "text/plain", octets: utf8("情報の確認に同意します。\n") },
  { ...xml, name: "添付書類の一覧.xml" },
];
const tick = (...indexes: readonly number[]): CeremonyEvent[] =>
  indexes.flatMap((index) => [
    { type: "show-document", index },
    { type: "tick-document", index, ticked: true },
  ]);
const submit: CeremonyEvent[] = [{ type: "next" }, { type: "pin-submitted" }];
const unlocked: CeremonyEvent = {
  type: "unlocked",
  attempt: 1,
  certificate: new Uint8Array(),
  validity: VALIDITY,
  at: NOW,
};
const tenTicked = [...signingOf(TEN, { purpose: "子育て応援給付金の申請" }), ready(1, 5), ...tick(0, 1, 2, 3, 4, 5, 6)];

const HUNDRED = Array.from({ length: 100 }, (_, index) => ({
  ...form,
  name: `${String(index + 1).padStart(3, "0")} 定期報告.json`,
}));

const attributes = (challenge?: string): CeremonyEvent[] => [
  { type: "record", record: { ...RECORD, operation: "readAttributes" } },
  { type: "host-open", test: false },
  {
    type: "request",
    request: {
      operation: "readAttributes",
      purpose: "図書館カードの申し込み",
      attributes: ["name", "birthDate"],
      ...(challenge === undefined ? {} : { challenge }),
    },
  },
];
const attributesRead = (proof: boolean): CeremonyEvent => ({
  type: "attributes-read",
  attempt: 1,
  attributes: {
    name: "道野　遥",
    birthDate: "1990-05-18",
    sex: "female",
    nameSubstitutes: [0],
    ...(proof && { proof: "eyJ" }),
  },
  validity: VALIDITY,
  at: NOW,
});
const large = { name: "工事写真一式.bin", type: "application/octet-stream", format: "cades", bytes: 1024 ** 3 };

/** Windows with documents, by name; `sign-review…` are shown wide. */
export const DOCUMENT_SCENES: Readonly<Record<string, readonly CeremonyEvent[]>> = {
  "sign-review-form": [...signingOf([form], { purpose: "子育て応援給付金の申請" }), ready(1, 5)],
  "sign-review-not-a-form": [
    ...signingOf([{ ...form, octets: json({ ...FORM, note: "保証人になります\u200B" }) }]),
    ready(1, 5),
  ],
  "sign-review-xml": [...signingOf([{ ...xml, octets: utf8(XML) }], { timestamp: true }), ready(1, 5)],
  "sign-review-xml-part": [
    ...signingOf([
      { ...xml, profile: "egov-kousei", covered: COVERED },
      { ...xml, name: "被保険者資格取得届.xml", partOf: 0 },
      { name: "理由書.txt", type: "text/plain", octets: utf8("届け出が遅れた理由\n"), partOf: 0 },
    ]),
    ready(1, 5),
  ],
  "sign-review-pdf": [
    ...signingOf(
      [{ ...pdf, pdf: { reason: "委任のため", stamp: { page: 1, x: 400, y: 60, width: 140, height: 60 } } }],
      { timestamp: true },
    ),
    ready(1, 5),
  ],
  "sign-review-image": [...signingOf([{ name: "資格確認書.png", type: "image/png", octets: PICTURE }]), ready(1, 5)],
  "sign-review-unknown": [...signing("図面.dwg", "image/vnd.dwg", new Uint8Array(48_213)), ready(1, 5)],
  "sign-review-unreadable": [...signing("古い書類.txt", "text/plain", Uint8Array.of(0x82, 0xa0)), ready(1, 5)],
  "sign-review-ten": [...signingOf(TEN, { purpose: "子育て応援給付金の申請" }), ready(1, 5)],
  "sign-review-ten-test": [...signingOf(TEN), { type: "host-open", test: true }, ready(1, 5)],
  "sign-review-ten-ticked": [...tenTicked, { type: "show-document", index: 8 }],
  "sign-review-hundred": [...signingOf(HUNDRED), ready(1, 5), ...tick(...HUNDRED.keys())],
  "sign-review-large": [
    ...signRequest([large]),
    ready(1, 5),
    { type: "document-progress", index: 0, progress: { octets: 398_458_880, milliseconds: 42_000 } },
  ],
  "sign-review-large-read": [
    ...signRequest([large]),
    ready(1, 5),
    {
      type: "document",
      index: 0,
      received: { bytes: undefined, digest: "07be".repeat(16), content: { kind: "opaque", reason: "streamed" } },
    },
  ],
  "sign-review-digest": [
    ...signRequest([
      { name: "契約書", type: "application/pdf", format: "cades", bytes: 0, digest: new ArrayBuffer(32) },
    ]),
    ready(1, 5),
    {
      type: "document",
      index: 0,
      received: { bytes: undefined, digest: "9f2c41aa".repeat(8), content: { kind: "opaque", reason: "digest" } },
    },
  ],
  "sign-pin-ten": [...tenTicked, { type: "next" }],
  "sign-working-ten": [...tenTicked, ...submit, unlocked, { type: "document-signed", attempt: 1, count: 3 }],
  "sign-working-timestamp": [
    ...signingOf([xml], { timestamp: true }),
    ready(1, 5),
    ...submit,
    unlocked,
    { type: "card-signed", attempt: 1, timestamps: true },
  ],
  "sign-timestamp-lacking": [
    ...signingOf([xml], { timestamp: true }),
    ready(1, 5),
    ...submit,
    unlocked,
    { type: "card-signed", attempt: 1, timestamps: true },
    { type: "timestamp-refused", attempt: 1 },
  ],
  "sign-done-seven": [
    ...tenTicked,
    ...submit,
    unlocked,
    signed(TEN.slice(0, 7).map(({ name }, index) => [`${name}.p7s`, index])),
  ],
  "sign-done-partial": [
    ...tenTicked,
    ...submit,
    unlocked,
    signed(
      TEN.slice(0, 3).map(({ name }, index) => [`${name}.p7s`, index]),
      [3, 4, 5, 6],
      "card-removed",
    ),
  ],
  "attributes-review": [...attributes(), ready(1, 5)],
  "attributes-review-proof": [...attributes("A".repeat(44)), ready(1, 5)],
  "attributes-pin": [...attributes(), ready(1, 5), { type: "next" }],
  "attributes-working": [...attributes(), ready(1, 5), ...submit],
  "attributes-done": [...attributes(), ready(1, 5), ...submit, unlocked, attributesRead(false)],
  "attributes-done-proof": [...attributes("A".repeat(44)), ready(1, 5), ...submit, unlocked, attributesRead(true)],
};
