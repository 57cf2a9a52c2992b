import { text } from "../locales/text.tsx";
import type { DocumentContent } from "./document-content.ts";
import type { FormRow } from "./json-form.ts";
import { Runs } from "./visible-runs.tsx";

const isBlank = ({ value }: FormRow): boolean => value.every((run) => run.kind === "text" && run.text.trim() === "");

/** A form JSON as a table of two columns: everything that stands in the file, in its order. */
export function FormView({ content }: { content: Extract<DocumentContent, { kind: "form" }> }) {
  return (
    <table class="form" dir="auto">
      <caption>
        <Runs runs={content.title} />
      </caption>
      <tbody>
        {content.rows.map((row, index) => (
          <tr key={index}>
            <th scope="row">
              <Runs runs={row.label} />
            </th>
            <td>
              {isBlank(row) ? <span class="blank">{text("document.form.blank")}</span> : <Runs runs={row.value} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
