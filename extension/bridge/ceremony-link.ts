import type { PageEnding } from "../../shared/errors.ts";
import { OVERLONG, type BridgeToCeremony, type CeremonyRequest } from "../../shared/protocol/ceremony-messages.ts";
import type {
  BridgeToPage,
  PageCall,
  PageErrorReason,
  PageSignResult,
  PageToBridge,
  SignResult,
} from "../../shared/protocol/page-messages.ts";
import type { CeremonyPort } from "./bridge-runtime.ts";
import { sendDocuments } from "./document-pieces.ts";
import { isCeremonyToBridge } from "./message-shapes.ts";

/** A call that needs a window. */
export type CeremonyCall = Exclude<PageCall, { operation: "availability" }>;

/** The bridge's end of one ceremony window. */
export interface CeremonyLink {
  /** What the page said about its late challenge; heard only once after it was asked. */
  readonly challenge: (message: Exclude<PageToBridge, { type: "abort" }>) => void;
  /** The call is over for the page: the window closes itself. */
  readonly abort: () => void;
}

/** What the link says to the call. */
export interface LinkListener {
  readonly say: (message: BridgeToPage) => void;
  readonly fail: (reason: PageErrorReason) => void;
}

/** Sends the request and the documents to the window, and takes its result, parsed. The port's end without one is an ending too. */
export function linkCeremony(call: CeremonyCall, port: CeremonyPort, { say, fail }: LinkListener): CeremonyLink {
  let ending: PageEnding = "dismissed";
  let asked = false;
  let over = false;
  const post = (message: BridgeToCeremony): void => {
    if (!over) port.postMessage(message);
  };

  port.onDisconnect.addListener(() => {
    over = true;
    fail(ending);
  });
  port.onMessage.addListener((message) => {
    if (!isCeremonyToBridge(message)) fail("failed");
    else if (message.type === "ending") ending = message.ending;
    else if (message.type === "end") fail(message.ending);
    else if (message.type === "token" && call.operation === "authenticate")
      say({ type: "result", result: message.token });
    else if (message.type === "signatures" && call.operation === "sign")
      say({ type: "result", result: toPageResult(message.result) });
    else if (message.type === "challenge-request" && call.operation === "authenticate" && call.challenge === null) {
      asked = true;
      say(message);
    } else fail("failed");
  });

  post({ type: "request", request: requestOf(call) });
  if (call.operation === "sign") sendDocuments(call.documents, post, () => over).catch(() => fail("unreadable"));

  return {
    challenge(message) {
      if (asked)
        post(message.type === "challenge" ? { ...message, challenge: message.challenge.slice(0, OVERLONG) } : message);
      asked = false;
    },
    abort() {
      post({ type: "abort" });
      over = true;
      port.disconnect();
    },
  };
}

function requestOf(call: CeremonyCall): CeremonyRequest {
  if (call.operation === "authenticate") return call;
  return { ...call, documents: call.documents.map(({ data, ...document }) => ({ ...document, bytes: data.size })) };
}

function toPageResult({ certificate, signatures }: SignResult): PageSignResult {
  return {
    certificate,
    signatures: signatures.map(({ file, type = "", ...signature }) =>
      file ? { ...signature, file: new Blob([file], { type }) } : signature,
    ),
  };
}
