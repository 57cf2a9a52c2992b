import type { Sentences } from "./failure-texts.ts";

/** For what came and can't be read, and for what is not what was signed. */
export const FILE_TEXTS = {
  "too-large": {
    ja: "ファイルが大きすぎるため、確認できませんでした。小さくするか分けて署名し、もう一度提出してください。",
    jaEasy: "ファイルが大（おお）きすぎます。小（ちい）さくして、もういちど出してください。",
    en: "The file is too large to be checked. Please make it smaller or split it, sign it and submit it again.",
  },
  "format-unknown": {
    ja: "電子署名の形式が分かりませんでした。このサイトが受け付ける形式で署名し、もう一度提出してください。",
    jaEasy:
      "このファイルの種類（しゅるい）は使えません。サイトの説明（せつめい）を読んで、もういちど署名（しょめい）をしてください。",
    en: "The kind of this signed file was not recognised. Please sign in a format that this site accepts and submit it again.",
  },
  "file-broken": {
    ja: "ファイルが壊れていて、読み取れませんでした。署名したときのファイルを、そのままもう一度提出してください。",
    jaEasy: "ファイルがこわれています。署名（しょめい）をしたときのファイルを、もういちど出してください。",
    en: "The file is damaged and could not be read. Please submit the file again exactly as it was signed.",
  },
  "file-unsupported": {
    ja: "確認できない機能を使っているファイルです。別の方法で保存して署名し、もう一度提出してください。",
    jaEasy: "このファイルは読むことができません。ほかのやりかたで作（つく）って、署名（しょめい）をしてください。",
    en: "The file uses features that cannot be checked here. Please save it in another way, sign it and submit it again.",
  },
  "file-ambiguous": {
    ja: "見る人によって違う内容になるおそれのあるファイルです。作り直して署名し、もう一度提出してください。",
    jaEasy:
      "このファイルは、見る人によって内容（ないよう）がかわります。新しく作（つく）って、署名（しょめい）をしてください。",
    en: "This file could show different things to different readers. Please make it anew, sign it and submit it again.",
  },
  "no-signature": {
    ja: "このファイルには電子署名がありません。署名してから、もう一度提出してください。",
    jaEasy: "ファイルに署名（しょめい）がありません。署名をして、もういちど出してください。",
    en: "This file has no electronic signature. Please sign it and submit it again.",
  },
  "content-missing": {
    ja: "署名された元の文書がないため、確認できませんでした。元の文書も一緒に指定して、もう一度確認してください。",
    jaEasy: "署名（しょめい）をした書類（しょるい）がありません。書類もいっしょに出してください。",
    en: "The document that was signed is not here, so nothing could be checked. Please give the document along with the signature.",
  },
  "content-unexpected": {
    ja: "署名された文書は、このファイルの中に入っています。別の文書を付けずに、もう一度確認してください。",
    jaEasy: "書類（しょるい）は、署名（しょめい）のファイルの中にあります。ほかの書類はいりません。",
    en: "The signed document is inside this file already. Please check it again without another document.",
  },
  "content-differs": {
    ja: "文書が、署名したときの内容と違います。署名したときの文書を、そのままもう一度提出してください。",
    jaEasy: "書類（しょるい）が、署名（しょめい）をしたときとちがいます。署名をした書類を出してください。",
    en: "The document is not the one that was signed, or it was changed since. Please submit the document exactly as it was signed.",
  },
  "reference-unresolved": {
    ja: "署名された部分やファイルの一部が見つかりません。署名したときのファイルを、すべて提出してください。",
    jaEasy: "署名（しょめい）をしたものが足（た）りません。ファイルをぜんぶ出してください。",
    en: "Something that was signed cannot be found. Please submit all of the files as they were signed.",
  },
  "not-wholly-signed": {
    ja: "文書の一部にしか電子署名がありません。文書の全体に署名して、もう一度提出してください。",
    jaEasy: "署名（しょめい）がない部分（ぶぶん）があります。書類（しょるい）のぜんぶに署名をしてください。",
    en: "Only a part of the document is signed. Please sign the whole document and submit it again.",
  },
  "changed-after-signing": {
    ja: "署名した後に、ファイルが変更されています。変更する前のファイルを提出するか、署名し直してください。",
    jaEasy:
      "署名（しょめい）のあとで、ファイルがかわりました。かわる前（まえ）のファイルを出すか、もういちど署名をしてください。",
    en: "The file was changed after it was signed. Please submit it as it was before, or sign it again.",
  },
  "byte-range-wrong": {
    ja: "PDFの署名の範囲が正しくありません。元のPDFに署名し直して、もう一度提出してください。",
    jaEasy: "PDFの署名（しょめい）が正（ただ）しくありません。もとのPDFに、もういちど署名をしてください。",
    en: "The signature of this PDF does not cover the file as it should. Please sign the original PDF again and submit it.",
  },
} as const satisfies Readonly<Record<string, Sentences>>;
