import { MAX_RESPONSE_OCTETS } from "./ocsp-response.ts";
import type { SendOcsp } from "./ocsp-source.ts";
import { OcspTransportError } from "./ocsp-transport-error.ts";

/** How the client asks. */
export interface HttpOcspOptions {
  /** In place of Node's `fetch`: with a client certificate, through a proxy. */
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds after which it gives up; 10,000 by default. */
  readonly timeout?: number;
}

/**
 * Asks one responder by HTTP POST (RFC 6960, appendix A). The address is the site's to give: never one that stands in a certificate, or whoever makes a certificate
 * could make the server call what they like. Follows no redirection. Throws `TypeError` unless it is http or https, without a user's name.
 */
export function httpOcspClient(
  url: string | URL,
  { fetch = globalThis.fetch, timeout = 10_000 }: HttpOcspOptions = {},
): SendOcsp {
  const address = new URL(url);
  if (!/^https?:$/.test(address.protocol) || address.username !== "" || address.password !== "")
    throw new TypeError("url: give http: or https:, without a user's name");
  if (!(timeout >= 1 && Number.isFinite(timeout))) throw new TypeError("timeout: give milliseconds");
  return async (request, _certificate, signal) => {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/ocsp-request", accept: "application/ocsp-response" },
      body: new Uint8Array(request),
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    const type = response.headers.get("content-type") ?? "";
    if (response.status !== 200 || !/^application\/ocsp-response(;|$)/i.test(type)) {
      await response.body?.cancel();
      throw new OcspTransportError(`HTTP ${response.status}, not an OCSP response`);
    }
    return await readLimited(response);
  };
}

/** The body, given up as soon as it is too long. */
async function readLimited({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = body ?? [];
  for await (const part of chunks) {
    length += part.length;
    if (length > MAX_RESPONSE_OCTETS) throw new OcspTransportError(`more than ${MAX_RESPONSE_OCTETS} octets`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
