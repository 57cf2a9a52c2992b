import { DocumentFault } from "../../../formats/document-fault.ts";
import { Refusal } from "../../verdict/failure.ts";

/** What the reader of PDF threw, as a refusal; a refusal stays as it is, and what is neither is thrown on. */
export function pdfRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (!(thrown instanceof DocumentFault)) throw thrown;
  const { code, detail } = thrown;
  if (detail.startsWith("reading it takes too much")) return new Refusal("too-large", detail);
  return new Refusal(code === "document-broken" ? "file-broken" : "file-unsupported", detail);
}
