import { useState } from "preact/hooks";
import { LIMITS } from "../../../shared/limits.ts";
import { formatBytes, plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { WindowDocument } from "../ceremony-state.ts";
import { groupDigest } from "../document-content.ts";
import { Icon } from "./icon.tsx";
import { Runs, SiteWords } from "./words.tsx";

const SIZES = ["normal", "large", "largest"] as const;
type TextSize = (typeof SIZES)[number];

/** The document's outside: what it says it is, how big it is, and the digest that will be signed. */
function Outside({ document }: { document: WindowDocument }) {
  const content = document.received?.content;
  return (
    <dl class="meta">
      <dt>{text("document.type")}</dt>
      <dd>
        {document.type === "" ? (
          text("document.type.unknown")
        ) : (
          <SiteWords words={document.type} limit={LIMITS.mediaTypeCharacters} />
        )}
      </dd>
      {content?.kind === "text" && (
        <>
          <dt>{text("document.encoding.label")}</dt>
          <dd lang="en">{content.encoding}</dd>
        </>
      )}
      <dt>{text("document.size")}</dt>
      <dd lang="en">{formatBytes(document.size)}</dd>
      <dt>{text("document.format")}</dt>
      <dd lang="en">{document.format}</dd>
      <dt>{text("document.digest")}</dt>
      <dd class="mono" lang="en">
        {groupDigest(document.received?.digest ?? "")}
      </dd>
    </dl>
  );
}

function Sheet({ document }: { document: WindowDocument }) {
  const content = document.received?.content;
  if (!content) return <p class="sheet">{text("document.loading")}</p>;
  if (content.kind === "opaque") {
    return (
      <div class="sheet stack">
        <div class="note warn">
          <Icon name="warn" />
          <div>
            <h2>{text("document.opaque.title")}</h2>
            <p>{text("document.opaque.text")}</p>
          </div>
        </div>
        <Outside document={document} />
      </div>
    );
  }
  return (
    <article class="sheet">
      <pre class="plain-text" dir="auto">
        <Runs runs={content.runs} />
      </pre>
      <p class="end">{text("document.end")}</p>
    </article>
  );
}

function SizeChoice({ size, onChange }: { size: TextSize; onChange: (size: TextSize) => void }) {
  const { language } = useSpeech();
  return (
    <fieldset class="sizes">
      <legend class="vh">{plain(language, "document.sizes")}</legend>
      <span aria-hidden="true">{text("document.sizes")}</span>
      <span class="set">
        {SIZES.map((name) => (
          <label key={name}>
            <input type="radio" name="size" checked={name === size} onChange={() => onChange(name)} />
            {text(`document.size.${name}`)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

/** Every document of the request, one under the other, as exactly the octets that will be signed. */
export function DocumentView({ documents }: { documents: readonly WindowDocument[] }) {
  const { language } = useSpeech();
  const [size, setSize] = useState<TextSize>("normal");
  const isText = documents.some((document) => document.received?.content.kind === "text");
  return (
    <section class={`paper text-${size}`} tabIndex={0} aria-label={plain(language, "document.label")}>
      {documents.map((document, index) => (
        <div class="stack" key={index}>
          <div class="toolbar">
            <p class="small">
              {documents.length > 1 && (
                <span class="caption">{text("document.number", { at: index + 1, total: documents.length })} </span>
              )}
              <b>
                <SiteWords words={document.name} limit={LIMITS.documentNameCharacters} />
              </b>
              {document.received?.content.kind === "text" && (
                <span class="caption">
                  {" "}
                  {text("document.encoding", { encoding: document.received.content.encoding })}
                </span>
              )}
            </p>
            {index === 0 && isText && <SizeChoice size={size} onChange={setSize} />}
          </div>
          {document.received?.content.kind === "text" && document.received.content.marks > 0 && (
            <div class="note warn slim">
              <Icon name="warn" />
              <p>{text("document.marks", { count: document.received.content.marks })}</p>
            </div>
          )}
          <Sheet document={document} />
        </div>
      ))}
    </section>
  );
}

/** The outside of every text document, behind a word, for those who compare digests. */
export function DocumentDetails({ documents }: { documents: readonly WindowDocument[] }) {
  const shown = documents.filter((document) => document.received?.content.kind === "text");
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>{text("document.details")}</summary>
      {shown.map((document, index) => (
        <Outside key={index} document={document} />
      ))}
    </details>
  );
}
