import { decodeBase64 } from "../../shared/encoding/base64.ts";
import { HostFault, type HostPort } from "../host-port/host-port.ts";
import { settleCard } from "./card-settling.ts";
import type { CeremonyEvent } from "./ceremony-state.ts";
import { readValidity } from "./certificate-validity.ts";

/** A host that is not there is looked for again after this. */
const RETRY_MILLISECONDS = 1_000;

/** The one host of this window, which may come and go. */
export interface HostSession {
  readonly current: () => HostPort | undefined;
  /** Starts a host unless one runs or is starting. */
  readonly open: () => void;
  /** Lets go of the host and starts another one in a second. */
  readonly retry: () => void;
  readonly close: () => void;
}

/** Reports opening, faults and the card as events. `now` is in milliseconds since 1970. */
export function createHostSession(
  openHost: () => Promise<HostPort>,
  now: () => number,
  dispatch: (event: CeremonyEvent) => void,
): HostSession {
  let host: HostPort | undefined;
  let opening = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settling = settleCard((state) => {
    const certificate = state.status === "ready" ? decodeBase64(state.certificate ?? "") : undefined;
    const validity = certificate?.length ? readValidity(certificate) : undefined;
    dispatch({ type: "card", state, validity, at: now() });
  });

  const lose = (error: unknown): void => {
    host = undefined;
    opening = false;
    settling.cancel();
    dispatch({ type: "host-fault", code: error instanceof HostFault ? error.code : "internal" });
  };
  const open = (): void => {
    clearTimeout(timer);
    if (opening || host) return;
    opening = true;
    openHost().then((opened) => {
      opening = false;
      host = opened;
      opened.onCard((state) => settling.take(state));
      void opened.closed.then((code) => {
        if (host === opened) lose(new HostFault({ code }));
      });
      dispatch({ type: "host-open", test: opened.hello.card === "virtual" });
    }, lose);
  };
  const close = (): void => {
    clearTimeout(timer);
    settling.cancel();
    host?.close();
    host = undefined;
  };
  return {
    current: () => host,
    open,
    close,
    retry: () => {
      close();
      timer = setTimeout(open, RETRY_MILLISECONDS);
    },
  };
}
