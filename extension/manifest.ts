import type { UserManifest } from "wxt";
import { PDF_FRAME_PAGE } from "./document-view/pdf/frame-protocol.ts";
import { FIREFOX_EXTENSION_ID, PRODUCT_VERSION } from "../shared/protocol/version.ts";

/** SPKI, base64: fixes the Chromium extension id, so that host manifests can name it. Its private half was never kept. */
const CHROMIUM_PUBLIC_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAw020qQpWlB6Isq4ZvjfvxoO22o6xxDchFyA9YCGuUYLgYwxxQm7eEzvpkCVozI1p5k7yZpQ47D/mtp7NDFzx6zPz9ItjU9Rml3e8pjHgBXG9vRmJejMwp35b5dO7mEtVTkgb97rzhz+BUSCU8LH/zuYTtTq4kFjjsmXnPdvokAD3vrNTxJJG19C2rtHqe+b3XIA59n0DTKG4GCZAYYIgqOGiiqLKJQiYIO+GwWtsdGcF7ZSNHss2dqbOVlnAGw0+sivAzQzWbzosTU1/HfHl6tjtaJQHu9y6JAVkB4GV/lvELGKdfqo/Hlz1xZXWOWxgkM+6aRoDe10mozOGEBkJvQIDAQAB";

/**
 * Our windows load their own files and nothing else; they reach the host through the browser and no network at all. The one frame is
 * that in which a PDF is shown; our other pages can't be framed, not even by each other.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  // WebAssembly hashes documents that are too large to be held
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  // pictures that are to be signed
  "img-src 'self' data: blob:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The page of the PDF frame in Chromium: no API, an origin of its own, no address to reach. Its own policy, in the page, allows exactly its
 * script and its style (tools/pdf-frame.ts).
 */
const SANDBOX_POLICY = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'unsafe-inline'",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

/**
 * The manifest of one build.
 *
 * - `public`: asks for no site at install; each origin is an optional permission, one click, once.
 * - `managed`: for installation by policy; may reach every https site, needs no click, and does nothing without approvals.
 *
 * No build names a site, so adding one never switches the extension off (docs/decisions).
 */
export function manifestFor(browser: string, mode: string): UserManifest {
  const sites = ["https://*/*"];
  return {
    name: "公道 (Kodo)",
    description: "__MSG_description__",
    default_locale: "ja",
    version: PRODUCT_VERSION,
    incognito: "not_allowed",
    permissions: ["nativeMessaging", "scripting", "storage"],
    content_security_policy: {
      extension_pages: CONTENT_SECURITY_POLICY,
      // Firefox has no such pages; there the frame's `sandbox` attribute does it, which in Chromium would leave the page its API
      ...(browser === "firefox" ? {} : { sandbox: SANDBOX_POLICY }),
    },
    ...(mode === "managed" ? { host_permissions: sites } : { optional_host_permissions: sites }),
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: FIREFOX_EXTENSION_ID,
              // The first with `sender.documentId`, without which a window could not name the document that was judged.
              strict_min_version: "153.0",
              data_collection_permissions: { required: ["none"] },
            },
          },
        }
      : {
          sandbox: { pages: [PDF_FRAME_PAGE] },
          key: CHROMIUM_PUBLIC_KEY,
          minimum_chrome_version: "148",
          message_serialization: "structured_clone",
        }),
  };
}
