import type { PageEnding } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/limits.ts";
import {
  OVERLONG,
  type BridgeToCeremony,
  type CeremonyRequest,
  type CeremonyToBridge,
} from "../../shared/protocol/ceremony-messages.ts";
import type { BridgeToPage, PageCall, PageErrorReason, PageToBridge } from "../../shared/protocol/page-messages.ts";
import type { CeremonyPort } from "./bridge-runtime.ts";
import { sendDocuments, type DocumentPieces } from "./document-pieces.ts";
import { isCeremonyToBridge } from "./message-shapes.ts";
import { collectFiles } from "./signature-files.ts";

/** A call that needs a window. */
export type CeremonyCall = Exclude<PageCall, { operation: "availability" }>;

/** The bridge's end of one ceremony window. */
export interface CeremonyLink {
  /** What the page's functions gave: a challenge or a timestamp, heard only once after it was asked for. */
  readonly hear: (message: Exclude<PageToBridge, { type: "abort" }>) => void;
  /** The call is over for the page: the window closes itself. */
  readonly abort: () => void;
}

/** What the link says to the call. */
export interface LinkListener {
  readonly say: (message: BridgeToPage) => void;
  /** The window is over, one way or another: it closes, if it did not do so itself. */
  readonly fail: (reason: PageErrorReason) => void;
}

/** Sends the request and the documents to the window, and takes its result, parsed. The port's end without one is an ending too. */
export function linkCeremony(call: CeremonyCall, port: CeremonyPort, { say, fail }: LinkListener): CeremonyLink {
  let ending: PageEnding = "dismissed";
  let asked: "challenge" | "timestamp" | undefined;
  let over = false;
  const files = collectFiles();
  const post = (message: BridgeToCeremony): void => {
    if (!over) port.postMessage(message);
  };

  /** Whether the message belongs to this call. */
  function take(message: CeremonyToBridge): boolean {
    switch (message.type) {
      case "piece-taken":
        pieces?.taken();
        return true;
      case "ending":
        ending = message.ending;
        return true;
      case "end":
        fail(message.ending);
        return true;
      case "refused":
        pieces?.stop();
        say({ type: "error", reason: message.ending });
        return true;
      case "challenge-request":
        if (call.operation === "sign" || call.challenge !== null) return false;
        asked = "challenge";
        say(message);
        return true;
      case "timestamp-request":
        if (call.operation !== "sign" || !call.timestamp || message.request.byteLength > LIMITS.timestampBytes)
          return false;
        asked = "timestamp";
        say(message);
        return true;
      case "token":
        if (call.operation !== "authenticate") return false;
        say({ type: "result", result: message.token });
        return true;
      case "attributes":
        if (call.operation !== "readAttributes") return false;
        say({ type: "result", result: message.result });
        return true;
      case "file-piece":
        return call.operation === "sign" && files.add(message.signature, message.bytes);
      case "signatures": {
        const result = call.operation === "sign" ? files.pageResult(message.result) : undefined;
        if (result) say({ type: "result", result });
        return result !== undefined;
      }
    }
  }

  port.onDisconnect.addListener(() => {
    over = true;
    pieces?.stop();
    fail(ending);
  });
  port.onMessage.addListener((message) => {
    if (!isCeremonyToBridge(message) || !take(message)) fail("failed");
  });

  let pieces: DocumentPieces | undefined;
  async function sendAll(sign: SignCall): Promise<void> {
    post({ type: "request", request: await requestOf(sign) });
    if (!over) pieces = sendDocuments(filesOf(sign), post);
  }
  if (call.operation === "sign") sendAll(call).catch(() => fail("unreadable"));
  else post({ type: "request", request: call });

  return {
    hear(message) {
      const isAsked = message.type === asked || message.type === `${asked}-failed`;
      asked = isAsked ? undefined : asked;
      if (!isAsked) return;
      if (message.type === "challenge") post({ ...message, challenge: message.challenge.slice(0, OVERLONG) });
      else if (message.type === "timestamp") void sendTimestamp(message.response, post);
      else post(message);
    },
    abort() {
      post({ type: "abort" });
      over = true;
      pieces?.stop();
      port.disconnect();
    },
  };
}

type SignCall = Extract<CeremonyCall, { operation: "sign" }>;

/** The octets of every file, documents each followed by what their signatures cover too; the order of {@link requestOf}. */
const filesOf = ({ documents }: SignCall): (Blob | undefined)[] =>
  documents.flatMap(({ data, references }) => [data, ...references.map((reference) => reference.data)]);

async function sendTimestamp(given: Blob, post: (message: BridgeToCeremony) => void): Promise<void> {
  const response = given.size <= LIMITS.timestampBytes ? await given.arrayBuffer().catch(() => undefined) : undefined;
  post(response ? { type: "timestamp", response } : { type: "timestamp-failed" });
}

async function requestOf({ documents, ...rest }: SignCall): Promise<CeremonyRequest> {
  const files: Extract<CeremonyRequest, { operation: "sign" }>["documents"] = [];
  for (const { data, digest, references, ...document } of documents) {
    const partOf = files.length;
    files.push({ ...document, bytes: data?.size ?? 0, ...(digest && { digest: await digest.arrayBuffer() }) });
    for (const { data: octets, ...file } of references) files.push({ ...file, partOf, bytes: octets.size });
  }
  return { ...rest, documents: files };
}
