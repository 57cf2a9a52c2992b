import type { KeyName } from "../../shared/protocol/fields.ts";
import { JpkiApplet } from "../jpki/jpki-applet.ts";
import { ApplicationMissing, CertificateMissing } from "../jpki/jpki-errors.ts";
import { namesTestAuthority } from "../jpki/test-authority.ts";
import type { CardAccess, ReaderSnapshot, ReaderState } from "../smartcard/card-access.ts";
import { withResponseChaining } from "../smartcard/response-chaining.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { finding } from "./finding.ts";
import type { Finding } from "./finding.ts";

/** A service that was only just started by asking for it needs a moment to find its readers. */
const SETTLING_MILLISECONDS = 2_500;

/** Everything between host and card: service, readers, cards, whether a card has JPKI, its tries left (none is spent), test or real. */
export async function examineCards(access: CardAccess): Promise<Finding[]> {
  const snapshot = await settledSnapshot(access);
  if (snapshot.service === "unavailable") return [finding("pcsc-unavailable")];
  const { readers } = snapshot;
  if (readers.length === 0) return [finding("pcsc-ok"), finding("reader-none")];
  const found = [finding("pcsc-ok"), ...readers.map(({ reader }) => finding("reader-ok", reader))];
  const cards = readers.filter(({ card }) => card !== "absent");
  if (cards.length === 0) return [...found, finding("card-none")];
  for (const state of cards) found.push(...(await examineReader(access, state)));
  return found;
}

/** The first state with a card in it, or what there is after a while. */
async function settledSnapshot(access: CardAccess): Promise<ReaderSnapshot> {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), SETTLING_MILLISECONDS);
  let latest: ReaderSnapshot = { service: "unavailable" };
  try {
    await access.watch((snapshot) => {
      latest = snapshot;
      if (snapshot.service === "running" && snapshot.readers.some(({ card }) => card !== "absent")) enough.abort();
    }, enough.signal);
  } finally {
    clearTimeout(timer);
  }
  return latest;
}

async function examineReader(access: CardAccess, { reader, card }: ReaderState): Promise<Finding[]> {
  if (card === "unresponsive") return [finding("card-unresponsive", reader)];
  try {
    const connection = await access.connect(reader);
    try {
      return await connection.transaction(async (exclusive) => {
        const applet = await JpkiApplet.select(withResponseChaining(exclusive));
        const found = [finding("card-ok", reader), ...(await triesLeft(applet, "authentication"))];
        found.push(...(await triesLeft(applet, "signing")));
        const authority = await applet.readCertificateStart("authentication-ca");
        found.push(finding(namesTestAuthority(authority) ? "card-test" : "card-real"));
        await applet.leave();
        return found;
      });
    } finally {
      await connection.close("leave");
    }
  } catch (error) {
    return [finding(codeOf(error), reader)];
  }
}

async function triesLeft(applet: JpkiApplet, key: KeyName): Promise<Finding[]> {
  try {
    const count = await applet.attemptsRemaining(key);
    return [count === 0 ? finding(`blocked-${key}`) : { code: `attempts-${key}`, count }];
  } catch (error) {
    // children's cards have no signing key; without the other key a card is of no use
    if (error instanceof CertificateMissing && key === "signing") return [finding("signing-missing")];
    throw error;
  }
}

function codeOf(error: unknown): "card-busy" | "card-unsupported" | "card-none" | "card-unresponsive" {
  if (error instanceof ApplicationMissing || error instanceof CertificateMissing) return "card-unsupported";
  if (!(error instanceof SmartCardError)) return "card-unresponsive";
  if (error.fault === "card-busy") return "card-busy";
  return error.fault === "card-removed" || error.fault === "no-card" ? "card-none" : "card-unresponsive";
}
