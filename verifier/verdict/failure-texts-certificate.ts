import type { Sentences } from "./failure-texts.ts";

/** For the signer's certificate. */
export const CERTIFICATE_TEXTS = {
  "certificate-missing": {
    ja: "署名した人の電子証明書が付いていません。電子証明書を含めて署名し直し、もう一度提出してください。",
    jaEasy:
      "署名（しょめい）をした人の証明書（しょうめいしょ）がありません。証明書を入れて、もういちど署名をしてください。",
    en: "The signer's certificate is missing. Please sign again with the certificate included.",
  },
  "certificate-unreadable": {
    ja: "電子証明書を読み取れませんでした。マイナンバーカードで、もう一度手続きをしてください。",
    jaEasy: "証明書（しょうめいしょ）を読むことができません。マイナンバーカードで、もういちどやってください。",
    en: "The certificate could not be read. Please try again with your My Number Card.",
  },
  "certificate-not-the-signers": {
    ja: "付いている電子証明書が、署名したものと違います。署名に使ったカードの電子証明書を付けてください。",
    jaEasy: "証明書（しょうめいしょ）がちがいます。署名（しょめい）をしたカードの証明書を入れてください。",
    en: "The certificate that came along is not the signer's. Please include the certificate of the card that signed.",
  },
  "issuer-unknown": {
    ja: "電子証明書の発行元を確認できません。マイナンバーカードを使った方は、サイトの担当者にお問い合わせください。",
    jaEasy:
      "証明書（しょうめいしょ）をだれが出したか、わかりません。マイナンバーカードを使った人は、このサイトの人に聞（き）いてください。",
    en: "It is not known here who issued the certificate. If you used a My Number Card, please contact the people who run this site.",
  },
  "issuer-not-valid": {
    ja: "電子証明書の発行元の証明書が、有効期間の外にあります。サイトの担当者にお問い合わせください。",
    jaEasy:
      "証明書（しょうめいしょ）を出したところの期限（きげん）がちがいます。このサイトの人に聞（き）いてください。",
    en: "The issuer's own certificate is outside of its period of validity. Please contact the people who run this site.",
  },
  "certificate-not-for-login": {
    ja: "ログインに使えない電子証明書です。マイナンバーカードの利用者証明用電子証明書を使ってください。",
    jaEasy:
      "この証明書（しょうめいしょ）では、ログインできません。ログインの番号（ばんごう）（数字（すうじ）4つ）を使ってください。",
    en: "This certificate is not for logging in. Please use the user authentication certificate of your My Number Card.",
  },
  "certificate-not-for-signing": {
    ja: "署名に使えない電子証明書です。マイナンバーカードの署名用電子証明書を使ってください。",
    jaEasy:
      "この証明書（しょうめいしょ）では、署名（しょめい）ができません。署名の番号（ばんごう）（英語（えいご）と数字（すうじ））を使ってください。",
    en: "This certificate is not for signing documents. Please use the signature certificate of your My Number Card.",
  },
  "certificate-policy": {
    ja: "公的個人認証サービスの電子証明書ではありません。マイナンバーカードで、もう一度手続きをしてください。",
    jaEasy: "マイナンバーカードの証明書（しょうめいしょ）ではありません。マイナンバーカードを使ってください。",
    en: "This is not a certificate of the public personal authentication service (JPKI). Please use a My Number Card.",
  },
  "certificate-extension": {
    ja: "電子証明書に、確認できない条件が付いています。マイナンバーカードの電子証明書を使ってください。",
    jaEasy: "証明書（しょうめいしょ）に、わからないことが書いてあります。マイナンバーカードの証明書を使ってください。",
    en: "The certificate holds conditions that are not understood here. Please use the certificate of a My Number Card.",
  },
  "certificate-key": {
    ja: "電子証明書の鍵の種類か長さが、受け付けられないものです。マイナンバーカードで署名し直してください。",
    jaEasy: "この証明書（しょうめいしょ）の鍵（かぎ）は使えません。マイナンバーカードで、もういちどやってください。",
    en: "The key of the certificate is of a kind or length that is not accepted. Please sign again with a My Number Card.",
  },
  "certificate-not-yet-valid": {
    ja: "電子証明書の有効期間がまだ始まっていません。始まってから、もう一度手続きをしてください。",
    jaEasy:
      "カードの中の証明書（しょうめいしょ）は、まだ使えません。使える日（ひ）になってから、もういちどやってください。",
    en: "The certificate is not valid yet. Please try again when its period of validity has begun.",
  },
  "certificate-expired": {
    ja: "電子証明書の有効期限が切れています。お住まいの市区町村の窓口で更新してから、手続きをしてください。",
    jaEasy: "カードの中の証明書（しょうめいしょ）の期限（きげん）がすぎました。役所（やくしょ）で新しくしてください。",
    en: "The certificate has expired. Please renew it at your municipal office, then try again.",
  },
  "certificate-revoked": {
    ja: "電子証明書は失効しています。お住まいの市区町村の窓口で、新しい電子証明書の発行を受けてください。",
    jaEasy:
      "カードの中の証明書（しょうめいしょ）は、使えなくなりました。役所（やくしょ）で新しい証明書をもらってください。",
    en: "The certificate is no longer valid: it was revoked. Please have a new one issued at your municipal office.",
  },
  "revocation-unchecked": {
    ja: "電子証明書が失効していないかは、確認していません。必要なときは、失効を確認できる機関で後から確認してください。",
    jaEasy: "証明書（しょうめいしょ）が今（いま）も使えるかは、見ていません。あとで確認（かくにん）できます。",
    en: "Whether the certificate was revoked was not checked. Where it matters, have it checked later by an office that may.",
  },
  "revocation-unknown": {
    ja: "電子証明書が失効していないかを、今は確認できませんでした。時間をおいて、もう一度確認してください。",
    jaEasy:
      "証明書（しょうめいしょ）が使えるか、今（いま）はわかりません。あとで、もういちど確認（かくにん）してください。",
    en: "Whether the certificate was revoked could not be found out now. Please check again later.",
  },
} as const satisfies Readonly<Record<string, Sentences>>;
