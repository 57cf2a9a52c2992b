import { Refusal } from "../../verdict/failure.ts";

/** Labels of CMS in PEM (RFC 7468, 8 and 9; RFC 2315 as old software has it). */
const ARMOUR = /^-----BEGIN (CMS|PKCS7|PKCS #7 SIGNED DATA)-----\r?\n/;

/**
 * The octets inside of PEM armour (RFC 7468), or the file as it is where there is none. One block, nothing before or behind it but line ends, base64 in its
 * one form, lines of any length. Refused: `file-broken`, and `file-unsupported` for another label.
 */
export function withoutArmour(file: Uint8Array): Uint8Array {
  if (file[0] !== 0x2d) return file;
  const text = Buffer.from(file.buffer, file.byteOffset, file.length).toString("latin1");
  const begin = ARMOUR.exec(text.slice(0, 64));
  if (!begin) throw new Refusal("file-unsupported", "PEM of something else than CMS");
  const end = `-----END ${begin[1] ?? ""}-----`;
  const at = text.indexOf("-----", begin[0].length);
  const tail = text.slice(at + end.length);
  if (at < 0 || !text.startsWith(end, at) || tail.replaceAll(/[\r\n]/g, "") !== "") {
    throw new Refusal("file-broken", "PEM armour without its end, or with more behind it");
  }
  const base64 = text.slice(begin[0].length, at).replaceAll(/[\r\n]/g, "");
  const octets = Buffer.from(base64, "base64");
  if (octets.toString("base64") !== base64) throw new Refusal("file-broken", "the PEM is no base64");
  return octets;
}
