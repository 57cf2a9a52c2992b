/** The card answered the SELECT of the application with something else than "selected": another kind of card. */
export class ApplicationMissing extends Error {
  override readonly name = "ApplicationMissing";
}

/** The file, key or PIN is not on this card, or the file is empty: cards of children have no signing key, some cards no PIN. */
export class CertificateMissing extends Error {
  override readonly name = "CertificateMissing";
}

/** What the card returned is no certificate of a size that a certificate has, or no signature. */
export class CardDataError extends Error {
  override readonly name = "CardDataError";
}

/** This can be had only after VERIFY (`6982`). */
export class PinRequired extends Error {
  override readonly name = "PinRequired";
}

/** Not the octets that a PIN of this key can have; nothing was sent. */
export class PinMalformed extends Error {
  override readonly name = "PinMalformed";
}

/** The PIN was wrong and one try is spent; at least one is left. */
export class PinIncorrect extends Error {
  override readonly name = "PinIncorrect";
  readonly attemptsRemaining: number;

  constructor(attemptsRemaining: number) {
    super("PIN incorrect");
    this.attemptsRemaining = attemptsRemaining;
  }
}

/** No try is left; only the municipal office (or a kiosk) can help. */
export class PinBlocked extends Error {
  override readonly name = "PinBlocked";
}
