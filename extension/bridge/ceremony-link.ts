import type { PageEnding } from "../../shared/errors.ts";
import type { BridgeToCeremony, CeremonyRequest } from "../../shared/protocol/ceremony-messages.ts";
import type { BridgeToPage, PageCall, PageError, PageToBridge } from "../../shared/protocol/page-messages.ts";
import type { CeremonyPort } from "./bridge-environment.ts";
import { sendDocuments, sizeOfData } from "./document-pieces.ts";
import { isCeremonyToBridge } from "./message-shapes.ts";

/** A call that needs a window. */
export type CeremonyCall = Exclude<PageCall, { operation: "availability" }>;

/** How the page learns of an ending. */
export const ENDING_ERRORS: Readonly<Record<PageEnding, PageError>> = {
  dismissed: { name: "NotAllowedError", reason: "dismissed" },
  "other-means": { name: "NotAllowedError", reason: "other-means" },
  failed: { name: "OperationError", reason: "failed" },
  data: { name: "DataError", reason: "data" },
};

/** The bridge's end of one ceremony window. */
export interface CeremonyLink {
  /** What the page said about its late challenge; heard only once after it was asked. */
  readonly challenge: (message: Exclude<PageToBridge, { type: "abort" }>) => void;
  /** The call is over for the page: the window closes itself. */
  readonly abort: () => void;
}

/** Where the link's news go. After `settled` nothing more comes. */
export interface LinkListener {
  readonly settled: (message: BridgeToPage) => void;
  readonly challengeRequested: () => void;
  readonly unreadable: () => void;
}

/** Sends the request and the documents to the window, and takes its result, parsed. The port's end without one is an ending too. */
export function linkCeremony(call: CeremonyCall, port: CeremonyPort, listener: LinkListener): CeremonyLink {
  let ending: PageEnding = "dismissed";
  let asked = false;
  let over = false;
  const post = (message: BridgeToCeremony): void => port.postMessage(message);
  const settle = (message: BridgeToPage): void => {
    if (over) return;
    over = true;
    listener.settled(message);
  };
  const end = (how: PageEnding): void => settle({ type: "error", error: ENDING_ERRORS[how] });

  port.onDisconnect.addListener(() => end(ending));
  port.onMessage.addListener((message) => {
    if (!isCeremonyToBridge(message)) return end("failed");
    switch (message.type) {
      case "challenge-request":
        if (call.operation !== "authenticate" || call.challenge !== null || over) return;
        asked = true;
        return listener.challengeRequested();
      case "token":
        return call.operation === "authenticate" ? settle(message) : end("failed");
      case "signatures":
        return call.operation === "sign" ? settle(message) : end("failed");
      case "ending":
        ending = message.ending;
        return;
      case "end":
        return end(message.ending);
    }
  });

  post({ type: "request", request: requestOf(call) });
  if (call.operation === "sign")
    sendDocuments(
      call.documents.map(({ data }) => data),
      post,
      () => over,
    ).catch(() => {
      if (!over) listener.unreadable();
    });

  return {
    challenge(message) {
      if (!asked || over) return;
      asked = false;
      post(message);
    },
    abort() {
      over = true;
      post({ type: "abort" });
      port.disconnect();
    },
  };
}

function requestOf(call: CeremonyCall): CeremonyRequest {
  if (call.operation === "authenticate") return call;
  const documents = call.documents.map(({ data, ...document }) => ({ ...document, bytes: sizeOfData(data) }));
  return { ...call, documents };
}
