/** A kind of file that is known by its first octets, because no text begins like it. */
export type OctetKind =
  "pdf" | "png" | "jpeg" | "gif" | "webp" | "bmp" | "tiff" | "heif" | "zip" | "ole" | "gzip" | "7z" | "rar" | "program";

/** How many octets {@link octetKind} looks at: the head of a file that is never held as a whole is enough. */
export const HEAD_OCTETS = 1024;

const startsWith = (bytes: Uint8Array, at: number, ...octets: readonly (number | string)[]): boolean => {
  const wanted = octets.flatMap((part) =>
    typeof part === "string" ? Array.from(part, (character) => character.charCodeAt(0)) : [part],
  );
  return wanted.every((octet, index) => bytes[at + index] === octet);
};

/** Whether a PDF header is first, or behind what readers of PDF skip: a byte order mark and white space. */
function hasPdfHeader(head: Uint8Array): boolean {
  let at = startsWith(head, 0, 0xef, 0xbb, 0xbf) ? 3 : 0;
  while ([0x09, 0x0a, 0x0c, 0x0d, 0x20].includes(head[at] ?? 0)) at += 1;
  return startsWith(head, at, "%PDF-");
}

/**
 * The kinds in the order in which they are tried. Letters alone that a text could begin with ("BM", "MZ") count only together with
 * octets that no text has.
 */
const TESTS: readonly (readonly [OctetKind, (head: Uint8Array) => boolean])[] = [
  ["pdf", hasPdfHeader],
  ["png", (head) => startsWith(head, 0, 0x89, "PNG\r\n", 0x1a, "\n")],
  ["jpeg", (head) => startsWith(head, 0, 0xff, 0xd8, 0xff)],
  ["gif", (head) => startsWith(head, 0, "GIF87a") || startsWith(head, 0, "GIF89a")],
  ["webp", (head) => startsWith(head, 0, "RIFF") && startsWith(head, 8, "WEBP")],
  ["bmp", (head) => startsWith(head, 0, "BM") && startsWith(head, 6, 0, 0, 0, 0)],
  ["tiff", (head) => startsWith(head, 0, "II*", 0) || startsWith(head, 0, "MM", 0, "*")],
  ["heif", (head) => startsWith(head, 0, 0, 0, 0) && startsWith(head, 4, "ftyp")],
  ["zip", (head) => ["PK\x03\x04", "PK\x05\x06", "PK\x07\x08"].some((mark) => startsWith(head, 0, mark))],
  ["ole", (head) => startsWith(head, 0, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
  ["gzip", (head) => startsWith(head, 0, 0x1f, 0x8b, 0x08)],
  ["7z", (head) => startsWith(head, 0, "7z", 0xbc, 0xaf, 0x27, 0x1c)],
  ["rar", (head) => startsWith(head, 0, "Rar!", 0x1a, 0x07)],
  // ELF; PE with its DOS header (always an 0 in it); Mach-O of 64 bits
  [
    "program",
    (head) =>
      startsWith(head, 0, 0x7f, "ELF") ||
      (startsWith(head, 0, "MZ") && head.subarray(2, 64).includes(0)) ||
      startsWith(head, 0, 0xcf, 0xfa, 0xed, 0xfe),
  ],
];

/** What the octets say that a file is; `undefined` when they say nothing that is known here. */
export function octetKind(bytes: Uint8Array): OctetKind | undefined {
  const head = bytes.subarray(0, HEAD_OCTETS);
  return TESTS.find(([, test]) => test(head))?.[0];
}
