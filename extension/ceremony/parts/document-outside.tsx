import type { ComponentChildren } from "preact";
import { LIMITS } from "../../../shared/limits.ts";
import type { ResolvedFormat } from "../../../shared/protocol/signing-formats.ts";
import { groupDigest } from "../../document-view/document-content.ts";
import { formatBytes } from "../../locales/languages.ts";
import { text } from "../../locales/text.tsx";
import type { TextKey } from "../../locales/text-types.ts";
import type { WindowDocument } from "../ceremony-state.ts";
import { SiteWords } from "./words.tsx";

type PlainLabel = Extract<
  TextKey,
  | `document.${"type" | "size" | "format" | "digest" | "pixels" | "reason" | "location" | "field" | "target"}`
  | "document.encoding.label"
>;

function Row({ label, children }: { label: PlainLabel; children: ComponentChildren }) {
  return (
    <>
      <dt>{text(label)}</dt>
      {children}
    </>
  );
}

/** Words of the site where it gave some. */
function WordsRow({ label, words }: { label: PlainLabel; words: string | undefined }) {
  if (words === undefined || words === "") return null;
  return (
    <Row label={label}>
      <dd>
        <SiteWords words={words} limit={LIMITS.optionCharacters} />
      </dd>
    </Row>
  );
}

const formatName = ({ format, packaging, profile }: ResolvedFormat): string =>
  `${format}, ${packaging}${profile === undefined ? "" : `, ${profile}`}`;

/** The document's outside: what it says it is, how big it is, what it becomes, and the digest of its octets. */
export function DocumentOutside({ document }: { document: WindowDocument }) {
  const { type, size, format, received, delivery, pdf, xml } = document;
  const content = received?.content;
  const encoding =
    content?.kind === "xml"
      ? content.document.encoding
      : content && "encoding" in content
        ? content.encoding
        : undefined;
  return (
    <dl class="meta">
      <Row label="document.type">
        <dd>
          {type === "" ? text("document.type.unknown") : <SiteWords words={type} limit={LIMITS.mediaTypeCharacters} />}
        </dd>
      </Row>
      {encoding !== undefined && (
        <Row label="document.encoding.label">
          <dd lang="en">{encoding}</dd>
        </Row>
      )}
      {content?.kind === "image" && (
        <Row label="document.pixels">
          <dd lang="en">{`${content.width} × ${content.height}`}</dd>
        </Row>
      )}
      {delivery !== "digest" && (
        <Row label="document.size">
          <dd lang="en">{formatBytes(size)}</dd>
        </Row>
      )}
      <Row label="document.format">
        <dd lang="en">{formatName(format)}</dd>
      </Row>
      <WordsRow label="document.target" words={xml?.target} />
      <WordsRow label="document.field" words={pdf?.field} />
      <WordsRow label="document.reason" words={pdf?.reason} />
      <WordsRow label="document.location" words={pdf?.location} />
      {received && (
        <Row label="document.digest">
          <dd class="mono" lang="en">
            {groupDigest(received.digest)}
          </dd>
        </Row>
      )}
    </dl>
  );
}
