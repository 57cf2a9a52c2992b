import type { Availability } from "../../shared/protocol/page-messages.ts";
import { HostFault } from "../host-port/host-port.ts";

/** Starts a host just long enough for its hello. */
export type OpenHost = () => Promise<{ readonly close: () => void }>;

/**
 * Whether a host answers and speaks our protocol; nothing of reader or card. Questions asked at the same time share one host, so that
 * a page can't start many. A host that dies at once is as good as none.
 */
export function createHostProbe(openHost: OpenHost): () => Promise<Availability> {
  let running: Promise<Availability> | undefined;
  return () =>
    (running ??= openHost()
      .then((host): Availability => {
        host.close();
        return "available";
      })
      .catch((fault: unknown): Availability => {
        const code = fault instanceof HostFault ? fault.code : undefined;
        return code === "host-outdated" || code === "extension-outdated" ? code : "host-missing";
      })
      .finally(() => (running = undefined)));
}
