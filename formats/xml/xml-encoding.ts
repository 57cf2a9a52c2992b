import { DocumentFault } from "../document-fault.ts";

/** The octets of a document as text, without a byte order mark. */
export interface DecodedXml {
  readonly text: string;
  /** Canonical name of the encoding, see {@link ENCODINGS}. */
  readonly encoding: string;
}

interface Encoding {
  readonly name: string;
  /** What TextDecoder calls it. */
  readonly label: string;
  /** Characters that decoders disagree on under this name, and octets that the decoder's label reads in a wider sense. */
  readonly unclear?: RegExp;
}

/**
 * Where a browser (the WHATWG tables), the JDK and iconv read the same octets as different characters, measured over all octets. A
 * signature stands over characters, so it would be valid for one office and broken for the next. Named `Windows-31J`, all mean the same.
 */
const UNCLEAR_EUC_JP = /[―∥－～￠￡￢\u{E000}-\u{F8FF}]/u;
/** See {@link UNCLEAR_EUC_JP}; iconv also reads 5C and 7E as yen sign and overline. */
const UNCLEAR_SHIFT_JIS = /[\\~＼―∥－～￠￡￢\u{E000}-\u{F8FF}]/u;

/** Names in a declaration, in lower case. UTF-16 is told by its mark; ISO-2022-JP is left out because it is no superset of ASCII. */
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  "utf-8": { name: "UTF-8", label: "utf-8" },
  utf8: { name: "UTF-8", label: "utf-8" },
  "us-ascii": { name: "US-ASCII", label: "utf-8", unclear: /[^\0-\x7f]/ },
  // the WHATWG label means windows-1252, which differs from ISO-8859-1 in the octets 80 to 9F only
  "iso-8859-1": { name: "ISO-8859-1", label: "windows-1252", unclear: /[^\0-\x7f\xa0-\xff]/ },
  "windows-31j": { name: "WINDOWS-31J", label: "windows-31j" },
  shift_jis: { name: "SHIFT_JIS", label: "shift_jis", unclear: UNCLEAR_SHIFT_JIS },
  "euc-jp": { name: "EUC-JP", label: "euc-jp", unclear: UNCLEAR_EUC_JP },
};

/**
 * Decodes as XML 1.0, appendix F, says: by the byte order mark, else by the declaration, else as UTF-8; octets that mean nothing in that
 * encoding are an error. Throws `DocumentFault`.
 */
export function decodeXml(bytes: Uint8Array): DecodedXml {
  const mark = byteOrderMark(bytes);
  if (mark) {
    const text = decode(bytes.subarray(mark.octets), mark.label);
    const declared = declaredEncoding(text.slice(0, 200))?.toLowerCase();
    if (declared !== undefined && !mark.names.includes(declared))
      throw new DocumentFault("document-broken", `the encoding is ${mark.name}, but ${declared} is declared`);
    return { text, encoding: mark.name };
  }
  const declared = declaredEncoding(String.fromCharCode(...bytes.subarray(0, 200))) ?? "UTF-8";
  if (/^utf-?16/i.test(declared) || bytes[0] === 0 || bytes[1] === 0)
    throw new DocumentFault("document-broken", "UTF-16 without a byte order mark");
  const name = declared.toLowerCase();
  const encoding = Object.hasOwn(ENCODINGS, name) ? ENCODINGS[name] : undefined;
  if (!encoding) throw new DocumentFault("document-unsupported", `the encoding ${declared}`);
  const text = decode(bytes, encoding.label);
  const unclear = encoding.unclear?.exec(text);
  if (unclear) {
    const character = unclear[0].codePointAt(0)?.toString(16) ?? "";
    throw new DocumentFault(
      "document-unsupported",
      `programs read U+${character} in ${encoding.name} differently: use UTF-8`,
    );
  }
  return { text, encoding: encoding.name };
}

interface ByteOrderMark extends Encoding {
  readonly octets: number;
  /** What a declaration may say. */
  readonly names: readonly string[];
}

function byteOrderMark([first, second, third]: Uint8Array): ByteOrderMark | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf)
    return { name: "UTF-8", label: "utf-8", octets: 3, names: ["utf-8", "utf8"] };
  if (first === 0xff && second === 0xfe)
    return { name: "UTF-16LE", label: "utf-16le", octets: 2, names: ["utf-16", "utf-16le"] };
  if (first === 0xfe && second === 0xff)
    return { name: "UTF-16BE", label: "utf-16be", octets: 2, names: ["utf-16", "utf-16be"] };
  return undefined;
}

function decode(bytes: Uint8Array, label: string): string {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DocumentFault("document-broken", `octets that mean nothing in ${label}`);
  }
}

function declaredEncoding(text: string): string | undefined {
  const declaration = /^<\?xml[ \t\r\n][^>]*?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][\w.-]*)["']/.exec(
    text,
  );
  return declaration?.[1];
}
