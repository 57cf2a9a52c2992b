import type { KeyName } from "../../shared/protocol/fields.ts";
import {
  commandApdu,
  INSTRUCTIONS,
  selectApplication,
  selectElementaryFile,
  SHORT_LE_MAX,
  verify,
  verifyQuery,
} from "../smartcard/command-apdu.ts";
import { parseResponse, type ResponseApdu } from "../smartcard/response-apdu.ts";
import type { SmartCardConnection } from "../smartcard/smart-card-connection.ts";
import { retryCounter, STATUS_WORDS, StatusWordError } from "../smartcard/status-word.ts";
import { certificateLength } from "./certificate-length.ts";
import { readFileEnd, readFileStart } from "./file-reading.ts";
import {
  ApplicationMissing,
  CardDataError,
  CertificateMissing,
  PinBlocked,
  PinIncorrect,
  PinMalformed,
  PinRequired,
} from "./jpki-errors.ts";
import {
  ALL_ATTEMPTS,
  CERTIFICATE_FILES,
  CURRENT_FILE,
  isWellFormedPin,
  ISSUER_SECURITY_DOMAIN_AID,
  JPKI_AID,
  KEY_FILES,
  PIN_FILES,
  shortReference,
  type CertificateName,
} from "./jpki-files.ts";

/** The signature command takes 1 to 245 octets (RSA-2048 with PKCS #1 v1.5 padding). */
const MAX_SIGNATURE_INPUT = 245;

/**
 * Whether the card takes short EF ids. It is found out once, by {@link JpkiApplet.attemptsRemaining}, and holds as long as the card
 * lies there: handed to {@link JpkiApplet.select} in later transactions, it saves the SELECTs of files, or the question.
 */
export type ShortIds = "unknown" | "taken" | "refused";

/**
 * The JPKI application, selected on a connection that nobody else uses meanwhile. It can't be made for any other application. Methods
 * reject with the small classes of `jpki-errors.ts`, `SmartCardError` when no response came, `StatusWordError` when the card
 * answered what nobody foresaw. Run one method at a time.
 */
export class JpkiApplet {
  readonly #connection: SmartCardConnection;
  #shortIds: ShortIds;
  /** The EF that is selected: signing again, or reading on, needs no second SELECT. */
  #currentFile: number | undefined;

  private constructor(connection: SmartCardConnection, shortIds: ShortIds) {
    this.#connection = connection;
    this.#shortIds = shortIds;
  }

  /**
   * Selects the application: 1 exchange, 2 with a card that answers `6F00` to the first command after power-up. Rejects with
   * `ApplicationMissing` when it is not there.
   */
  static async select(connection: SmartCardConnection, shortIds: ShortIds = "unknown"): Promise<JpkiApplet> {
    const select = async () => parseResponse(await connection.transmit(selectApplication(JPKI_AID)));
    let { statusWord } = await select();
    if (statusWord === STATUS_WORDS.noDiagnosis) ({ statusWord } = await select());
    if (statusWord !== STATUS_WORDS.success) throw new ApplicationMissing();
    return new JpkiApplet(connection, shortIds);
  }

  /** What is known by now; `unknown` until {@link attemptsRemaining} was asked. */
  get shortIds(): ShortIds {
    return this.#shortIds;
  }

  /**
   * The tries left of a key's PIN, 0 when blocked; costs none. 1 exchange with short ids, 2 without, 1 more where that is not yet
   * known. Rejects with `CertificateMissing` when the card has no such PIN.
   */
  async attemptsRemaining(key: KeyName): Promise<number> {
    if (this.#shortIds !== "refused") {
      const { statusWord } = await this.#query(shortReference(PIN_FILES[key]));
      // only a counter proves that the short id was understood
      if (retryCounter(statusWord) !== undefined) this.#shortIds = "taken";
      if (this.#shortIds === "taken") return attemptsOf(statusWord, key);
    }
    await this.#selectFile(PIN_FILES[key]);
    const { statusWord } = await this.#query(CURRENT_FILE);
    const attempts = attemptsOf(statusWord, key);
    this.#shortIds = "refused";
    return attempts;
  }

  /**
   * The whole certificate, DER, filler cut off: as many READs as it has blocks of 256 octets, and a SELECT where short ids are not
   * known to be taken. Rejects with `PinRequired`, `CertificateMissing` or `CardDataError`.
   */
  async readCertificate(name: CertificateName): Promise<Uint8Array> {
    const start = await this.readCertificateStart(name);
    return readFileEnd(this.#connection, start, certificateLength(start));
  }

  /** The first 256 octets of a certificate's file in one READ: shows whether it is there, and its issuer. As {@link readCertificate}. */
  async readCertificateStart(name: CertificateName): Promise<Uint8Array> {
    const fileId = CERTIFICATE_FILES[name];
    if (this.#shortIds !== "taken") await this.#selectFile(fileId);
    const { data, statusWord } = await readFileStart(this.#connection, this.#shortIds === "taken" ? fileId : undefined);
    if (statusWord !== STATUS_WORDS.success && statusWord !== STATUS_WORDS.endOfFileReached) {
      throw refusal(statusWord, INSTRUCTIONS.readBinary);
    }
    if (data.length === 0) throw new CertificateMissing();
    return data;
  }

  /**
   * Presents a PIN, once. `PinMalformed` before anything is sent; `PinIncorrect` or `PinBlocked` by the card's answer. `pin` stays the
   * caller's to overwrite; the command that held it is overwritten here. 1 exchange with short ids, 2 without.
   */
  async verify(key: KeyName, pin: Uint8Array): Promise<void> {
    if (!isWellFormedPin(key, pin)) throw new PinMalformed();
    const command = verify(await this.#referenceTo(PIN_FILES[key]), pin);
    try {
      const { statusWord } = parseResponse(await this.#connection.transmit(command));
      if (statusWord === STATUS_WORDS.success) return;
      const attempts =
        statusWord === STATUS_WORDS.verificationFailed
          ? await this.attemptsRemaining(key)
          : attemptsOf(statusWord, key);
      throw attempts === 0 ? new PinBlocked() : new PinIncorrect(attempts);
    } finally {
      command.fill(0);
    }
  }

  /**
   * RSASSA-PKCS1-v1_5 over a DigestInfo: `80 2A 00 P2 Lc DigestInfo 00`. The card adds the padding. Rejects with `PinRequired` before
   * VERIFY. 1 exchange with short ids, 2 without (1 when the same key signs again).
   */
  async sign(key: KeyName, digestInfo: Uint8Array): Promise<Uint8Array> {
    if (digestInfo.length > MAX_SIGNATURE_INPUT) throw new RangeError("signature input out of range");
    const p2 = await this.#referenceTo(KEY_FILES[key]);
    const ins = INSTRUCTIONS.performSecurityOperation;
    const { data, statusWord } = await this.#send(
      commandApdu({ cla: 0x80, ins, p1: 0x00, p2, data: digestInfo, le: SHORT_LE_MAX }),
    );
    if (statusWord !== STATUS_WORDS.success) throw refusal(statusWord, ins);
    if (data.length === 0) throw new CardDataError();
    return data;
  }

  /** Takes the PIN states away by selecting the issuer security domain; this object is of no use afterwards. 1 exchange. */
  async leave(): Promise<void> {
    await leaveApplication(this.#connection);
  }

  async #send(command: Uint8Array): Promise<ResponseApdu> {
    return parseResponse(await this.#connection.transmit(command));
  }

  /** Some readers turn a command of four octets into one that the card finds too short: then once more with an Le. */
  async #query(reference: number): Promise<ResponseApdu> {
    const answer = await this.#send(verifyQuery(reference));
    if (answer.statusWord !== STATUS_WORDS.wrongLength) return answer;
    return this.#send(commandApdu({ ins: INSTRUCTIONS.verify, p1: 0x00, p2: reference, le: SHORT_LE_MAX }));
  }

  async #selectFile(fileId: number): Promise<void> {
    if (this.#currentFile === fileId) return;
    this.#currentFile = undefined;
    const { statusWord } = await this.#send(selectElementaryFile(fileId));
    if (statusWord !== STATUS_WORDS.success) throw refusal(statusWord, INSTRUCTIONS.select);
    this.#currentFile = fileId;
  }

  /** P2 for VERIFY and signature: the short id, or "the current EF" after having selected it. */
  async #referenceTo(fileId: number): Promise<number> {
    if (this.#shortIds === "taken") return shortReference(fileId);
    await this.#selectFile(fileId);
    return CURRENT_FILE;
  }
}

/** Selects the issuer security domain, which takes the PIN states of JPKI away, whatever was selected before. 1 exchange. */
export async function leaveApplication(connection: SmartCardConnection): Promise<void> {
  const { statusWord } = parseResponse(await connection.transmit(selectApplication(ISSUER_SECURITY_DOMAIN_AID)));
  if (statusWord !== STATUS_WORDS.success) throw new StatusWordError(statusWord, INSTRUCTIONS.select);
}

/** Tries left, from the answer to VERIFY with or without data. A PIN that is verified already has all its tries. */
function attemptsOf(statusWord: number, key: KeyName): number {
  switch (statusWord) {
    case STATUS_WORDS.success:
      return ALL_ATTEMPTS[key];
    case STATUS_WORDS.authenticationMethodBlocked:
    case STATUS_WORDS.referenceDataNotUsable:
      return 0;
    default: {
      const attempts = retryCounter(statusWord);
      if (attempts === undefined) throw refusal(statusWord, INSTRUCTIONS.verify);
      return attempts;
    }
  }
}

/** The meaning of a status word that is the same for every command. */
function refusal(statusWord: number, instruction: number): Error {
  switch (statusWord) {
    case STATUS_WORDS.securityStatusNotSatisfied:
      return new PinRequired();
    case STATUS_WORDS.fileNotFound:
    case STATUS_WORDS.recordNotFound:
    case STATUS_WORDS.referenceDataNotFound:
      return new CertificateMissing();
    default:
      return new StatusWordError(statusWord, instruction);
  }
}
