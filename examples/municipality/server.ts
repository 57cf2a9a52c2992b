import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openOffice, type Office } from "./office.ts";
import { gonePage } from "./pages.ts";
import { readBody, readCookie, refuseOtherOrigins, RequestError } from "./requests.ts";
import { ROUTES, type Reply } from "./routes.ts";
import { isCsrfToken, SESSION_COOKIE, type Session } from "./sessions.ts";
import { readSample, SAMPLE_DOCUMENTS } from "./samples.ts";
import type { Submission } from "./submissions.ts";
import { openTimestampAuthority } from "./timestamp-authority.ts";
import { makeTlsCertificate } from "./tls-certificate.ts";
import { readSiteTrust, type TrustFolders } from "./trust.ts";

/** The name that the example is served under. It belongs to nobody; whoever runs it maps it to this computer. */
export const MUNICIPALITY_HOST = "shinsei.city.aozora.lg.jp";

/** How the site is started. */
export interface MunicipalityOptions extends TrustFolders {
  readonly now?: () => Date;
  /** What was accepted and what was not, and why; never what it said. */
  readonly log?: (line: string) => void;
}

/** The running site. */
export interface Municipality {
  readonly port: number;
  /** What was submitted, by application number. */
  readonly submissions: ReadonlyMap<string, Submission>;
  /** The certificate of the authority behind `/timestamp`, PEM. */
  readonly timestampCertificate: string;
  close(): Promise<void>;
}

const ASSETS: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
  "/page.js": asset("page.js", "text/javascript; charset=utf-8"),
  "/site.js": asset("site.js", "text/javascript; charset=utf-8"),
  "/formats.js": asset("formats.js", "text/javascript; charset=utf-8"),
  "/style.css": asset("style.css", "text/css; charset=utf-8"),
  ...Object.fromEntries(
    (Object.keys(SAMPLE_DOCUMENTS) as (keyof typeof SAMPLE_DOCUMENTS)[]).map((name) => [
      `/samples/${name}`,
      { type: SAMPLE_DOCUMENTS[name], body: readSample(name) },
    ]),
  ),
};

const HEADERS = {
  // nothing but the site's own script and style: an injected script could ask for signatures in the site's name
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** Serves the municipality's site over https on a free port of this computer. */
export async function startMunicipality(options: MunicipalityOptions): Promise<Municipality> {
  const timestamps = openTimestampAuthority();
  const office = openOffice({
    origin: `https://${MUNICIPALITY_HOST}`,
    trust: readSiteTrust(options),
    now: options.now ?? (() => new Date()),
    timestamps,
    log: options.log ?? (() => undefined),
  });
  const server = createServer(makeTlsCertificate(MUNICIPALITY_HOST), (request, response) => {
    answer(office, request, response).catch((error: unknown) => {
      if (!(error instanceof RequestError)) office.log(`failed: ${String(error)}`);
      const status = error instanceof RequestError ? error.status : 500;
      response.writeHead(status, HEADERS).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    submissions: office.submissions,
    timestampCertificate: timestamps.certificate,
    close: () =>
      new Promise((resolve) => {
        timestamps.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(office: Office, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", office.origin);
  const file = ASSETS[pathname];
  if (file) return void response.writeHead(200, { ...HEADERS, "content-type": file.type }).end(file.body);

  const known = office.sessions.find(readCookie(request, SESSION_COOKIE));
  const preferred = request.headers["accept-language"]?.startsWith("en") ? "en" : "ja";
  const session = known ?? office.sessions.begin(preferred);
  const language = searchParams.get("lang");
  if (language === "ja" || language === "en") session.language = language;
  const reply = await route(office, request, pathname, session);
  const cookie = (reply.session ?? session) === known ? undefined : (reply.session ?? session).id;
  send(response, reply, cookie);
}

async function route(office: Office, request: IncomingMessage, path: string, session: Session): Promise<Reply> {
  const found = ROUTES[`${request.method ?? ""} ${path}`];
  if (!found) return { status: 404, body: gonePage(session) };
  let body: Buffer = Buffer.alloc(0);
  if (request.method === "POST") {
    refuseOtherOrigins(request, office.origin);
    body = await readBody(request, found.type ?? "", found.limit ?? 0);
    const header = request.headers["x-csrf-token"];
    const token = typeof header === "string" ? header : new URLSearchParams(body.toString("utf8")).get("csrf");
    if (!isCsrfToken(session, token ?? undefined)) throw new RequestError(403);
  }
  if (found.needsLogin && session.login === undefined) {
    found.keep?.({ session, body });
    return { location: "/" };
  }
  return found.answer(office, { session, body });
}

function send(response: ServerResponse, reply: Reply, cookie: string | undefined): void {
  const { location, fileName, body = "", type = "text/html; charset=utf-8" } = reply;
  response.writeHead(location === undefined ? (reply.status ?? 200) : 303, {
    ...HEADERS,
    "content-type": type,
    ...(location !== undefined && { location }),
    ...(cookie !== undefined && {
      "set-cookie": `${SESSION_COOKIE}=${cookie}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    }),
    ...(fileName !== undefined && {
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    }),
  });
  response.end(body);
}

function asset(name: string, type: string): { type: string; body: Buffer } {
  return { type, body: readFileSync(join(import.meta.dirname, "public", name)) };
}
