import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimsToBeForm, readForm } from "./json-form.ts";

const FIELDS = [
  { label: "申請者の氏名", value: "道野 遥" },
  { label: "同意", value: "" },
];
const form = { form: "kodo:1", title: "給付金 申請書", fields: FIELDS };
const FORM = JSON.stringify(form);
const plain = (runs: readonly { kind: string; text?: string }[] | undefined): string =>
  (runs ?? []).map((run) => run.text ?? "?").join("");

describe("a form JSON", () => {
  it.each([FORM, JSON.stringify(form, undefined, 2), `\r\n\t${FORM} \n`])("is read: %j", (text) => {
    const read = readForm(text);
    expect(plain(read?.title)).toBe("給付金 申請書");
    expect(read?.rows.map(({ label, value }) => [plain(label), plain(value)])).toEqual([
      ["申請者の氏名", "道野 遥"],
      ["同意", ""],
    ]);
  });

  it("has its escapes decoded, hidden characters marked, and line ends in values alone", () => {
    const read = readForm(
      '{"form":"kodo:1","title":"a\\nb","fields":[{"label":"\\u200b1","value":"1\\n\\u5186\\"\\ud842\\udfb7"}]}',
    );
    expect(read?.title).toContainEqual({ kind: "mark", code: "U+000A" });
    expect(read?.rows[0]?.label).toContainEqual({ kind: "mark", code: "U+200B" });
    expect(read?.rows[0]?.value).toEqual([{ kind: "text", text: '1\n円"𠮷' }]);
  });

  const swap = (from: string, to: string): string => FORM.replace(from, to);
  it.each<[string, string]>([
    ["a member too many", swap('"title"', '"note":"","title"')],
    ["a member too many at the end", `${FORM.slice(0, -1)},"note":""}`],
    ["a member too many in a field", swap('"value"', '"hint":"","value"')],
    ["a member twice", swap('"title"', '"title":"another","title"')],
    ["a label twice", swap('"label"', '"label":"another","label"')],
    ["another order", JSON.stringify({ title: "a", form: "kodo:1", fields: FIELDS })],
    ["a number as a value", swap('"道野 遥"', "1000")],
    ["an unknown version", swap("kodo:1", "kodo:2")],
    ["no field", JSON.stringify({ ...form, fields: [] })],
    ["no label", JSON.stringify({ ...form, fields: [{ label: " ", value: "1" }] })],
    ["no title", JSON.stringify({ ...form, title: "" })],
    ["something behind it", `${FORM}{}`],
    ["a byte order mark", `\uFEFF${FORM}`],
    ["a comment", `${FORM}// 1,000,000`],
    ["a comma too many", swap("]}", ",]}")],
    ["half a character", swap("道野", "\\ud800")],
    ["a bare line end in a string", swap("道野", "道\n野")],
    ["a wrong escape", swap("道野", "\\x41")],
    ["an endless string", FORM.slice(0, 30)],
    ["a title that is too long", JSON.stringify({ ...form, title: "あ".repeat(201) })],
    ["a value that is too long", JSON.stringify({ ...form, fields: [{ label: "a", value: "あ".repeat(20_001) }] })],
    ["too many fields", JSON.stringify({ ...form, fields: Array.from({ length: 1_001 }, () => FIELDS[0]) })],
  ])("is none with %s", (_, text) => {
    expect(readForm(text)).toBeUndefined();
  });

  it("shows every string of the file, whatever the strings are", () => {
    const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(
        words,
        fc.array(fc.record({ label: words, value: fc.string({ unit: "grapheme" }) }), { minLength: 1 }),
        (title, fields) => {
          const read = readForm(JSON.stringify({ form: "kodo:1", title, fields }));
          const shown = (runs: readonly { kind: string; text?: string; code?: string }[]): string =>
            runs.map((run) => run.text ?? String.fromCodePoint(Number.parseInt(run.code?.slice(2) ?? "", 16))).join("");
          expect(shown(read?.title ?? [])).toBe(title);
          expect(read?.rows.map(({ label }) => shown(label))).toEqual(fields.map(({ label }) => label));
          expect(read?.rows.map(({ value }) => shown(value))).toEqual(
            fields.map(({ value }) => value.replaceAll("\r\n", "\n")),
          );
        },
      ),
    );
  });

  it("is told apart from other JSON by what it says", () => {
    expect(claimsToBeForm(FORM, form)).toBe(true);
    expect(claimsToBeForm('{"f\\u006frm":"kodo:9"}', { form: "kodo:9" })).toBe(true);
    expect(claimsToBeForm('{"form":"kodo:1","form":"x"}', { form: "x" })).toBe(true);
    expect(claimsToBeForm('{"form":"a"}', { form: "a" })).toBe(false);
    expect(claimsToBeForm("null", null)).toBe(false);
  });
});
