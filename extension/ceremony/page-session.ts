import * as v from "valibot";
import type { FaultCode } from "../../shared/errors.ts";
import {
  bridgeToCeremonySchema,
  type CeremonyRequest,
  type CeremonyToBridge,
} from "../../shared/protocol/ceremony-messages.ts";
import { challengeSchema } from "../../shared/protocol/fields.ts";
import type { BridgePort } from "./bridge-port.ts";
import type { CeremonyEvent } from "./ceremony-state.ts";
import { assembleDocuments, receiveDocument, type DocumentAssembly } from "./document-assembly.ts";

/** A site that has not sent its late challenge by then did not answer; the PIN waits no longer. */
const CHALLENGE_MILLISECONDS = 30_000;

/** The page's end of the ceremony. */
export interface PageSession {
  readonly post: (message: CeremonyToBridge) => void;
  /** Asks for the late challenge; the answer, or its absence, comes as an event of this attempt. */
  readonly askChallenge: (attempt: number) => void;
  readonly stopAsking: () => void;
}

/** Turns what the bridge sends into events. What does not parse is dropped: a page has no way to send here, a bug of ours had. */
export function createPageSession(bridge: BridgePort, dispatch: (event: CeremonyEvent) => void): PageSession {
  let assembly: DocumentAssembly | undefined;
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
    if (assembly) return;
    dispatch({ type: "request", request });
    const documents = request.operation === "sign" ? request.documents : [];
    assembly = assembleDocuments(
      documents.map(({ bytes }) => bytes),
      (index, bytes) =>
        void receiveDocument(documents[index]?.type ?? "", bytes).then((received) =>
          dispatch({ type: "document", index, received }),
        ),
    );
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
        assembly?.add(message.document, message.bytes);
        break;
      case "challenge":
        if (asking) hearChallenge(asking.attempt, message.challenge);
        break;
      case "challenge-failed":
        if (asking) refuse(asking.attempt, "challenge-failed");
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
  };
}
