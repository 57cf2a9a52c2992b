import { createHash, randomBytes } from "node:crypto";
import type { KeyName } from "../../shared/protocol/fields.ts";

/** What the chip keeps of one PIN: never the PIN itself. Octets in hexadecimal. */
export interface PinRecord {
  readonly salt: string;
  /** Digest of the PIN that was written when the card was issued; another PIN in `card.json` is a new issue. */
  readonly issued: string;
  /** Digest of the PIN that is valid now. */
  readonly current: string;
  readonly attemptsRemaining: number;
}

/** Where {@link PinRecord}s outlive the power, like the chip's memory. */
export interface PinMemory {
  read(key: KeyName): PinRecord | undefined;
  write(key: KeyName, record: PinRecord): void;
}

/** One PIN of the card with its counter. */
export interface ReferenceData {
  attemptsRemaining(): number;
  /** Compares octets. The try is spent before they are looked at; the right PIN gives all tries back. Never call it at 0. */
  verify(candidate: Uint8Array): boolean;
  /** CHANGE REFERENCE DATA; the counter is full afterwards. */
  change(next: Uint8Array): void;
  /** Octets that a new PIN may have. */
  readonly length: { readonly min: number; readonly max: number };
}

const RULES = {
  authentication: { tries: 3, length: { min: 4, max: 4 } },
  signing: { tries: 5, length: { min: 6, max: 16 } },
} as const;

function digest(salt: string, pin: Uint8Array): string {
  return createHash("sha256").update(salt, "hex").update(pin).digest("hex");
}

/** The PIN of `key`, as issued with `pin` (ASCII) and as `memory` has it since. */
export function createReferenceData(key: KeyName, pin: string, memory: PinMemory): ReferenceData {
  const { tries, length } = RULES[key];
  const issuedPin = new TextEncoder().encode(pin);

  function issue(): PinRecord {
    const salt = randomBytes(16).toString("hex");
    const issued = digest(salt, issuedPin);
    return { salt, issued, current: issued, attemptsRemaining: tries };
  }
  function record(): PinRecord {
    const kept = memory.read(key);
    return kept?.issued === digest(kept?.salt ?? "", issuedPin) ? kept : issue();
  }
  return {
    length,
    attemptsRemaining: () => record().attemptsRemaining,
    verify(candidate) {
      const before = record();
      const spent = { ...before, attemptsRemaining: before.attemptsRemaining - 1 };
      memory.write(key, spent);
      const right = digest(before.salt, candidate) === before.current;
      if (right) memory.write(key, { ...spent, attemptsRemaining: tries });
      return right;
    },
    change(next) {
      const before = record();
      memory.write(key, { ...before, current: digest(before.salt, next), attemptsRemaining: tries });
    },
  };
}
