import * as v from "valibot";
import type { FaultCode } from "../../shared/errors.ts";
import { LIMITS } from "../../shared/limits.ts";
import {
  bridgeToCeremonySchema,
  type CeremonyRequest,
  type CeremonyToBridge,
} from "../../shared/protocol/ceremony-messages.ts";
import { challengeSchema } from "../../shared/protocol/fields.ts";
import type { SignResult } from "../../shared/protocol/page-messages.ts";
import type { Bytes } from "../../formats/der/der.ts";
import type { BridgePort } from "./bridge-port.ts";
import type { CeremonyEvent, SignedFile } from "./ceremony-state.ts";
import { createDocumentIntake, type DocumentIntake } from "./document-intake.ts";
import { deliveryOf } from "./document-steps.ts";

/** A site that has not sent its late challenge by then did not answer; the PIN waits no longer. */
const CHALLENGE_MILLISECONDS = 30_000;
/** The same for a timestamp: the card is free by then, and an authority on the other side of a site may be slow. */
const TIMESTAMP_MILLISECONDS = 60_000;

/** The page's end of the ceremony. */
export interface PageSession {
  readonly post: (message: CeremonyToBridge) => void;
  /** Asks for the late challenge; the answer, or its absence, comes as an event of this attempt. */
  readonly askChallenge: (attempt: number) => void;
  readonly stopAsking: () => void;
  /** Sends a DER TimeStampReq to the page's function; rejects when nothing comes back in time. One at a time. */
  readonly askTimestamp: (request: Bytes) => Promise<Bytes>;
  /** Hands the signature files over in pieces, then the result. */
  readonly deliver: (files: readonly SignedFile[], result: SignResult) => void;
}

/** Turns what the bridge sends into events. What does not parse is dropped: a page has no way to send here, a bug of ours had. */
export function createPageSession(
  bridge: BridgePort,
  now: () => number,
  dispatch: (event: CeremonyEvent) => void,
): PageSession {
  let intake: DocumentIntake | undefined;
  let stamping: { readonly resolve: (response: Bytes) => void; readonly reject: (reason: Error) => void } | undefined;
  let asking: { readonly attempt: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;

  const stopAsking = (): void => {
    clearTimeout(asking?.timer);
    asking = undefined;
  };
  const refuse = (attempt: number, code: FaultCode): void => {
    stopAsking();
    dispatch({ type: "refused", attempt, code, attemptsRemaining: undefined });
  };
  const hearChallenge = (attempt: number, given: string): void => {
    const challenge = v.safeParse(challengeSchema, given);
    if (!challenge.success) refuse(attempt, "challenge-malformed");
    else {
      stopAsking();
      dispatch({ type: "challenge", attempt, challenge: challenge.output });
    }
  };
  const hearRequest = (request: CeremonyRequest): void => {
    if (intake) return;
    dispatch({ type: "request", request });
    const documents = request.operation === "sign" ? request.documents : [];
    const announced = documents.map((file) => ({ ...file, size: file.bytes, delivery: deliveryOf(file) }));
    intake = createDocumentIntake(announced, now, dispatch);
  };
  const hearPiece = async (index: number, bytes: ArrayBuffer): Promise<void> => {
    // what does not belong anywhere is not acknowledged: a bridge of ours never sends it
    if (await intake?.add(index, bytes)) bridge.post({ type: "piece-taken" });
  };

  bridge.onDisconnect(() => dispatch({ type: "page-gone" }));
  bridge.onMessage((raw) => {
    const parsed = v.safeParse(bridgeToCeremonySchema, raw);
    if (!parsed.success) return;
    const message = parsed.output;
    switch (message.type) {
      case "request":
        hearRequest(message.request);
        break;
      case "piece":
        void hearPiece(message.document, message.bytes);
        break;
      case "challenge":
        if (asking) hearChallenge(asking.attempt, message.challenge);
        break;
      case "challenge-failed":
        if (asking) refuse(asking.attempt, "challenge-failed");
        break;
      case "unreadable":
        dispatch({
          type: "document-refused",
          index: message.document,
          code: "document-unreadable",
          detail: "the file behind the Blob was changed or removed",
        });
        break;
      case "timestamp":
        stamping?.resolve(new Uint8Array(message.response));
        break;
      case "timestamp-failed":
        stamping?.reject(new Error("the page has no timestamp"));
        break;
      case "abort":
        dispatch({ type: "page-gone" });
    }
  });

  return {
    post: (message) => bridge.post(message),
    stopAsking,
    askChallenge: (attempt) => {
      stopAsking();
      const timer = setTimeout(() => refuse(attempt, "challenge-failed"), CHALLENGE_MILLISECONDS);
      asking = { attempt, timer };
      bridge.post({ type: "challenge-request" });
    },
    askTimestamp: (request) =>
      new Promise<Bytes>((resolve, reject) => {
        stamping = { resolve, reject };
        setTimeout(() => reject(new Error("no timestamp in time")), TIMESTAMP_MILLISECONDS);
        bridge.post({ type: "timestamp-request", request: request.slice().buffer });
      }),
    deliver: (files, result) => {
      const own = result.signatures.flatMap(({ status }, index) => (status === "signed" ? [index] : []));
      files.forEach(({ file }, at) => {
        for (let from = 0; from < file.length; from += LIMITS.documentPieceBytes) {
          const bytes = file.slice(from, from + LIMITS.documentPieceBytes).buffer;
          bridge.post({ type: "file-piece", signature: own[at] ?? 0, bytes });
        }
      });
      bridge.post({ type: "signatures", result });
    },
  };
}
