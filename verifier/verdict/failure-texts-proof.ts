import type { Sentences } from "./failure-texts.ts";

/** For logins, and for proofs of what a certificate says of its holder. */
export const PROOF_TEXTS = {
  "token-malformed": {
    ja: "ログインの情報を読み取れませんでした。もう一度ログインしてください。",
    jaEasy: "ログインできませんでした。もういちどログインしてください。",
    en: "The login could not be read. Please log in again.",
  },
  "token-version": {
    ja: "このサイトで確認できない版のログインの情報です。ブラウザーの拡張機能を新しくして、もう一度ログインしてください。",
    jaEasy: "ブラウザーに入れたソフトが合（あ）いません。新しいソフトにして、もういちどログインしてください。",
    en: "This site does not know this version of the login. Please update the browser extension and log in again.",
  },
  "challenge-unknown": {
    ja: "手続きの時間が過ぎたか、同じ手続きがすでに行われています。最初からもう一度手続きをしてください。",
    jaEasy: "時間（じかん）がすぎました。または、もう終（お）わっています。はじめから、もういちどやってください。",
    en: "Too much time has passed, or this was done already. Please start again from the beginning.",
  },
  "proof-is-no-document": {
    ja: "氏名などを示すための証明で、書類への署名ではありません。サイトの担当者にお問い合わせください。",
    jaEasy:
      "これは名前などの証明（しょうめい）です。書類（しょるい）の署名（しょめい）ではありません。このサイトの人に聞（き）いてください。",
    en: "This is a proof of a name or the like, not a signature on a document. Please contact the people who run this site.",
  },
  "not-a-proof": {
    ja: "氏名などを示すための証明ではないものが届きました。最初からもう一度手続きをしてください。",
    jaEasy: "名前などの証明（しょうめい）ではありません。はじめから、もういちどやってください。",
    en: "What came is not a proof of a name or the like. Please start again from the beginning.",
  },
  "proof-for-another-site": {
    ja: "別のサイトのために作られた証明です。このサイトのページから、もう一度手続きをしてください。",
    jaEasy: "ほかのサイトの証明（しょうめい）です。このサイトで、もういちどやってください。",
    en: "This proof was made for another site. Please start again from a page of this site.",
  },
  "proof-for-another-challenge": {
    ja: "前に行った手続きのための証明です。画面を開き直して、もう一度手続きをしてください。",
    jaEasy: "前（まえ）の手続（てつづ）きの証明（しょうめい）です。ページをもういちど開（ひら）いて、やってください。",
    en: "This proof belongs to another procedure. Please reload the page and try again.",
  },
  "proof-for-another-purpose": {
    ja: "別の目的のために作られた証明です。この手続きのために、もう一度カードで手続きをしてください。",
    jaEasy: "ほかのことのための証明（しょうめい）です。この手続（てつづ）きのために、もういちどやってください。",
    en: "This proof was made for another purpose. Please use your card again for this procedure.",
  },
  "proof-attributes-differ": {
    ja: "送られた氏名などが、電子証明書の内容と違います。最初からもう一度手続きをしてください。",
    jaEasy: "名前などが、カードの中の証明書（しょうめいしょ）とちがいます。はじめから、もういちどやってください。",
    en: "The name or other details that were sent differ from the certificate. Please start again from the beginning.",
  },
} as const satisfies Readonly<Record<string, Sentences>>;
