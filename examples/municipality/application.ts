import { randomInt } from "node:crypto";

/** The fields of the form, in their order; all of them are asked for. */
export const FIELDS = ["applicant", "address", "phone", "child", "childBirth", "account"] as const;
/** One of {@link FIELDS}. */
export type Field = (typeof FIELDS)[number];

/** What was filled in. */
export type Answers = Readonly<Record<Field, string>>;

const FIELD_CHARACTERS = 120;

const LABELS: Readonly<Record<Field, string>> = {
  applicant: "申請者の氏名",
  address: "住所",
  phone: "電話番号",
  child: "お子さんの氏名",
  childBirth: "お子さんの生年月日",
  account: "振込先",
};

/** An application, ready to be signed. */
export interface Application {
  /** Stands in the document too, so that a signature can't be used for another application. */
  readonly number: string;
  readonly name: string;
  /** What the resident reads and signs, and what the server keeps: the same octets. */
  readonly document: Uint8Array;
}

/** Reads what the form sent. `wrong` names the fields that are empty, too long, no date, or hold control characters. */
export function readAnswers(form: URLSearchParams): { answers: Answers; wrong: readonly Field[] } {
  const entries = FIELDS.map((field) => [field, (form.get(field) ?? "").trim()] as const);
  const answers = Object.fromEntries(entries) as Answers;
  const isWrong = (field: Field): boolean => {
    const value = answers[field];
    if (value === "" || Array.from(value).length > FIELD_CHARACTERS || /\p{Cc}/u.test(value)) return true;
    return field === "childBirth" && !isDate(value);
  };
  return { answers, wrong: FIELDS.filter(isWrong) };
}

/** Makes the document: plain text, because that is what the resident's own window shows as it stands, letter for letter. */
export function makeApplication(answers: Answers, now: Date): Application {
  const day = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "long", timeZone: "Asia/Tokyo" });
  const number = Array.from({ length: 3 }, () => String(randomInt(10_000)).padStart(4, "0")).join("-");
  const values: Answers = { ...answers, childBirth: day.format(new Date(`${answers.childBirth}T00:00:00+09:00`)) };
  const lines = [
    "子育て応援給付金 申請書",
    "",
    "青空市長 あて",
    "",
    `申請番号：${number}`,
    `申請日：${day.format(now)}`,
    "",
    ...FIELDS.map((field) => `${LABELS[field]}：${values[field]}`),
    "",
    "給付の額：50,000円",
    "",
    "上記のとおり申請します。受給資格を確かめるため、市が世帯の情報を確認することに同意します。",
  ];
  const document = new TextEncoder().encode(`${lines.join("\n")}\n`);
  return { number, name: "子育て応援給付金 申請書.txt", document };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
