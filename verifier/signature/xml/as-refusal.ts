import { DocumentFault } from "../../../formats/document-fault.ts";
import { Refusal } from "../../verdict/failure.ts";

/** What the readers of `formats/` throw, as a refusal of what they read. Anything else is a fault of ours and is thrown on. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown;
  if (thrown instanceof DocumentFault)
    return new Refusal(thrown.code === "document-unsupported" ? "file-unsupported" : "file-broken", thrown.detail);
  if (thrown instanceof RangeError) return new Refusal("file-broken", thrown.message);
  throw thrown;
}
