import { expect, it } from "vitest";
import { encodeHex } from "../../../shared/encoding/hex.ts";
import { timestampRequest } from "./timestamp-request.ts";

const imprint = new Uint8Array(32).fill(0xab);
const head = (length: string): string => `30${length}0201013031300d060960864801650304020105000420${"ab".repeat(32)}`;

it.each([
  ["01", "3c", "020101"],
  ["0001", "3c", "020101"],
  ["80", "3d", "02020080"],
  ["", "3c", "020100"],
  ["ffffffffffffffff", "44", "020900ffffffffffffffff"],
])("asks with the nonce %s for a timestamp and the certificate (RFC 3161, 2.4.1)", (nonce, length, integer) => {
  const octets = Uint8Array.from(Buffer.from(nonce, "hex"));
  expect(encodeHex(timestampRequest(imprint, octets))).toBe(`${head(length)}${integer}0101ff`);
});
