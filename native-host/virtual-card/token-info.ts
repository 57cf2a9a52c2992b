/** The label that a token of this kind carries: a plastic card of the current generation, or an Android telephone. */
export function tokenLabel(phone: boolean): string {
  return phone ? "JPKIAPGPSETOKEN" : "JPKIAPICCTOKEN2";
}

/**
 * EF 0006: a PKCS #11 `CK_TOKEN_INFO` put into 160 octets. Texts are padded with spaces, numbers are 32 bits, most significant octet
 * first. Maker, model and serial number are the virtual card's own, so that nobody takes it for a real one.
 */
export function encodeTokenInfo(label: string): Uint8Array {
  const bytes = new Uint8Array(160);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const text = (value: string, length: number): void => {
    bytes.set(new TextEncoder().encode(value.padEnd(length)), at);
    at += length;
  };
  const number = (value: number): void => {
    view.setUint32(at, value);
    at += 4;
  };
  text(label, 32);
  text("KODO", 32);
  text("VIRTUALCARD", 16);
  text("0000000000000000", 16);
  // CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED | CKF_WRITE_PROTECTED… as read from cards
  number(0x40d);
  // sessions: maximum, open, maximum read-write, open read-write
  for (const count of [0, 0, 0, 0]) number(count);
  // PIN length: maximum, minimum
  number(16);
  number(6);
  // memory: public total and free, private total and free
  for (const octets of [0, 0, 0, 0]) number(octets);
  // hardware 3.0, firmware 1.0
  bytes.set([3, 0, 1, 0], at);
  at += 4;
  text("9".repeat(16), 16);
  return bytes;
}
