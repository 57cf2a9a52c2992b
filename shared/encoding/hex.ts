/** Lower-case hexadecimal, two digits an octet, nothing between. */
export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Reads hexadecimal digits of either case; spaces between octets are allowed. Throws `RangeError` on anything else. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replaceAll(/\s+/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) throw new RangeError("not hexadecimal");
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
