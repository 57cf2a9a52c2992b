const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;

/** RFC 3492, section 6.1: how the thresholds move after each code point. */
function adaptBias(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let bias = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) >> 1; bias += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return bias + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + 38));
}

function digitOf(character: string): number {
  if (/[a-z]/.test(character)) return character.charCodeAt(0) - 0x61;
  return /[0-9]/.test(character) ? character.charCodeAt(0) - 0x30 + 26 : BASE;
}

/** Decodes one label without its `xn--` (RFC 3492, section 6.2); `undefined` when it is not Punycode. */
function decodeLabel(label: string): string | undefined {
  const delimiter = label.lastIndexOf("-");
  const points = Array.from(label.slice(0, Math.max(delimiter, 0)), (character) => character.charCodeAt(0));
  let [code, index, bias] = [0x80, 0, 72];
  for (let at = delimiter + 1; at < label.length; index++) {
    const before = index;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = digitOf(label.charAt(at++));
      if (digit >= BASE) return undefined;
      index += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adaptBias(index - before, points.length + 1, before === 0);
    code += Math.floor(index / (points.length + 1));
    if (code > 0x10ffff) return undefined;
    index %= points.length + 1;
    points.splice(index, 0, code);
  }
  return String.fromCodePoint(...points);
}

/** A host name with its `xn--` labels in the letters that they stand for. Labels that do not decode stay as they are. */
export function decodeHost(host: string): string {
  return host
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join(".");
}
