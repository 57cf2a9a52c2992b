import { SIGNING_FORMATS } from "../../../shared/protocol/signing-formats.ts";
import { hasComments } from "../../document-view/xml-lines.ts";
import { text } from "../../locales/text.tsx";
import type { WindowDocument } from "../ceremony-state.ts";
import { useWindow } from "../window-context.ts";
import { Note } from "./note.tsx";

/** What the signature does that the document itself does not show. */
function SignatureNotes({ document }: { document: WindowDocument }) {
  const { state } = useWindow();
  const { format, pdf, partOf } = document;
  const timestamped =
    state.request?.operation === "sign" && state.request.timestamp && SIGNING_FORMATS[format.format].timestamp;
  return (
    <>
      {pdf?.stamp && (
        <Note tone="info">
          <p>{text("document.stamp", { page: pdf.stamp.page })}</p>
        </Note>
      )}
      {timestamped && partOf === undefined && (
        <Note tone="info">
          <p>{text("document.timestamp")}</p>
        </Note>
      )}
    </>
  );
}

/** XML Signature 1.1, 4.4.3.3: a reference to the document itself leaves its comments out. */
const leavesOutComments = ({ format, partOf }: WindowDocument): boolean =>
  (format.format === "xmldsig" || format.format === "xades") && format.packaging !== "detached" && partOf === undefined;

/** All that has to be known before the document is read. */
export function DocumentNotes({ document }: { document: WindowDocument }) {
  const { received, opened } = document;
  const content = received?.content;
  const marks = content && "marks" in content ? content.marks : 0;
  return (
    <>
      {content?.kind === "text" && content.notAForm === true && (
        <Note tone="warn">
          <p>{text("document.not-a-form")}</p>
        </Note>
      )}
      {marks > 0 && (
        <Note tone="warn">
          <p>{text("document.marks", { count: marks })}</p>
        </Note>
      )}
      {opened?.covered && (
        <Note tone="warn">
          <p>{text("document.xml.partial")}</p>
        </Note>
      )}
      {content?.kind === "xml" && leavesOutComments(document) && hasComments(content.document) && (
        <Note tone="warn">
          <p>{text("document.xml.comments")}</p>
        </Note>
      )}
      <SignatureNotes document={document} />
    </>
  );
}
