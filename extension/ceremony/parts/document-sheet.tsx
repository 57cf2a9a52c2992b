import { useState } from "preact/hooks";
import { LIMITS } from "../../../shared/limits.ts";
import { FormView } from "../../document-view/form-view.tsx";
import { ImageView } from "../../document-view/image-view.tsx";
import { TextView } from "../../document-view/text-view.tsx";
import { limitWords } from "../../document-view/visible-text.ts";
import { XmlView } from "../../document-view/xml-view.tsx";
import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { WindowDocument } from "../ceremony-state.ts";
import { ArrivingSheet, BlindSheet, OpaqueSheet } from "./opaque-sheet.tsx";
import { PdfSheet } from "./pdf-sheet.tsx";
import type { TextSize } from "./size-choice.tsx";

/** The content itself, by its kind. */
function Content({ document }: { document: WindowDocument }) {
  const content = document.received?.content;
  switch (content?.kind) {
    case "text":
      return <TextView content={content} covered={document.opened?.covered} />;
    case "form":
      return <FormView content={content} />;
    case "xml":
      return <XmlView document={content.document} covered={document.opened?.covered} />;
    default:
      return null;
  }
}

function ImageSheet({ document, width, height }: { document: WindowDocument; width: number; height: number }) {
  const { language } = useSpeech();
  const [broken, setBroken] = useState(false);
  const bytes = document.received?.bytes;
  if (broken || !bytes) return <OpaqueSheet document={document} reason="image" />;
  const name = limitWords(document.name, LIMITS.documentNameCharacters);
  return (
    <article class="sheet">
      <ImageView
        bytes={bytes}
        type={document.type}
        width={width}
        height={height}
        label={plain(language, "document.image.alt", { name })}
        onBroken={() => setBroken(true)}
      />
      <p class="end">{text("document.end")}</p>
    </article>
  );
}

/** One document as exactly the octets that will be signed, or why it can't be shown. */
export function DocumentSheet({ document, textSize }: { document: WindowDocument; textSize: TextSize }) {
  const { received } = document;
  if (!received) return document.delivery === "digest" ? null : <ArrivingSheet document={document} />;
  const { content, bytes } = received;
  switch (content.kind) {
    case "opaque":
      return content.reason === "digest" ? (
        <BlindSheet document={document} />
      ) : (
        <OpaqueSheet document={document} reason={content.reason} />
      );
    case "pdf":
      return bytes ? <PdfSheet document={document} bytes={bytes} textSize={textSize} /> : null;
    case "image":
      return <ImageSheet document={document} width={content.width} height={content.height} />;
    case "text":
    case "form":
    case "xml":
      return (
        <article class="sheet">
          <Content document={document} />
          <p class="end">{text("document.end")}</p>
        </article>
      );
  }
}
