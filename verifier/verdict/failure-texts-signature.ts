import type { Sentences } from "./failure-texts.ts";

/** For the signature itself, and for the timestamps that hang on it. */
export const SIGNATURE_TEXTS = {
  "algorithm-unsupported": {
    ja: "このサイトで確認できない方式の電子署名です。マイナンバーカードで署名し直し、もう一度提出してください。",
    jaEasy:
      "この署名（しょめい）は、ここで確認（かくにん）できません。マイナンバーカードで、もういちど署名をしてください。",
    en: "This kind of electronic signature cannot be checked here. Please sign again with a My Number Card and submit it again.",
  },
  "algorithm-weak": {
    ja: "今では安全と言えない、古い方式の電子署名です。新しいソフトウェアで署名し直してください。",
    jaEasy:
      "署名（しょめい）のやりかたが古（ふる）いです。安全（あんぜん）ではないので、新しいソフトで署名をしてください。",
    en: "The signature was made in an old way that is no longer safe. Please sign again with newer software.",
  },
  "algorithm-mismatch": {
    ja: "電子署名の方式についての記載が食い違っています。署名し直して、もう一度提出してください。",
    jaEasy: "署名（しょめい）の中に、合（あ）わないところがあります。もういちど署名をして、出してください。",
    en: "What the signature says about its own kind does not fit together. Please sign again and submit it again.",
  },
  "signed-attributes-missing": {
    ja: "電子署名に必要な項目が足りません。このサイトの案内する方法で署名し直してください。",
    jaEasy:
      "署名（しょめい）に足（た）りないものがあります。サイトの説明（せつめい）を読んで、もういちど署名をしてください。",
    en: "Something that a signature needs is missing from it. Please sign again in the way that this site explains.",
  },
  "signed-attributes-malformed": {
    ja: "電子署名の項目の書き方が正しくありません。このサイトの案内する方法で署名し直してください。",
    jaEasy:
      "署名（しょめい）の書きかたが正（ただ）しくありません。サイトの説明（せつめい）を読んで、もういちど署名をしてください。",
    en: "A part of the signature is not written as it should be. Please sign again in the way that this site explains.",
  },
  "signature-wrong": {
    ja: "電子署名を確認した結果、正しくありませんでした。内容を変えずに、最初から手続きをやり直してください。",
    jaEasy: "署名（しょめい）が正（ただ）しくありません。はじめから、もういちどやってください。",
    en: "The electronic signature is not correct. Please start again from the beginning, and leave the content as it is.",
  },
  "timestamp-wrong": {
    ja: "タイムスタンプが正しくないため、時刻の証明として使えません。タイムスタンプを付け直してください。",
    jaEasy: "署名（しょめい）の時間（じかん）のしるしが正（ただ）しくありません。しるしをつけなおしてください。",
    en: "The timestamp is not correct, so it proves no time. Please have a new timestamp put on the signature.",
  },
  "timestamp-authority-unknown": {
    ja: "タイムスタンプの発行元を確認できません。サイトの担当者は、信頼する発行元を確かめてください。",
    jaEasy: "時間（じかん）のしるしをだれがつけたか、わかりません。このサイトの人に聞（き）いてください。",
    en: "It is not known here who issued the timestamp. The people who run this site should check whose timestamps they trust.",
  },
  "timestamp-missing": {
    ja: "この手続きに必要なタイムスタンプがありません。タイムスタンプを付けて、もう一度提出してください。",
    jaEasy: "署名（しょめい）に時間（じかん）のしるしがありません。しるしをつけて、もういちど出してください。",
    en: "This procedure needs a timestamp, and there is none. Please add a timestamp and submit it again.",
  },
} as const satisfies Readonly<Record<string, Sentences>>;
