import { encodeHex } from "../../../shared/encoding/hex.ts";
import { isRegular, latin1, octetsOf } from "../../../formats/pdf/pdf-octets.ts";
import { isArray, isDictionary, type PdfValue } from "../../../formats/pdf/pdf-value.ts";

/** A direct object or reference as the file has it, one ASCII character an octet. */
export function writeValue(value: PdfValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (isArray(value)) return `[${value.map(writeValue).join(" ")}]`;
  if (isDictionary(value))
    return `<<${[...value].map(([key, entry]) => `${writeName(key)} ${writeValue(entry)}`).join("\n")}>>`;
  switch (value.kind) {
    case "number":
      return value.text;
    case "name":
      return writeName(value.name);
    case "string":
      return writeString(latin1(value.octets));
    case "reference":
      return `${value.number} ${value.generation} R`;
  }
}

/** Literal where it can be read at a glance, else hexadecimal. */
function writeString(text: string): string {
  return /^[\x20-\x27\x2a-\x5b\x5d-\x7e]+$/.test(text) ? `(${text})` : `<${encodeHex(octetsOf(text))}>`;
}

function writeName(name: string): string {
  let text = "/";
  for (let at = 0; at < name.length; at++) {
    const octet = name.charCodeAt(at);
    const plain = octet > 0x20 && octet < 0x7f && octet !== 0x23 && isRegular(octet);
    text += plain ? name.charAt(at) : `#${octet.toString(16).padStart(2, "0")}`;
  }
  return text;
}
