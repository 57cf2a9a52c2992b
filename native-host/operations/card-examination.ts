import type { KeyName } from "../../shared/protocol/fields.ts";
import { JpkiApplet, type ShortIds } from "../jpki/jpki-applet.ts";
import { PinRequired } from "../jpki/jpki-errors.ts";
import { namesTestAuthority } from "../jpki/test-authority.ts";
import type { CardConnection } from "../smartcard/card-access.ts";
import { withResponseChaining } from "../smartcard/response-chaining.ts";

/** What can be known of a card before the PIN. */
export interface Examination {
  readonly shortIds: ShortIds;
  readonly attemptsRemaining: number;
  /** The authentication certificate, DER, for the authentication key; `undefined` on a phone, which gives it only after the PIN. */
  readonly certificate: Uint8Array | undefined;
  /** The certificate, or that of its authority, names the test organisation. */
  readonly testAuthority: boolean;
}

/**
 * Asks a card in one short transaction, no PIN involved. For `authentication` the tries left and the certificate; for `signing` the
 * tries left, whether a certificate is there (reading it needs the PIN: `6982` says yes), and who signed it. Rejects with
 * `ApplicationMissing`, `CertificateMissing`, `SmartCardError` and what else the applet throws.
 */
export function examineCard(connection: CardConnection, key: KeyName): Promise<Examination> {
  return connection.transaction(async (card) => {
    const applet = await JpkiApplet.select(withResponseChaining(card));
    const attemptsRemaining = await applet.attemptsRemaining(key);
    const certificate =
      key === "authentication"
        ? await unlessPinRequired(applet.readCertificate("authentication"))
        : await unlessPinRequired(applet.readCertificateStart("signing"));
    const authority = key === "authentication" ? "authentication-ca" : "signing-ca";
    const witness =
      key === "authentication" && certificate !== undefined
        ? certificate
        : await applet.readCertificateStart(authority);
    return {
      shortIds: applet.shortIds,
      attemptsRemaining,
      certificate: key === "authentication" ? certificate : undefined,
      testAuthority: namesTestAuthority(witness),
    };
  });
}

async function unlessPinRequired<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PinRequired) return undefined;
    throw error;
  }
}
