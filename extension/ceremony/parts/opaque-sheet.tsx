import type { OpaqueReason } from "../../document-view/document-content.ts";
import { timeLeft } from "../../document-view/time-left.ts";
import { formatBytes, plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { TextKey } from "../../locales/text-types.ts";
import type { WindowDocument } from "../ceremony-state.ts";
import { useWindow } from "../window-context.ts";
import { DocumentOutside } from "./document-outside.tsx";
import { Note } from "./note.tsx";

/** Why a document is not shown: what was found in its octets, or what happened when it was to be drawn. */
export type Hidden = Exclude<OpaqueReason, "digest"> | "image" | "pdf";

/** A document of which nobody here sees the content: its outside, and a plain warning. */
export function OpaqueSheet(props: {
  document: WindowDocument;
  reason: Hidden;
  detail?: Extract<TextKey, `document.pdf.${"broken" | "encrypted" | "silent"}`> | undefined;
}) {
  return (
    <div class="sheet stack">
      <Note tone="warn" title={text("document.opaque.title")}>
        <p>
          {text(`document.opaque.${props.reason}`)}
          {props.detail !== undefined && <> {text(props.detail)}</>}
        </p>
        <p>
          <b>{text("document.opaque.known")}</b>
        </p>
      </Note>
      <DocumentOutside document={props.document} />
    </div>
  );
}

/** Blind signing: a digest in place of a document, said in plain words. */
export function BlindSheet({ document }: { document: WindowDocument }) {
  const { site } = useWindow();
  return (
    <div class="sheet stack">
      <Note tone="bad" title={text("document.blind.title")}>
        <p>{text("document.blind.text", { site })}</p>
        <p>
          <b>{text("document.blind.advice")}</b>
        </p>
      </Note>
      <DocumentOutside document={document} />
    </div>
  );
}

/** A document that is still on its way, with the time that the rest will take. */
export function ArrivingSheet({ document }: { document: WindowDocument }) {
  const { language } = useSpeech();
  const { size, progress, delivery } = document;
  const left = timeLeft(progress, size);
  const octets = { done: formatBytes(progress.octets), total: formatBytes(size) };
  return (
    <div class="sheet stack">
      <p>{text("document.loading")}</p>
      {size > 0 && (
        <div class="progress">
          <progress
            aria-label={plain(language, "document.progress")}
            aria-valuetext={plain(language, "document.progress.octets", octets)}
            max={size}
            value={progress.octets}
          />
          <p class="row between">
            <span>{text("document.progress.octets", octets)}</span>
            {left && (
              <b>
                {left.unit === "soon"
                  ? text("document.progress.soon")
                  : text(`document.progress.${left.unit}`, { count: left.count })}
              </b>
            )}
          </p>
        </div>
      )}
      {delivery === "streamed" && (
        <>
          <p>{text("document.opaque.streamed")}</p>
          <p class="small">{text("document.progress.cancel")}</p>
        </>
      )}
    </div>
  );
}
