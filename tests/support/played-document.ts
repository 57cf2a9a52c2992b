import { ceremonyPortName } from "../../shared/protocol/ceremony-messages.ts";
import { PAGE_CALL, type BridgeToPage } from "../../shared/protocol/page-messages.ts";
import { startBridge } from "../../extension/bridge/bridge.ts";
import type { BridgeRuntime, CeremonyPort } from "../../extension/bridge/bridge-runtime.ts";

/** The extension's id in these tests. */
export const EXTENSION_ID = "extension-id";
const CEREMONY = "chrome-extension://extension-id/ceremony.html";
/** The broker's word that the window opens. */
export const ACCEPTED = { type: "accepted" };

/** A port of which the test holds the other end. */
function playedPort(name: string, sender: CeremonyPort["sender"] = { id: EXTENSION_ID, url: `${CEREMONY}#x` }) {
  const posted: unknown[] = [];
  const heard: { message?: (message: unknown) => void; disconnect?: () => void } = {};
  let disconnected = false;
  const port: CeremonyPort = {
    name,
    sender,
    postMessage: (message) => void posted.push(message),
    disconnect: () => (disconnected = true),
    onMessage: { addListener: (listener) => (heard.message = listener) },
    onDisconnect: { addListener: (listener) => (heard.disconnect = listener) },
  };
  return {
    port,
    posted,
    say: (message: unknown) => heard.message?.(message),
    end: () => heard.disconnect?.(),
    isDisconnected: () => disconnected,
  };
}

/** A document with its bridge; the test plays the page, the broker and the ceremony window. */
export function playedDocument(broker: (request: { type: string; id: string }) => unknown = () => ACCEPTED) {
  const listeners = new Map<string, (event: object) => void>();
  const state = { id: EXTENSION_ID as string | undefined, isActive: true, prerendering: false };
  const asked: { type: string; id: string; activated?: boolean }[] = [];
  const heard: {
    port?: (port: CeremonyPort) => void;
    broker?: Parameters<BridgeRuntime["onMessage"]["addListener"]>[0];
  } = {};
  const page = {
    addEventListener: (type: string, listener: (event: object) => void) => listeners.set(type, listener),
    document: state,
    navigator: { userActivation: state },
  };
  const runtime: BridgeRuntime = {
    get id() {
      return state.id;
    },
    getURL: () => CEREMONY,
    async sendMessage(request) {
      asked.push(request as (typeof asked)[number]);
      return Promise.resolve(broker(request as (typeof asked)[number]));
    },
    onConnect: { addListener: (listener) => (heard.port = listener) },
    onMessage: { addListener: (listener) => (heard.broker = listener) },
  };
  startBridge(page as unknown as Window, runtime);
  const send = (type: string, event: object = {}) => listeners.get(type)?.({ type, isTrusted: true, ...event });

  /** A call on a fresh port: what the bridge said on it, acknowledgement left out. */
  function call(value: unknown, more: object = {}) {
    const said: BridgeToPage[] = [];
    const port = { postMessage: (message: BridgeToPage) => said.push(message) } as unknown as MessagePort;
    let stopped = false;
    send("message", {
      source: page,
      ports: [port],
      data: { type: PAGE_CALL, call: value },
      stopImmediatePropagation: () => (stopped = true),
      ...more,
    });
    const say = (data: unknown): void => void port.onmessage?.({ data } as MessageEvent);
    return { answers: () => said.filter(({ type }) => type !== "acknowledged"), isStopped: () => stopped, say };
  }
  const connect = (id = asked.at(-1)?.id ?? "", sender?: CeremonyPort["sender"]) => {
    const window = playedPort(ceremonyPortName(id), sender);
    heard.port?.(window.port);
    return window;
  };
  const tell = (message: unknown) => {
    const answers: unknown[] = [];
    heard.broker?.(message, undefined, (answer) => answers.push(answer));
    return answers;
  };
  return { state, asked, call, connect, tell, send, click: () => send("keydown", { key: "Enter" }) };
}
