/**
 * Reads a PC/SC multi-string: strings that each end in NUL, with one more NUL after the last. `wide` is UTF-16LE (Windows),
 * otherwise UTF-8.
 */
export function decodeMultiString(octets: Uint8Array, wide: boolean): string[] {
  const text = new TextDecoder(wide ? "utf-16le" : "utf-8").decode(octets);
  const end = text.indexOf("\0\0");
  return (end < 0 ? text : text.slice(0, end)).split("\0").filter((name) => name !== "");
}
