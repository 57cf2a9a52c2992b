import { visibleRuns, type VisibleRun } from "./visible-text.ts";

/** One line of a form: both texts exactly as they stand in the file. */
export interface FormRow {
  readonly label: readonly VisibleRun[];
  readonly value: readonly VisibleRun[];
}

/** A form JSON, read (docs/form-json.md). */
export interface JsonForm {
  readonly title: readonly VisibleRun[];
  readonly rows: readonly FormRow[];
}

/** The word by which a file says that it is a form of this version. */
const FORM = "kodo:1";

/** Limits of docs/form-json.md, in code points and rows. */
const LIMITS = { title: 200, label: 200, value: 20_000, rows: 1_000 };

/** Thrown inside this file alone. */
class NotAForm extends Error {}

/** A JSON string token's value (RFC 8259, 7). */
function parsedString(token: string): string | undefined {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads tokens in the one order that a form has. A general parser would hide what this must see: a member that comes twice, one that
 * is too many, the order of all.
 */
class FormReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #skipSpace(): void {
    while (" \t\r\n".includes(this.#text[this.#at] ?? "end")) this.#at += 1;
  }

  /** A structural character, and the white space around it. */
  take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    this.#skipSpace();
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) throw new NotAForm();
  }

  string(limit: number): string {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === "\\" ? 2 : 1;
    const token = this.#text.slice(this.#at, end + 1);
    this.#at = end + 1;
    const value = token.startsWith('"') ? parsedString(token) : undefined;
    if (value === undefined || !value.isWellFormed() || Array.from(value).length > limit) throw new NotAForm();
    return value;
  }

  /** The name of the member that must stand here. */
  member(name: string): void {
    if (this.string(name.length) !== name) throw new NotAForm();
    this.expect(":");
  }

  end(): void {
    if (this.#at !== this.#text.length) throw new NotAForm();
  }
}

function readRows(reader: FormReader): FormRow[] {
  const rows: FormRow[] = [];
  do {
    if (rows.length === LIMITS.rows) throw new NotAForm();
    reader.expect("{");
    reader.member("label");
    const label = reader.string(LIMITS.label);
    reader.expect(",");
    reader.member("value");
    const value = reader.string(LIMITS.value);
    reader.expect("}");
    if (label.trim() === "") throw new NotAForm();
    rows.push({ label: visibleRuns(label, false), value: visibleRuns(value, true) });
  } while (reader.take(","));
  return rows;
}

/**
 * Reads a form JSON, the whole file: exactly the members of docs/form-json.md, in their order, each once, strings alone. `undefined`
 * when anything else stands in it, because a table would hide that.
 */
export function readForm(text: string): JsonForm | undefined {
  const reader = new FormReader(text);
  try {
    reader.expect("{");
    reader.member("form");
    if (reader.string(FORM.length) !== FORM) throw new NotAForm();
    reader.expect(",");
    reader.member("title");
    const title = reader.string(LIMITS.title);
    if (title.trim() === "") throw new NotAForm();
    reader.expect(",");
    reader.member("fields");
    reader.expect("[");
    const rows = readRows(reader);
    reader.expect("]");
    reader.expect("}");
    reader.end();
    return { title: visibleRuns(title, false), rows };
  } catch (error) {
    if (error instanceof NotAForm) return undefined;
    throw error;
  }
}

/** Whether a JSON text says of itself that it is a form, of whatever version, so that one that is none is told apart. */
export const claimsToBeForm = (text: string, parsed: unknown): boolean =>
  /"form"\s*:\s*"kodo:/.test(text) ||
  (typeof parsed === "object" && parsed !== null && "form" in parsed && String(parsed.form).startsWith("kodo:"));
