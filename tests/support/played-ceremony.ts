import { startCeremony } from "../../extension/ceremony/ceremony.ts";
import { screenOf } from "../../extension/ceremony/ceremony-screen.ts";
import { HostFault, type HostPort } from "../../extension/host-port/host-port.ts";
import { openDocument } from "../../extension/signature/open-document.ts";
import type { CeremonyRecord } from "../../shared/approval/ceremony-record.ts";
import type { FaultCode } from "../../shared/errors.ts";
import type { CeremonyToBridge } from "../../shared/protocol/ceremony-messages.ts";
import type { CardState } from "../../shared/protocol/host-messages.ts";
import { RECORD } from "../ceremony/ceremony-events.ts";

/** A window with a host and a page that the test plays. */
export function playedCeremony(
  operation: CeremonyRecord["operation"] = "authenticate",
  approval: Partial<CeremonyRecord["approval"]> = {},
) {
  const toHost: unknown[] = [];
  const toPage: CeremonyToBridge[] = [];
  const hosts: { card: (state: CardState) => void; die: (code: FaultCode) => void; closed: boolean }[] = [];
  let answer: (method: string, params: unknown) => unknown = () => ({});
  let hostIsMissing = false;
  const finished: string[] = [];
  let windowClosed = false;
  let say: (message: unknown) => void = () => undefined;
  let leave: () => void = () => undefined;

  function openHost(): Promise<HostPort> {
    if (hostIsMissing) return Promise.reject(new HostFault({ code: "host-missing" }));
    const closed = Promise.withResolvers<FaultCode>();
    const played = {
      card: (() => undefined) as (state: CardState) => void,
      die: (code: FaultCode) => closed.resolve(code),
      closed: false,
    };
    hosts.push(played);
    const port = {
      hello: { event: "hello", protocols: { min: 1, max: 1 }, version: "0", card: "virtual" },
      request: async (method: string, params: unknown) => {
        toHost.push({ method, params });
        await Promise.resolve();
        const result = answer(method, params);
        if (result instanceof Error) throw result;
        return result;
      },
      sendPin: (pin: string) => toHost.push({ pin }),
      onCard: (listener: (state: CardState) => void) => (played.card = listener),
      closed: closed.promise,
      close: () => (played.closed = true),
    };
    return Promise.resolve(port as unknown as HostPort);
  }

  const ceremony = startCeremony({
    readRecord: () => Promise.resolve({ ...RECORD, operation, approval: { ...RECORD.approval, ...approval } }),
    connectBridge: () => ({
      post: (message) => toPage.push(message),
      onMessage: (listener) => (say = listener),
      onDisconnect: (listener) => (leave = listener),
    }),
    openHost,
    openDocument,
    tellFinished: ({ id }) => finished.push(id),
    closeWindow: () => (windowClosed = true),
    now: () => Date.now(),
  });
  return {
    ceremony,
    toHost,
    toPage,
    hosts,
    screen: () => screenOf(ceremony.state()),
    say: (message: unknown) => say(message),
    leave: () => leave(),
    answerWith: (given: typeof answer) => (answer = given),
    loseHost: (missing: boolean) => (hostIsMissing = missing),
    isClosed: () => windowClosed,
    finished,
    card: (attemptsRemaining = 3, card = 1) =>
      hosts.at(-1)?.card({ status: "ready", card, attemptsRemaining, test: true }),
  };
}
