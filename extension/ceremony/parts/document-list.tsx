import { useLayoutEffect, useRef } from "preact/hooks";
import { LIMITS } from "../../../shared/limits.ts";
import { formatBytes, plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { TextKey } from "../../locales/text-types.ts";
import type { WindowDocument } from "../ceremony-state.ts";
import { useWindow } from "../window-context.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { SiteWords } from "./words.tsx";

function kindOf({ received, delivery }: WindowDocument): Extract<TextKey, `document.kind.${string}`> {
  if (delivery === "digest") return "document.kind.digest";
  return received ? `document.kind.${received.content.kind}` : "document.kind.loading";
}

/** In words, never by a colour alone. */
function State({ document, id }: { document: WindowDocument; id: string }) {
  const { ticked, seen } = document;
  return (
    <span id={id} class={ticked ? "state done" : "state"}>
      {ticked && <Icon name="check" />}
      {text(ticked ? "documents.checked" : seen ? "documents.seen" : "documents.unseen")}
    </span>
  );
}

function Item({ document, index }: { document: WindowDocument; index: number }) {
  const { state, showDocument, tickDocument, notify } = useWindow();
  const { name, size, delivery, partOf, seen, received, ticked } = document;
  const here = state.shown === index;
  const tick = (box: HTMLInputElement): void => {
    if (seen && received) {
      tickDocument(index, box.checked);
      return;
    }
    // nothing is ticked unseen: it is opened instead
    box.checked = false;
    notify(received ? "documents.open-first" : "documents.wait");
    showDocument(index);
  };
  return (
    <li class={`${here ? "here" : ""} ${partOf === undefined ? "" : "part"}`}>
      <input
        type="checkbox"
        id={`tick-${index}`}
        checked={ticked}
        aria-describedby={`state-${index}`}
        onChange={(event) => tick(event.currentTarget)}
      />
      <label for={`tick-${index}`}>
        <SiteWords words={name} limit={LIMITS.documentNameCharacters} />
        <span class="caption">
          {text(kindOf(document))}
          {delivery !== "digest" && <bdi lang="en"> {formatBytes(size)}</bdi>}
        </span>
        {partOf !== undefined && <span class="caption">{text("documents.part")}</span>}
      </label>
      <Button action="open-document" look="outline" small current={here} of={name} onPress={() => showDocument(index)}>
        {text(here ? "documents.here" : "documents.open")}
      </Button>
      <State document={document} id={`state-${index}`} />
    </li>
  );
}

/** Scrolls the list's own column, where it has one, and never the window: there the open document is what is looked at. */
function bringIntoSight(item: Element | undefined): void {
  const column = item?.closest(".side");
  if (!item || !column || column.scrollHeight <= column.clientHeight) return;
  const [inside, around] = [item.getBoundingClientRect(), column.getBoundingClientRect()];
  if (inside.top < around.top || inside.bottom > around.bottom) {
    column.scrollTop += inside.top - around.top - (around.height - inside.height) / 2;
  }
}

/** Every file of the request, in its order: to be opened, and then ticked. Files that belong to a document stand under it. */
export function DocumentList() {
  const { state } = useWindow();
  const { language } = useSpeech();
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => bringIntoSight(list.current?.children[state.shown]), [state.shown]);
  return (
    <ol ref={list} class="documents" aria-label={plain(language, "documents.label")}>
      {state.documents.map((document, index) => (
        <Item key={index} document={document} index={index} />
      ))}
    </ol>
  );
}
