import type { Sentences } from "../verdict/failure-texts.ts";

/** Languages of `--lang`. */
export type Language = "ja" | "ja-easy" | "en";

/** The language that was asked for, or that of the surroundings (LC_ALL, LC_MESSAGES, LANG); `undefined` for one that there is not. */
export function readLanguage(
  wanted: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Language | undefined {
  if (wanted !== undefined) return (["ja", "ja-easy", "en"] as const).find((language) => language === wanted);
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  return [LC_ALL, LC_MESSAGES, LANG].find((value) => value)?.startsWith("ja") ? "ja" : "en";
}

/** One thing in the language of the reader. */
export const inLanguage = (sentences: Sentences, language: Language): string =>
  sentences[language === "ja-easy" ? "jaEasy" : language];

const word = (ja: string, jaEasy: string, en: string): Sentences => ({ ja, jaEasy, en });

/** What `kodo-verify` itself says; the sentences of failures stand with their codes. */
export const WORDS = {
  valid: word("有効です", "使えます", "valid"),
  "accepted-unchecked": word(
    "受け付けられます（失効は未確認）",
    "受け付け（うけつけ）できます（失効（しっこう）は、わかりません）",
    "accepted, revocation not checked",
  ),
  undecided: word("まだ判断できません", "まだ、わかりません", "undecided"),
  refused: word("受け付けられません", "使えません", "refused"),
  test: word(
    "【テスト】テスト用の認証局の電子証明書です。住民が署名したことの証明にはなりません。",
    "【テスト】テストの証明書（しょうめいしょ）です。本物（ほんもの）ではありません。",
    "[TEST] The certificate is one for tests. It proves nothing about a resident.",
  ),
  signature: word("署名", "署名（しょめい）", "Signature"),
  name: word("氏名", "名前", "Name"),
  address: word("住所", "住所（じゅうしょ）", "Address"),
  birthDate: word("生年月日", "生まれた日", "Date of birth"),
  sex: word("性別", "性別（せいべつ）", "Sex"),
  male: word("男性", "男（おとこ）", "male"),
  female: word("女性", "女（おんな）", "female"),
  unknown: word("記載なし", "書いてありません", "not stated"),
  substitutes: word(
    "代わりの文字（代替文字）の位置",
    "ちがう文字（もじ）で書いたところ",
    "Characters written with a substitute, by position",
  ),
  claimed: word(
    "署名した日時（署名者の申告）",
    "署名（しょめい）の日（署名した人が書いた）",
    "Signed (the signer's word)",
  ),
  timestamp: word("タイムスタンプ", "時間（じかん）のしるし", "Timestamp"),
  judged: word("電子証明書を確認した時点", "証明書（しょうめいしょ）を見た時間（じかん）", "Certificate judged at"),
  "by-timestamp": word("タイムスタンプの時刻", "時間（じかん）のしるし", "the time of the timestamp"),
  "by-at": word("指定した時刻", "きめた時間（じかん）", "the time that was given"),
  "by-now": word("現在", "今（いま）", "now"),
  covers: word("署名の範囲", "署名（しょめい）したところ", "Covers"),
  content: word("内容の全体", "ぜんぶ", "the whole content"),
  "whole-document": word("文書の全体", "ぜんぶ", "the whole document"),
  "parts-only": word("文書の一部", "一部（いちぶ）だけ", "parts of the document"),
  octets: word("バイト", "バイト", "octets"),
  beside: word("別のファイル", "ほかのファイル", "a file beside it"),
  revision: word("版", "版（はん）", "revision"),
  "later-changes": word("署名した後の変更", "署名（しょめい）のあとでかわったところ", "Changes after signing"),
  allowed: word("認められている変更", "かわってもいい", "allowed"),
  "not-allowed": word("認められていない変更", "かわってはいけない", "not allowed"),
  none: word("なし", "ありません", "none"),
  certificate: word("電子証明書", "証明書（しょうめいしょ）", "Certificate"),
  "serial-number": word("発行番号", "番号（ばんごう）", "number"),
  purpose: word("目的", "何のため", "Purpose"),
  checks: word("確認したこと", "確認（かくにん）したこと", "Checks"),
  form: word("ファイルの形式", "ファイルの形（かたち）", "form"),
  "content-check": word("署名された内容", "書いてあること", "content"),
  coverage: word("署名の範囲", "署名（しょめい）したところ", "coverage"),
  "signature-check": word("署名の値", "署名（しょめい）", "signature"),
  "certificate-check": word("電子証明書の発行元と種類", "証明書（しょうめいしょ）を出したところ", "certificate"),
  "timestamp-check": word("タイムスタンプ", "時間（じかん）のしるし", "timestamp"),
  validity: word("有効期間", "期限（きげん）", "validity"),
  revocation: word("失効", "失効（しっこう）", "revocation"),
  passed: word("問題ありません", "だいじょうぶです", "passed"),
  failed: word("問題があります", "だめです", "failed"),
  "not-done": word("確認していません", "見ていません", "not done"),
  "revoked-at": word("失効した日時", "使えなくなった日", "Revoked at"),
  before: word("前の結果", "前の結果（けっか）", "Result before"),
  changed: word("前の結果から変わりました。", "前の結果（けっか）とちがいます。", "The result has changed."),
} as const satisfies Readonly<Record<string, Sentences>>;

/** A word of {@link WORDS}. */
export type Word = keyof typeof WORDS;
