/** Octets up to this many go along; of longer ones only the length is told. */
const INLINE_OCTETS = 64 * 1024;

/**
 * A report as JSON, for `--json`: as the verifier's API has it, but a `Date` is text (ISO 8601), and octets are
 * `{ "length": n, "base64": "…" }`, without `base64` where there are more than 65,536. What is `undefined` is left out.
 */
export function jsonReport(report: object): string {
  return `${JSON.stringify(plain(report), undefined, 2)}\n`;
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) {
    const base64 = value.length <= INLINE_OCTETS ? { base64: Buffer.from(value).toString("base64") } : {};
    return { length: value.length, ...base64 };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
