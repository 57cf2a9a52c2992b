import * as v from "valibot";
import { originSchema } from "../../shared/protocol/fields.ts";

/** What the browser says about who sent a message; nothing in it comes from the page. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly origin?: string | undefined;
  readonly frameId?: number | undefined;
  readonly documentId?: string | undefined;
  readonly documentLifecycle?: string | undefined;
  readonly tab?: { readonly id?: number | undefined; readonly incognito: boolean } | undefined;
}

/** One top-level document at the default https port of one origin. */
export interface Caller {
  readonly origin: string;
  readonly tabId: number;
  readonly documentId: string;
}

/** Whether the document is the one that its tab shows. Firefox does not say, and runs no content script in any other. */
export function isActive(sender: Sender): boolean {
  return sender.documentLifecycle === undefined || sender.documentLifecycle === "active";
}

/** Whether one of our own ceremony windows speaks; a content script of ours has the address of its page. */
export function isCeremonyWindow({ id, url }: Sender, extensionId: string): boolean {
  if (id !== extensionId || url === undefined || !URL.canParse(url)) return false;
  const { protocol, pathname } = new URL(url);
  return protocol.endsWith("-extension:") && pathname === "/ceremony.html";
}

/**
 * Who asks, or `undefined` for whoever may never ask: another extension, a page of our own, a frame, a private window, http, a port.
 * The origin is compared as the browser serialises it, so a trailing dot, a look-alike or another case is another origin.
 */
export function identifyCaller(sender: Sender, extensionId: string): Caller | undefined {
  const { tab, documentId, origin, url } = sender;
  if (sender.id !== extensionId || sender.frameId !== 0) return undefined;
  if (tab?.id === undefined || tab.incognito || documentId === undefined || url === undefined) return undefined;
  if (!v.is(originSchema, origin) || new URL(origin).port !== "" || !URL.canParse(url)) return undefined;
  return new URL(url).origin === origin ? { origin, tabId: tab.id, documentId } : undefined;
}
