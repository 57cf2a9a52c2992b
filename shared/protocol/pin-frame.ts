/**
 * The one message that carries a PIN: `{"pin":"…"}`, octet for octet, because a browser serialises `{ pin }` in just this way.
 * The host recognises it before any JSON is parsed and takes the octets between the quotes, so that no string of a PIN exists
 * in the host. Whatever begins like it is never parsed as JSON, logged or echoed, well-formed or not.
 */
const PREFIX = new TextEncoder().encode('{"pin":"');
const SUFFIX = new TextEncoder().encode('"}');

/** Octets of a PIN that belong to the card alone; prints as `redacted` wherever a value can be printed. */
export class PinBytes {
  readonly #octets: Uint8Array;

  /** Takes over `octets`: whoever passes them keeps no copy. */
  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  /** The octets themselves, for the VERIFY command and nothing else; the array is overwritten by {@link wipe}. */
  expose(): Uint8Array {
    return this.#octets;
  }

  /** Overwrites the octets with zeros. */
  wipe(): void {
    this.#octets.fill(0);
  }

  toString(): string {
    return "redacted";
  }

  toJSON(): string {
    return "redacted";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "redacted";
  }
}

/** Whether the frame's body is meant as a PIN frame: then it must never reach a JSON parser. */
export function isPinFrame(body: Uint8Array): boolean {
  return PREFIX.every((octet, index) => body[index] === octet);
}

/**
 * Takes the PIN out of a frame's body (a copy; the caller overwrites the body). `undefined` when the frame is not exactly of the
 * form, or the PIN holds anything but `0-9 A-Z` or is not 4 to 16 octets: nothing that JSON would escape can be inside.
 */
export function takePinFrame(body: Uint8Array): PinBytes | undefined {
  const octets = body.subarray(PREFIX.length, body.length - SUFFIX.length);
  const formed =
    isPinFrame(body) && SUFFIX.every((octet, index) => body[body.length - SUFFIX.length + index] === octet);
  const alphabet = (octet: number): boolean => (octet >= 0x30 && octet <= 0x39) || (octet >= 0x41 && octet <= 0x5a);
  if (!formed || octets.length < 4 || octets.length > 16 || !octets.every(alphabet)) return undefined;
  return new PinBytes(octets.slice());
}

/** What the ceremony window posts to the host: the object whose serialisation is the PIN frame. `pin` is already normalised. */
export function pinMessage(pin: string): { pin: string } {
  return { pin };
}
