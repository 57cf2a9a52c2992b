import type { Sentences } from "../verdict/failure-texts.ts";

/** Why a card was not taken for an account, in the words for its holder. Says nothing of whose the account or the card is. */
export const PERSON_TEXTS = {
  "other-person": {
    ja: "このアカウントに登録されている方とは別の方の電子証明書です。ご自分のマイナンバーカードで手続きをしてください。氏名などが変わった方は、窓口にお申し出ください。",
    jaEasy:
      "このカードは、ほかの人のカードです。あなたのマイナンバーカードを使（つか）ってください。名前（なまえ）が変（か）わった人は、このサイトの人に言（い）ってください。",
    en: "This card belongs to somebody other than the holder of this account. Please use your own My Number Card. If your name has changed, please contact the people who run this site.",
  },
  "other-account": {
    ja: "この電子証明書は、別のアカウントに登録されています。そのアカウントでログインするか、窓口にお問い合わせください。",
    jaEasy:
      "このカードは、ほかのアカウントで使（つか）っています。そのアカウントでログインしてください。わからないときは、このサイトの人に聞（き）いてください。",
    en: "This card is registered with another account. Please log in to that account, or contact the people who run this site.",
  },
  "ask-clerk": {
    ja: "登録されている方と同じ方かどうかを、自動では確認できませんでした。窓口で確認しますので、ご連絡ください。登録の内容は変わっていません。",
    jaEasy:
      "同（おな）じ人かどうか、コンピューターではわかりませんでした。このサイトの人に言（い）ってください。前（まえ）の登録（とうろく）は、そのままです。",
    en: "It could not be established automatically that you are the person who is registered. Please contact the people who run this site. Nothing was changed.",
  },
  "not-agreed": {
    ja: "署名された文書が、ログイン用の電子証明書を登録し直すためのものではありません。はじめからやり直してください。",
    jaEasy: "署名（しょめい）をした文（ぶん）がちがいます。はじめから、もういちどやってください。",
    en: "What was signed is not the agreement to register this card for login. Please start again from the beginning.",
  },
} as const satisfies Readonly<Record<string, Sentences>>;

/** An outcome that is a refusal, with the sentences for it. */
export interface PersonRefusal<Outcome extends keyof typeof PERSON_TEXTS> {
  readonly outcome: Outcome;
  readonly sentences: Sentences;
}

/** A refusal with its sentences. */
export const refusal = <Outcome extends keyof typeof PERSON_TEXTS>(outcome: Outcome): PersonRefusal<Outcome> => ({
  outcome,
  sentences: PERSON_TEXTS[outcome],
});
