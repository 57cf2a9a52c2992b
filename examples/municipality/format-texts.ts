import type { SampleId } from "./samples.ts";

/** The words of `/formats`, in one language. */
export interface FormatTexts {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly working: string;
  readonly done: string;
  readonly failed: string;
  readonly dismissed: string;
  readonly unsigned: string;
  readonly samples: Readonly<Record<SampleId, { readonly title: string; readonly lead: string }>>;
  /** By the member of `JpkiAttributes`. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Japanese. */
export const japanese: FormatTexts = {
  title: "署名形式の見本",
  lead: "サイトを作る人のための見本です。署名用電子証明書の暗証番号で見本の書類に署名し、できたファイルを保存できます。ファイルは市に送られません。",
  button: "試す",
  working: "別の画面で書類を確かめ、署名してください。",
  done: "終わりました。ファイルを保存できます。",
  failed: "時刻の証明などをサイトから受け取れませんでした。もう一度お試しください。",
  dismissed: "手続きは行われませんでした。もう一度試せます。",
  unsigned: "署名していません",
  samples: {
    cades: { title: "テキスト：CAdES", lead: "署名は書類と別のファイルになります。" },
    "cms-enveloping": { title: "テキスト：CMS（書類を含む）", lead: "書類が署名ファイルの中に入ります。" },
    pkcs1: { title: "テキスト：PKCS #1", lead: "署名の値だけです。だれがいつ署名したかは入りません。" },
    jws: { title: "申請書（JSON）：JWS", lead: "申請書が署名の中に入ります。" },
    "jws-detached": { title: "申請書（JSON）：JWS（書類は別）", lead: "署名だけのJWSです（RFC 7797）。" },
    xmldsig: { title: "XML：XML署名", lead: "書類のXMLの中に署名が入ります。" },
    xades: { title: "XML：XAdES、時刻の証明つき", lead: "署名に時刻認証局のタイムスタンプがつきます。" },
    "xades-detached": { title: "XML：XAdES（書類は別）", lead: "署名のファイルが書類をファイル名で参照します。" },
    "egov-kousei": { title: "e-Govの構成情報", lead: "kousei.xmlと届出書に、まとめて署名します。" },
    pades: { title: "PDF：PAdES、時刻の証明と見える署名つき", lead: "1ページ目の右下に署名した人の名前が入ります。" },
    "moj-pdf": { title: "PDF：登記・供託オンライン申請", lead: "法務省の形式（adbe.pkcs7.detached）です。" },
    image: { title: "画像：CAdES", lead: "画面に画像が表示されます。" },
    several: { title: "書類10件：いろいろな形式", lead: "10件を1件ずつ確かめ、暗証番号は一度だけ入力します。" },
    "unknown-type": { title: "知らない種類のファイル：CAdES", lead: "表示できないファイルです。画面に注意が出ます。" },
    digest: {
      title: "ハッシュ値だけ：CAdES",
      lead: "書類を見ないで署名します。特に認められたサイトだけが使えます。",
    },
    attributes: {
      title: "氏名、住所、生年月日、性別の読み取り",
      lead: "証明書に書かれた4つの情報を、証明つきで受け取ります。",
    },
  },
  attributes: { name: "氏名", address: "住所", birthDate: "生年月日", sex: "性別" },
};

/** English. */
export const english: FormatTexts = {
  title: "Samples of signature formats",
  lead: "For people who make sites. Sign sample documents with your signing PIN and save the files. They are not sent to the city.",
  button: "Try it",
  working: "Please check the document in the other window and sign it there.",
  done: "Done. You can save the files.",
  failed: "The site did not give what was needed, such as a timestamp. Please try again.",
  dismissed: "Nothing was done. You can try again.",
  unsigned: "not signed",
  samples: {
    cades: { title: "Text: CAdES", lead: "The signature is a file beside the document." },
    "cms-enveloping": { title: "Text: CMS with the document", lead: "The document is inside the signature file." },
    pkcs1: { title: "Text: PKCS #1", lead: "The bare signature value. It says neither who signed nor when." },
    jws: { title: "Form (JSON): JWS", lead: "The form is inside the signature." },
    "jws-detached": { title: "Form (JSON): detached JWS", lead: "A JWS without its payload (RFC 7797)." },
    xmldsig: { title: "XML: XML signature", lead: "The signature stands inside the document." },
    xades: { title: "XML: XAdES with a timestamp", lead: "A timestamping authority vouches for the time." },
    "xades-detached": { title: "XML: detached XAdES", lead: "The signature refers to the document by its file name." },
    "egov-kousei": { title: "e-Gov's kousei.xml", lead: "One signature over kousei.xml and a form." },
    pades: { title: "PDF: PAdES, timestamp and stamp", lead: "A stamp is drawn at the lower right of page 1." },
    "moj-pdf": { title: "PDF: registry and deposit offices", lead: "As the Ministry of Justice asks for it." },
    image: { title: "Picture: CAdES", lead: "The window shows the picture." },
    several: { title: "Ten documents, many formats", lead: "Check each of the ten; the PIN is typed once." },
    "unknown-type": { title: "A file of unknown type: CAdES", lead: "It can't be shown, and the window says so." },
    digest: {
      title: "A digest: CAdES",
      lead: "A document that the resident can't see. Only sites that were approved for it may ask.",
    },
    attributes: {
      title: "Reading name, address, date of birth, sex",
      lead: "What the certificate says, with a proof for the server.",
    },
  },
  attributes: { name: "Name", address: "Address", birthDate: "Date of birth", sex: "Sex" },
};
