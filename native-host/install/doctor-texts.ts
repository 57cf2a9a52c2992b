import type { FindingCode } from "./finding.ts";

/** What is found, and what to do about it. `{subject}` and `{count}` are filled in. */
export interface FindingText {
  readonly sentence: string;
  readonly step?: string;
}

/** The doctor speaks these. */
export type DoctorLanguage = "ja" | "en";

const INSTALL_JA = "kodo-hostctl install を実行してください。";
const INSTALL_EN = "Run: kodo-hostctl install";

/** The doctor's sentences; a finding without both does not compile. */
export const DOCTOR_TEXTS: Readonly<Record<DoctorLanguage, Readonly<Record<FindingCode, FindingText>>>> = {
  en: {
    "node-ok": { sentence: "Node.js {subject} runs the host." },
    "node-old": { sentence: "Node.js {subject} is too old.", step: "Install Node.js 20 or newer, then install again." },
    "host-ok": { sentence: "The host is here: {subject}" },
    "host-missing": { sentence: "The host's file is missing: {subject}", step: "Unpack or build Kodo again." },
    "launcher-ok": { sentence: "The launcher starts the host: {subject}" },
    "launcher-missing": { sentence: "The host is not installed for the browsers.", step: INSTALL_EN },
    "launcher-not-executable": { sentence: "The launcher may not be started: {subject}", step: INSTALL_EN },
    "launcher-outdated": { sentence: "The launcher names files that are gone: {subject}", step: INSTALL_EN },
    "launcher-fails": {
      sentence: "The launcher runs, but the host does not start: {subject}",
      step: "Start the launcher with --version and read what it says.",
    },
    "manifest-ok": { sentence: "{subject} knows the host." },
    "manifest-missing": { sentence: "{subject} does not know the host.", step: INSTALL_EN },
    "manifest-unreadable": { sentence: "The host manifest can't be understood. {subject}", step: INSTALL_EN },
    "manifest-other-extension": { sentence: "The host manifest does not name Kodo. {subject}", step: INSTALL_EN },
    "manifest-other-launcher": { sentence: "{subject} looks for the host where it is not.", step: INSTALL_EN },
    "browser-none": {
      sentence: "No supported browser was found.",
      step: "Install Chromium, Chrome, Edge, Brave or Firefox.",
    },
    "browser-sandboxed": {
      sentence: "There is a {subject} from snap or Flatpak. Such a browser may not start programs like the host.",
      step: "Use a {subject} that was installed as an ordinary package.",
    },
    "virtual-card": {
      sentence: "The host was installed with the virtual card: {subject}",
      step: "For real cards, run kodo-hostctl install without --virtual-card.",
    },
    "pcsc-ok": { sentence: "The smart card service (PC/SC) runs." },
    "pcsc-unavailable": {
      sentence: "The smart card service (PC/SC) does not answer.",
      step: "Linux: install pcscd and start it (systemctl enable --now pcscd.socket). Windows: start the service Smart Card.",
    },
    "reader-ok": { sentence: "Card reader: {subject}" },
    "reader-none": { sentence: "No card reader is connected.", step: "Plug in the card reader." },
    "card-ok": { sentence: "A My Number Card lies on the reader: {subject}" },
    "card-none": { sentence: "No card lies on a reader.", step: "Put the My Number Card on the reader." },
    "card-unresponsive": {
      sentence: "The card does not answer: {subject}",
      step: "Take the card off, and put it on again straight and flat.",
    },
    "card-busy": { sentence: "Another program uses the card: {subject}", step: "Close the other program." },
    "card-unsupported": {
      sentence: "This card is no My Number Card with electronic certificates: {subject}",
      step: "Put the My Number Card on the reader.",
    },
    "attempts-authentication": { sentence: "Login PIN (4 digits): {count} tries left." },
    "attempts-signing": { sentence: "Signing password (6 to 16 characters): {count} tries left." },
    "blocked-authentication": {
      sentence: "The login PIN (4 digits) is blocked.",
      step: "It can be reset at the counter of the municipality.",
    },
    "blocked-signing": {
      sentence: "The signing password (6 to 16 characters) is blocked.",
      step: "It can be reset at the counter of the municipality, or with the login PIN at a convenience store.",
    },
    "signing-missing": { sentence: "The card has no certificate for signing (as with children under 15)." },
    "card-test": { sentence: "TEST CARD: its certificates are of a test authority." },
    "card-real": { sentence: "The card is not one of our test cards." },
  },
  ja: {
    "node-ok": { sentence: "Node.js {subject} でホストを動かせます。" },
    "node-old": {
      sentence: "Node.js {subject} は古すぎます。",
      step: "Node.js 20 以降を入れてから、もう一度インストールしてください。",
    },
    "host-ok": { sentence: "ホストのファイルがあります: {subject}" },
    "host-missing": {
      sentence: "ホストのファイルがありません: {subject}",
      step: "公道 (Kodo) を展開し直すか、ビルドし直してください。",
    },
    "launcher-ok": { sentence: "起動用ファイルからホストが起動します: {subject}" },
    "launcher-missing": { sentence: "ホストがブラウザ用にインストールされていません。", step: INSTALL_JA },
    "launcher-not-executable": { sentence: "起動用ファイルを実行する権限がありません: {subject}", step: INSTALL_JA },
    "launcher-outdated": { sentence: "起動用ファイルが、もうないファイルを指しています: {subject}", step: INSTALL_JA },
    "launcher-fails": {
      sentence: "起動用ファイルは動きますが、ホストが起動しません: {subject}",
      step: "起動用ファイルに --version を付けて実行し、表示を確かめてください。",
    },
    "manifest-ok": { sentence: "{subject} にホストが登録されています。" },
    "manifest-missing": { sentence: "{subject} にホストが登録されていません。", step: INSTALL_JA },
    "manifest-unreadable": { sentence: "ホストの登録ファイルを読み取れません。{subject}", step: INSTALL_JA },
    "manifest-other-extension": {
      sentence: "ホストの登録ファイルに公道 (Kodo) の拡張機能がありません。{subject}",
      step: INSTALL_JA,
    },
    "manifest-other-launcher": { sentence: "{subject} の登録先にホストがありません。", step: INSTALL_JA },
    "browser-none": {
      sentence: "対応するブラウザが見つかりません。",
      step: "Chromium、Chrome、Edge、Brave、Firefox のいずれかを入れてください。",
    },
    "browser-sandboxed": {
      sentence: "snap または Flatpak の {subject} があります。この形のブラウザは、ホストを起動できないことがあります。",
      step: "通常のパッケージで入れた {subject} を使ってください。",
    },
    "virtual-card": {
      sentence: "ホストは仮想カードを使う設定です: {subject}",
      step: "本物のカードを使うときは、--virtual-card を付けずに kodo-hostctl install を実行してください。",
    },
    "pcsc-ok": { sentence: "スマートカードのサービス (PC/SC) が動いています。" },
    "pcsc-unavailable": {
      sentence: "スマートカードのサービス (PC/SC) が応答しません。",
      step: "Linux では pcscd を入れて起動してください (systemctl enable --now pcscd.socket)。Windows では「Smart Card」サービスを開始してください。",
    },
    "reader-ok": { sentence: "カードリーダー: {subject}" },
    "reader-none": {
      sentence: "カードリーダーがつながっていません。",
      step: "カードリーダーをパソコンにつないでください。",
    },
    "card-ok": { sentence: "マイナンバーカードが置かれています: {subject}" },
    "card-none": {
      sentence: "カードが置かれていません。",
      step: "マイナンバーカードをカードリーダーに置いてください。",
    },
    "card-unresponsive": {
      sentence: "カードが応答しません: {subject}",
      step: "カードをいったん外し、まっすぐ平らに置き直してください。",
    },
    "card-busy": {
      sentence: "ほかのプログラムがカードを使っています: {subject}",
      step: "そのプログラムを終了してください。",
    },
    "card-unsupported": {
      sentence: "電子証明書の入ったマイナンバーカードではありません: {subject}",
      step: "マイナンバーカードをカードリーダーに置いてください。",
    },
    "attempts-authentication": {
      sentence: "利用者証明用電子証明書の暗証番号 (数字4桁): 残り {count} 回入力できます。",
    },
    "attempts-signing": { sentence: "署名用電子証明書の暗証番号 (6～16文字): 残り {count} 回入力できます。" },
    "blocked-authentication": {
      sentence: "利用者証明用電子証明書の暗証番号 (数字4桁) がロックされています。",
      step: "お住まいの市区町村の窓口で初期化できます。",
    },
    "blocked-signing": {
      sentence: "署名用電子証明書の暗証番号 (6～16文字) がロックされています。",
      step: "お住まいの市区町村の窓口、またはコンビニ (数字4桁の暗証番号が必要です) で初期化できます。",
    },
    "signing-missing": { sentence: "署名用電子証明書が入っていません (15歳未満の方のカードなど)。" },
    "card-test": { sentence: "テスト用カードです。電子証明書はテスト用の認証局のものです。" },
    "card-real": { sentence: "公道 (Kodo) のテスト用カードではありません。" },
  },
};
