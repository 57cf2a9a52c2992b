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

/** Serves the blank page over https at every path, and `/frame`, which holds it in a frame of the same origin. */
export async function startBlankSite(host: string): Promise<BlankSite> {
  const server = createServer(makeTlsCertificate(host), (request, response) => {
    const body = request.url === "/frame" ? `<iframe src="/" style="width:400px;height:300px"></iframe>` : PAGE;
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
