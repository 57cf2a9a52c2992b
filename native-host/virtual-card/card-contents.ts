import type { KeyObject } from "node:crypto";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardQuirks } from "./card-quirks.ts";
import type { ReferenceData } from "./reference-data.ts";
import { encodeTokenInfo, tokenLabel } from "./token-info.ts";

/** A key pair with its certificate and the one above it, both DER. */
export interface Credential {
  readonly certificate: Uint8Array;
  readonly caCertificate: Uint8Array;
  readonly privateKey: KeyObject;
}

/** What is written on a card when it is issued. A credential is asked for when a command first needs it. */
export interface CardContents {
  /** The keys that this card has; a child's has no `signing`. */
  readonly keys: Readonly<Partial<Record<KeyName, { credential(): Promise<Credential>; pin: ReferenceData }>>>;
}

/** An elementary file of the JPKI application. */
export type ElementaryFile =
  | {
      readonly kind: "transparent";
      /** The physical size; what is behind the content is filler. */
      readonly octets: number;
      content(): Promise<Uint8Array>;
      /** The PIN that must have been verified before the file is read. */
      readonly readableAfter?: KeyName;
    }
  | { readonly kind: "pin"; readonly key: KeyName; readonly reference: ReferenceData }
  | { readonly kind: "key"; readonly key: KeyName; credential(): Promise<Credential> };

const FILE_IDS = {
  authentication: { certificate: 0x0a, caCertificate: 0x0b, key: 0x17, pin: 0x18, octets: 2048 },
  signing: { certificate: 0x01, caCertificate: 0x02, key: 0x1a, pin: 0x1b, octets: 3072 },
} as const;
const TOKEN_INFO = 0x06;
const CERTIFICATES_PRESENT = 0x08;

/**
 * The files of the JPKI application by EF id; ids 01 to 1E double as short ids. The physical sizes are chosen here: those of real cards
 * are not published.
 */
export function elementaryFiles(contents: CardContents, quirks: CardQuirks): ReadonlyMap<number, ElementaryFile> {
  const files = new Map<number, ElementaryFile>();
  const transparent = (id: number, bytes: Uint8Array): void =>
    void files.set(id, { kind: "transparent", octets: bytes.length, content: () => Promise.resolve(bytes) });

  for (const key of ["authentication", "signing"] as const) {
    const held = contents.keys[key];
    if (held === undefined) continue;
    const ids = FILE_IDS[key];
    const gated = key === "signing" || quirks.phoneMode;
    files.set(ids.certificate, {
      kind: "transparent",
      octets: ids.octets,
      content: async () => (await held.credential()).certificate,
      ...(gated && { readableAfter: key }),
    });
    files.set(ids.caCertificate, {
      kind: "transparent",
      octets: 2048,
      content: async () => (await held.credential()).caCertificate,
    });
    files.set(ids.key, { kind: "key", key, credential: () => held.credential() });
    files.set(ids.pin, { kind: "pin", key, reference: held.pin });
  }
  transparent(TOKEN_INFO, encodeTokenInfo(tokenLabel(quirks.phoneMode)));
  const present = (key: KeyName): number => (contents.keys[key] ? 0x8f : 0x00);
  transparent(CERTIFICATES_PRESENT, Uint8Array.of(present("signing"), present("authentication"), 0x00));
  return files;
}
