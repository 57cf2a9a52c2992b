import type { Check, CheckName } from "../../verifier/index.ts";
import type { Field } from "./application.ts";
import { english, japanese, type FormatTexts } from "./format-texts.ts";

/** The languages of the site. */
export type Language = "ja" | "en";

/** Everything that the site says, in one language. */
export interface Texts {
  readonly city: string;
  readonly demonstration: string;
  readonly otherLanguage: string;
  readonly login: {
    title: string;
    lead: string;
    kept: string;
    button: string;
    working: string;
    failed: string;
    formats: string;
  };
  readonly form: { title: string; lead: string; required: string; next: string; check: string; wrong: string };
  readonly fields: Readonly<Record<Field, { label: string; hint: string }>>;
  readonly sign: {
    title: string;
    lead: string;
    button: string;
    working: string;
    failed: string;
    /** Behind the reason why a signature was refused. */
    stays: string;
    back: string;
  };
  readonly receipt: {
    title: string;
    lead: string;
    number: string;
    signer: string;
    unnamed: string;
    test: string;
    clerk: string;
    received: string;
    address: string;
    signed: string;
    checked: string;
    checks: Readonly<Record<CheckName, string>>;
    outcomes: Readonly<Record<Check["outcome"], string>>;
    unchecked: string;
    document: string;
    signature: string;
  };
  readonly already: { title: string; lead: string; next: string };
  readonly formats: FormatTexts;
  readonly logout: string;
  readonly gone: { title: string; lead: string; link: string };
  /** By the name and the reason of the error that `navigator.jpki` rejected with; `other` for all the rest. */
  readonly errors: Readonly<Record<"absent" | "unavailable" | "dismissed" | "other-means" | "busy" | "other", string>>;
}

const ja: Texts = {
  city: "青空市 電子申請",
  demonstration: "これは見本のサイトです。青空市は実在しません。",
  otherLanguage: "English",
  login: {
    title: "マイナンバーカードでログイン",
    lead: "マイナンバーカード、カードリーダー、利用者証明用電子証明書の暗証番号（数字4桁）を用意してください。",
    kept: "ログインの時間が過ぎました。もう一度ログインすると、入力した内容から続けられます。",
    button: "マイナンバーカードでログインする",
    working: "別の画面で手続きを進めてください。",
    failed: "ログインを確認できませんでした。もう一度お試しください。",
    formats: "サイトを作る人へ：署名形式の見本",
  },
  form: {
    title: "子育て応援給付金の申請",
    lead: "50,000円を給付します。申請はお一人につき1回です。次の画面で書類を確かめてから署名します。",
    required: "※必須",
    next: "書類を確かめる",
    check: "入力を確かめてください。",
    wrong: "＊入力してください。",
  },
  fields: {
    applicant: { label: "申請者の氏名", hint: "例：青空　さくら" },
    address: { label: "住所", hint: "例：青空市若葉一丁目2番3号" },
    phone: { label: "電話番号", hint: "日中に連絡できる番号" },
    child: { label: "お子さんの氏名", hint: "例：青空　そら" },
    childBirth: { label: "お子さんの生年月日", hint: "年、月、日を選んでください。" },
    account: { label: "振込先", hint: "金融機関、支店、種類、口座番号" },
  },
  sign: {
    title: "書類を確かめて署名する",
    lead: "次の書類に、署名用電子証明書の暗証番号（英数字6〜16文字）で署名します。",
    button: "署名して提出する",
    working: "別の画面で書類を確かめ、署名してください。",
    failed: "署名を確認できませんでした。入力した内容は残っています。もう一度お試しください。",
    stays: "入力した内容は残っています。",
    back: "入力を直す",
  },
  receipt: {
    title: "申請を受け付けました",
    lead: "控えとして、書類と署名ファイルを保存してください。",
    number: "申請番号",
    signer: "署名した人（電子証明書の氏名）",
    unnamed: "記載なし",
    test: "テスト用の電子証明書による申請です。結果はテストで、住民が署名したことの証明にはなりません。",
    clerk: "氏名、住所、生年月日、性別が同じ方の申請が先にあります。市の職員が確かめて、ご連絡します。",
    received: "受け付けた日時",
    address: "住所（電子証明書の住所）",
    signed: "署名した日時（署名した人のパソコンの時刻）",
    checked: "確かめたこと",
    checks: {
      form: "署名ファイルの形式",
      content: "書類の内容",
      coverage: "署名の範囲",
      signature: "署名の値",
      certificate: "電子証明書の発行元と種類",
      timestamp: "タイムスタンプ",
      validity: "電子証明書の有効期間",
      revocation: "電子証明書の失効",
    },
    outcomes: { passed: "問題ありません", failed: "問題があります", "not-done": "確かめていません" },
    unchecked:
      "署名は正しいものです。電子証明書が失効していないかは、まだ確かめていません（accepted-unchecked）。後日、市が確かめます。",
    document: "書類を保存する",
    signature: "署名ファイルを保存する",
  },
  already: {
    title: "この給付金は申請済みです",
    lead: "この電子証明書による申請を、すでに受け付けています。給付はお一人につき1回のため、今回の申請は受け付けていません。前の申請はそのままです。",
    next: "前の申請を直したい方、申請した覚えのない方は、市役所の子育て支援課（電話 000-000-0000）にご連絡ください。",
  },
  formats: japanese,
  logout: "ログアウト",
  gone: { title: "このページは使えません", lead: "時間がたったか、順番が違います。", link: "最初のページへ" },
  errors: {
    absent:
      "このブラウザには公道（Kodo）が入っていないか、このサイトで使えるようになっていません。公道を入れて使えるようにし、ページを読み込み直してください。窓口や郵送でも申請できます。",
    unavailable:
      "公道（Kodo）のプログラムがこのパソコンで動いていません。ボタンを押すと、案内の画面が開きます。窓口や郵送でも申請できます。",
    dismissed: "手続きは行われませんでした。入力した内容は残っています。準備ができたら、もう一度お試しください。",
    "other-means": "カードを使わない方法：市役所の窓口か郵送で申請できます。入力した内容は30分残っています。",
    busy: "このサイトの手続きの画面がすでに開いています。その画面を先に終えてください。",
    other: "うまくいきませんでした。入力した内容は残っています。時間をおいて、もう一度お試しください。",
  },
};

const en: Texts = {
  city: "Aozora City Online Applications",
  demonstration: "This is an example. There is no city of Aozora.",
  otherLanguage: "日本語",
  login: {
    title: "Log in with your My Number Card",
    lead: "Have your My Number Card, a card reader and your login PIN (4 digits) at hand.",
    kept: "Your login has ended. Log in again to go on with what you filled in.",
    button: "Log in with My Number Card",
    working: "Please continue in the other window.",
    failed: "Your login could not be confirmed. Please try again.",
    formats: "For people who make sites: samples of signature formats",
  },
  form: {
    title: "Apply for the child support benefit",
    lead: "50,000 yen, once for each applicant. You check the document on the next page, then sign it.",
    required: "(required)",
    next: "Check the document",
    check: "Please check what you entered.",
    wrong: "* Please fill this in.",
  },
  fields: {
    applicant: { label: "Applicant's name", hint: "As in your certificate" },
    address: { label: "Address", hint: "As in your residence record" },
    phone: { label: "Telephone", hint: "Where we reach you in the daytime" },
    child: { label: "Child's name", hint: "As in the residence record" },
    childBirth: { label: "Child's date of birth", hint: "Choose year, month and day." },
    account: { label: "Bank account", hint: "Bank, branch, type and number" },
  },
  sign: {
    title: "Check the document and sign it",
    lead: "You sign the following document with your signing PIN (6 to 16 letters and digits).",
    button: "Sign and submit",
    working: "Please check the document in the other window and sign it there.",
    failed: "The signature could not be confirmed. What you entered is kept. Please try again.",
    stays: "What you entered is kept.",
    back: "Change what I entered",
  },
  receipt: {
    title: "We have received your application",
    lead: "Please keep the document and the signature file.",
    number: "Application number",
    signer: "Signed by (name in the certificate)",
    unnamed: "not stated",
    test: "A certificate for tests was used. The result is a test, and does not prove that a resident signed.",
    clerk:
      "Somebody with the same name, address, date of birth and sex has applied before. The city will look at it and contact you.",
    received: "Received",
    address: "Address (in the certificate)",
    signed: "Signed (by the clock of the signer's computer)",
    checked: "What was checked",
    checks: {
      form: "Form of the signature file",
      content: "Content of the document",
      coverage: "What the signature covers",
      signature: "Signature value",
      certificate: "Issuer and kind of the certificate",
      timestamp: "Timestamp",
      validity: "Validity of the certificate",
      revocation: "Revocation of the certificate",
    },
    outcomes: { passed: "in order", failed: "not in order", "not-done": "not checked" },
    unchecked:
      "The signature is correct. Whether the certificate has been revoked is not checked yet (accepted-unchecked); the city does so later.",
    document: "Save the document",
    signature: "Save the signature file",
  },
  already: {
    title: "You have applied for this benefit already",
    lead: "We have an application with this certificate. The benefit is given once to each person, so this application was not taken. The earlier one stands as it is.",
    next: "To change the earlier application, or if you did not make it, please contact the city's child support section (phone 000-000-0000).",
  },
  formats: english,
  logout: "Log out",
  gone: { title: "This page can't be used", lead: "Too much time has passed, or a step was left out.", link: "Start" },
  errors: {
    absent:
      "This browser does not have Kodo, or Kodo is not allowed on this site yet. Install and allow it, then reload this page. You can also apply at the counter or by post.",
    unavailable:
      "Kodo's program does not run on this computer. The button opens a window that says what to do. You can also apply at the counter or by post.",
    dismissed: "Nothing was done. What you entered is kept. Try again when you are ready.",
    "other-means": "Without the card, apply at the city's counter or by post. What you entered is kept for 30 minutes.",
    busy: "A window of this site is open already. Please finish there first.",
    other: "Something went wrong. What you entered is kept. Please try again later.",
  },
};

/** The site's words by language. */
export const TEXTS: Readonly<Record<Language, Texts>> = { ja, en };
