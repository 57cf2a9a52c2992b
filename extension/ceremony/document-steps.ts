import { LIMITS } from "../../shared/limits.ts";
import type { CeremonyRequest } from "../../shared/protocol/ceremony-messages.ts";
import { isByDigest, resolveFormat, type ResolvedFormat } from "../../shared/protocol/signing-formats.ts";
import { FAULT_ENDINGS } from "../../shared/errors.ts";
import type { CeremonyState, WindowDocument } from "./ceremony-state.ts";
import { isOver, stay, stop, to, type EventOf, type Step } from "./machine-step.ts";

type RequestedFile = Extract<CeremonyRequest, { operation: "sign" }>["documents"][number];

/** Whether a document is to be signed: it and every file that its signature covers are ticked. */
export function isChosen({ documents }: Pick<CeremonyState, "documents">, index: number): boolean {
  const document = documents[index];
  if (!document || document.partOf !== undefined || !document.ticked) return false;
  return documents.every(({ partOf, ticked }) => partOf !== index || ticked);
}

/** Indexes of the documents that get a signature of their own, chosen or not. */
export const signable = ({ documents }: Pick<CeremonyState, "documents">): number[] =>
  documents.flatMap(({ partOf }, index) => (partOf === undefined ? [index] : []));

/** Whether several files are listed, each to be opened and ticked. */
export const isList = ({ documents }: Pick<CeremonyState, "documents">): boolean => documents.length > 1;

/** Whether all documents are there and can be signed, and at least one is wanted. */
export function canGoOn(state: CeremonyState): boolean {
  const own = signable(state);
  return (
    own.every((index) => state.documents[index]?.opened) &&
    (!isList(state) || own.some((index) => isChosen(state, index)))
  );
}

/** How the octets of an announced file come. */
export const deliveryOf = ({ digest, bytes }: RequestedFile): WindowDocument["delivery"] => {
  if (digest) return "digest";
  return bytes > LIMITS.shownDocumentBytes ? "streamed" : "held";
};

/** Files that may be there as their digest alone, because nothing else of them is signed. */
const needsOctets = (file: RequestedFile, format: ResolvedFormat): boolean =>
  file.partOf === undefined && !isByDigest(format);

function windowDocument(file: RequestedFile, format: ResolvedFormat): WindowDocument {
  const { name, type, xml, pdf, partOf, bytes } = file;
  const delivery = deliveryOf(file);
  const progress = { octets: 0, milliseconds: 0 };
  return { name, type, format, xml, pdf, partOf, size: bytes, delivery, progress, seen: false, ticked: false };
}

/** The request has come: its documents are announced, the first one is shown. */
export function request(state: CeremonyState, { request: asked }: EventOf<"request">): Step {
  if (state.phase.name !== "opening") return stay(state);
  if (asked.operation !== state.record?.operation) return stop(state, "invalid-message");
  const documents: WindowDocument[] = [];
  let held = 0;
  for (const [index, file] of (asked.operation === "sign" ? asked.documents : []).entries()) {
    // a file that belongs to a document is digested as that document's format says
    const format = file.partOf === undefined ? resolveFormat(file) : documents[file.partOf]?.format;
    if (!format || (file.digest && !state.record.approval.blindSigning)) return stop(state, "invalid-message");
    const document = windowDocument(file, format);
    if (document.delivery === "held") held += document.size;
    if ((document.delivery !== "held" && needsOctets(file, format)) || held > LIMITS.heldBytesPerCall) {
      return refuseDocument(
        { ...state, documents: [...documents, document] },
        index,
        "document-unsupported",
        "too large",
      );
    }
    documents.push(document);
  }
  return to(state, { request: asked, documents, phase: { name: "review" } });
}

const change = (state: CeremonyState, index: number, changed: Partial<WindowDocument>): WindowDocument[] =>
  state.documents.map((document, at) => (at === index ? { ...document, ...changed } : document));

/** A file is there: once all files of a document are, it is opened for signing. */
export function documentReceived(state: CeremonyState, { index, received }: EventOf<"document">): Step {
  const seen = index === state.shown || state.documents[index]?.seen === true;
  const documents = change(state, index, { received, seen });
  const main = documents[index]?.partOf ?? index;
  const complete = documents.every(
    (document, at) => (at !== main && document.partOf !== main) || document.received !== undefined,
  );
  return complete ? to(state, { documents }, { type: "open-document", index: main }) : to(state, { documents });
}

/** What of a file was read so far. */
export const documentProgress = (state: CeremonyState, { index, progress }: EventOf<"document-progress">): Step =>
  to(state, { documents: change(state, index, { progress }) });

/** The document can be signed as asked. */
export const documentOpened = (state: CeremonyState, { index, opened }: EventOf<"document-opened">): Step =>
  to(state, { documents: change(state, index, { opened }) });

/** A document that can't be signed ends the call: the page is told at once, the resident reads what it was. */
export function refuseDocument(
  state: CeremonyState,
  index: number,
  code: EventOf<"document-refused">["code"],
  detail: string,
): Step {
  if (isOver(state)) return stay(state);
  const stopped = stop(state, code, { document: index, detail });
  return {
    state: stopped.state,
    effects: [
      ...stopped.effects,
      { type: "tell-finished" },
      { type: "send", message: { type: "refused", ending: FAULT_ENDINGS[code] } },
    ],
  };
}

/** Another document of the list is on the screen. */
export function showDocument(state: CeremonyState, { index }: EventOf<"show-document">): Step {
  const document = state.documents[index];
  if (state.phase.name !== "review" || !document) return stay(state);
  // one that is still on its way is seen when it arrives, if it is on the screen then
  return to(state, { shown: index, documents: change(state, index, { seen: document.received !== undefined }) });
}

/** A document that the resident has had on the screen is ticked, or its tick taken away. */
export function tickDocument(state: CeremonyState, { index, ticked }: EventOf<"tick-document">): Step {
  if (state.phase.name !== "review" || !state.documents[index]?.seen) return stay(state);
  return to(state, { documents: change(state, index, { ticked }) });
}
