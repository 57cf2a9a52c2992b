import { createHash } from "node:crypto";
import { refuseUnless } from "../verdict/failure.ts";
import type { DetachedContent } from "./found-signature.ts";

/** Content beside a file, for formats that have one content: its octets, or its SHA-256. */
export type GivenContent = Uint8Array | { readonly sha256: Uint8Array };

/** The one content that stands beside a file which has none inside. Refused as `content-missing`: nothing is there, or files by name are. */
export function contentBeside(beside: DetachedContent | undefined): GivenContent {
  const given = isNamed(beside) ? undefined : beside;
  refuseUnless(given !== undefined, "content-missing", "the content stands neither in the file nor beside it");
  return given;
}

/**
 * What stands beside a file that has its content inside, if anything does, must be the same. Refused: `content-unexpected` (files by name),
 * `content-differs`.
 */
export function checkContentBeside(beside: DetachedContent | undefined, inside: Uint8Array): void {
  if (beside === undefined) return;
  refuseUnless(!isNamed(beside), "content-unexpected", "the content is in the file, and others were given by name");
  const same =
    beside instanceof Uint8Array
      ? Buffer.compare(inside, beside) === 0
      : Buffer.compare(createHash("sha256").update(inside).digest(), beside.sha256) === 0;
  refuseUnless(same, "content-differs", "the content in the file is not the one beside it");
}

const isNamed = (content: DetachedContent | undefined): content is ReadonlyMap<string, Uint8Array> =>
  content instanceof Map;
