import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { MUNICIPALITY_HOST } from "../../examples/municipality/server.ts";

/** What the site answered. */
export interface SiteAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As text. */
  readonly body: string;
  readonly octets: Buffer;
}

/** A visitor without a browser: keeps the cookie and the CSRF token, and can leave out or forge whatever it likes. */
export interface SiteClient {
  get(path: string): Promise<SiteAnswer>;
  /** `headers` override what a page of the site would send; an empty one is left out. */
  post(path: string, type: string, body: string | Uint8Array, headers?: Record<string, string>): Promise<SiteAnswer>;
  cookie(): string;
}

/** A visitor of the site on this port. */
export function createSiteClient(port: number): SiteClient {
  let cookie = "";
  let csrfToken = "";
  const send = (method: string, path: string, headers: Record<string, string>, body?: string | Uint8Array) =>
    new Promise<SiteAnswer>((resolve, reject) => {
      const kept = Object.fromEntries(Object.entries({ cookie, ...headers }).filter(([, value]) => value !== ""));
      const target = { host: "127.0.0.1", port, servername: MUNICIPALITY_HOST, rejectUnauthorized: false };
      const sent = request({ ...target, method, path, headers: kept }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const octets = Buffer.concat(chunks);
          const text = octets.toString("utf8");
          cookie = response.headers["set-cookie"]?.[0]?.split(";")[0] ?? cookie;
          csrfToken = /name="csrf-token" content="([^"]+)"/.exec(text)?.[1] ?? csrfToken;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, octets });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return {
    get: (path) => send("GET", path, {}),
    post(path, type, body, headers = {}) {
      const usual = { origin: `https://${MUNICIPALITY_HOST}`, "content-type": type, "x-csrf-token": csrfToken };
      return send("POST", path, { ...usual, ...headers }, body);
    },
    cookie: () => cookie,
  };
}
