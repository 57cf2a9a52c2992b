import type { IncomingMessage } from "node:http";

/** Something is wrong with a request as such; the status says what. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: 403 | 413 | 415;

  constructor(status: 403 | 413 | 415) {
    super(`status ${status}`);
    this.status = status;
  }
}

/** The body of a request, of the media type that is expected and at most `limit` octets long. Throws {@link RequestError}. */
export async function readBody(request: IncomingMessage, type: string, limit: number): Promise<Buffer> {
  if (request.headers["content-type"]?.split(";")[0]?.trim() !== type) throw new RequestError(415);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new RequestError(413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The value of a cookie. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  const cookies = (request.headers.cookie ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Refuses what a page of another site sent; browsers put `Origin` on every POST. Throws {@link RequestError}. */
export function refuseOtherOrigins(request: IncomingMessage, origin: string): void {
  if (request.headers.origin !== origin) throw new RequestError(403);
}
