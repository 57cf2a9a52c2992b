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

const AGREEMENT = "上記のとおり申請します。受給資格を確かめるため、市が世帯の情報を確認することに同意します。";

/** A line of the application: what is asked, and what was answered. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

/** An application, ready to be signed. */
export interface Application {
  /** Stands in the document too, so that a signature can't be used for another application. */
  readonly number: string;
  readonly name: string;
  /** What stands in the document, for the page that shows it before. */
  readonly title: string;
  readonly lines: readonly Line[];
  /** What the resident reads and signs, and what the server keeps: the same octets. */
  readonly document: Uint8Array;
}

/** Reads what the form sent. `wrong` names the fields that are empty, too long, no date, or hold control characters. */
export function readAnswers(form: URLSearchParams): { answers: Answers; wrong: readonly Field[] } {
  // characters that nobody sees come along when text is pasted; in a document they would look like a trick
  const entries = FIELDS.map((field) => [field, (form.get(field) ?? "").replaceAll(/\p{Cf}/gu, "").trim()] as const);
  const answers = Object.fromEntries(entries) as Answers;
  const isWrong = (field: Field): boolean => {
    const value = answers[field];
    if (value === "" || Array.from(value).length > FIELD_CHARACTERS || /\p{Cc}/u.test(value)) return true;
    return field === "childBirth" && !isDate(value);
  };
  return { answers, wrong: FIELDS.filter(isWrong) };
}

/** Makes the document: a form in JSON (docs/form-json.md), because the resident's own window shows that as a table with nothing left out. */
export function makeApplication(answers: Answers, now: Date): Application {
  const day = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "long", timeZone: "Asia/Tokyo" });
  const number = Array.from({ length: 3 }, () => String(randomInt(10_000)).padStart(4, "0")).join("-");
  const values: Answers = { ...answers, childBirth: day.format(new Date(`${answers.childBirth}T00:00:00+09:00`)) };
  const title = "子育て応援給付金 申請書";
  const lines = [
    { label: "申請番号", value: number },
    { label: "申請日", value: day.format(now) },
    { label: "申請先", value: "青空市長" },
    ...FIELDS.map((field) => ({ label: LABELS[field], value: values[field] })),
    { label: "給付の額", value: "50,000円" },
    { label: "申請と同意", value: AGREEMENT },
  ];
  const text = JSON.stringify({ form: "kodo:1", title, fields: lines }, undefined, 2);
  return { number, name: `${title}.json`, title, lines, document: new TextEncoder().encode(`${text}\n`) };
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
