import { decodeBase64 } from "../../shared/encoding/base64.ts";
import { HostFault, type HostPort } from "../host-port/host-port.ts";
import type { Attributes } from "../../shared/protocol/page-messages.ts";
import { chooseAttributes, readCertificateAttributes } from "../../formats/x509/certificate-attributes.ts";
import { prepareAttributesProof } from "../signature/attributes/attributes-proof.ts";
import { buildAuthenticationToken } from "../signature/authentication-token.ts";
import type { Bytes } from "../../formats/der/der.ts";
import type { SignatureFile } from "../signature/signature-builder.ts";
import type { CeremonyEffect, CeremonyEvent, CeremonyState } from "./ceremony-state.ts";
import { readValidity, type Validity } from "./certificate-validity.ts";
import { isChosen, signable } from "./document-steps.ts";
import { signDigest, signWithCard, type CardWork } from "./sign-documents.ts";
import { describeResult, finishFiles, TimestampLacking, type AskTimestamp } from "./signed-files.ts";

type EffectOf<Type extends CeremonyEffect["type"]> = Extract<CeremonyEffect, { type: Type }>;

/** The operations of one ceremony on its host and card; each resolves to the event that tells what came of it. */
export interface HostWork {
  readonly authenticate: (host: HostPort, effect: EffectOf<"authenticate">) => Promise<CeremonyEvent>;
  readonly unlock: (host: HostPort, effect: EffectOf<"unlock">) => Promise<CeremonyEvent>;
  readonly sign: (host: HostPort, effect: EffectOf<"sign" | "read-attributes">) => Promise<CeremonyEvent>;
  readonly readAttributes: (host: HostPort, effect: EffectOf<"sign" | "read-attributes">) => Promise<CeremonyEvent>;
  /** No host any more. */
  readonly finishFiles: (attempt: number) => Promise<CeremonyEvent>;
}

/** What was signed and is not handed out yet. */
interface PendingFiles {
  readonly chosen: readonly number[];
  readonly work: CardWork;
  readonly certificate: Bytes;
  readonly validity: Validity | undefined;
  readonly timestamps: boolean;
  readonly finished: Map<number, SignatureFile>;
}

/** `handOverPin` sends the PIN's frame, as the last thing before the request that uses it. */
export function createHostWork(
  state: () => CeremonyState,
  now: () => number,
  handOverPin: (host: HostPort) => void,
  askTimestamp: AskTimestamp,
  dispatch: (event: CeremonyEvent) => void,
): HostWork {
  let pending: PendingFiles | undefined;

  return {
    async authenticate(host, { attempt, card, challenge }) {
      handOverPin(host);
      const result = await host.request("authenticate", { card, challenge });
      const validity = readValidity(decodeBase64(result.certificate) ?? new Uint8Array());
      return { type: "authenticated", attempt, token: buildAuthenticationToken(result), validity, at: now() };
    },

    async unlock(host, { attempt, card }) {
      handOverPin(host);
      const result = await host.request("unlock", { card });
      const certificate = decodeBase64(result.certificate) ?? new Uint8Array();
      return { type: "unlocked", attempt, certificate, validity: readValidity(certificate), at: now() };
    },

    async sign(host, { attempt, certificate, validity }) {
      const { documents } = state();
      const chosen = signable(state()).filter((index) => isChosen(state(), index));
      const signer = { certificate, signingTime: new Date(now()) };
      const work = await signWithCard(host, documents, chosen, signer, (count) =>
        dispatch({ type: "document-signed", attempt, count }),
      );
      const { request } = state();
      const wanted = request?.operation === "sign" && request.timestamp;
      const timestamps = wanted && work.signed.some(({ prepared }) => prepared.timestampImprint);
      pending = { chosen, work, certificate, validity, timestamps, finished: new Map() };
      return { type: "card-signed", attempt, timestamps };
    },

    async readAttributes(host, { attempt, certificate, validity, challenge }) {
      const { request, record } = state();
      try {
        const all = readCertificateAttributes(certificate);
        const wanted = request?.operation === "readAttributes" ? request.attributes : [];
        const attributes = chooseAttributes(all, wanted);
        const said: Attributes = structuredClone(attributes) as Attributes;
        if (challenge === undefined || request?.operation !== "readAttributes" || !record) {
          return { type: "attributes-read", attempt, attributes: said, validity, at: now() };
        }
        const { toBeSigned, finish } = await prepareAttributesProof({
          origin: record.approval.origin,
          challenge,
          purpose: request.purpose,
          attributes,
          signer: { certificate, signingTime: new Date(now()) },
        });
        const proof = finish(await signDigest(host, toBeSigned));
        return { type: "attributes-read", attempt, attributes: { ...said, proof }, validity, at: now() };
      } finally {
        // also when the certificate could not be read: the card must not stay unlocked
        await host.request("finish", {}).catch(() => undefined);
      }
    },

    async finishFiles(attempt) {
      if (!pending) throw new HostFault({ code: "internal" });
      const { chosen, work, certificate, validity, timestamps, finished } = pending;
      try {
        await finishFiles(work, finished, timestamps ? askTimestamp : undefined);
      } catch (error) {
        if (error instanceof TimestampLacking) return { type: "timestamp-refused", attempt };
        throw error;
      }
      pending = undefined;
      const described = describeResult(state().documents, chosen, work, finished, certificate);
      return { type: "signed", attempt, ...described, broken: work.broken, validity, at: now() };
    },
  };
}
