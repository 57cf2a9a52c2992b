import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeTlsCertificate } from "../../examples/municipality/tls-certificate.ts";

/** A site of nothing but a button: what happens at a click is set by the test. */
export interface BlankSite {
  readonly port: number;
  close(): Promise<void>;
}

const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8"><title>試験</title>
<button id="go" style="width:200px;height:60px">go</button>
<script>document.getElementById("go").addEventListener("click", () => window.next?.());</script></html>`;

/** Calls by itself, after the page has loaded, from a timer: no gesture is behind it. */
const BY_ITSELF = `<!doctype html><meta charset="utf-8"><title>by itself</title><script>
setTimeout(() => navigator.jpki.authenticate({ challenge: "${"A".repeat(43)}=" }).catch(({ name, reason }) => (window.ended = { name, reason })), 300);
</script>`;

/** What each path serves; every other one is the button. */
const PAGES: Readonly<Record<string, string>> = {
  "/frame": `<iframe src="/" style="width:400px;height:300px"></iframe>`,
  "/by-itself": BY_ITSELF,
};

/** Serves the blank page over https at every path, `/frame` with that page inside, and `/by-itself`. */
export async function startBlankSite(host: string): Promise<BlankSite> {
  const server = createServer(makeTlsCertificate(host), (request, response) => {
    const body = PAGES[request.url ?? ""] ?? PAGE;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "max-age=60" }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
