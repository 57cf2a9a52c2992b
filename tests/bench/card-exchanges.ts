import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseTranscript } from "../../native-host/smartcard/transcript.ts";
import { PUBLIC_PINS, writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import { startHost, type HostClient } from "../support/host-client.ts";
import { compare, type Row } from "./measure.ts";

const ORIGIN = "https://shinsei.city.aozora.lg.jp";
const challenge = encodeBase64(new Uint8Array(32));

/** The commands of one ceremony, before and after the PIN; what leaves the card and the host behind it are not counted by the aims. */
async function count(
  shortFileIds: boolean,
  key: "authentication" | "signing",
): Promise<{ all: number; afterPin: number }> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-bench-"));
  try {
    writeCardFile(folder, { quirks: { shortFileIds } });
    const transcript = join(folder, "transcript");
    const commands = (): number => parseTranscript(readFileSync(transcript, "utf8")).length;
    const host = await startHost(["--virtual-card", folder, "--transcript", transcript]);
    await host.request("watch", { key, origin: ORIGIN });
    const { card } = await host.ready();
    const before = commands();
    await (key === "authentication" ? login(host, card) : sign(host, card));
    await host.end();
    const exchanges = parseTranscript(readFileSync(transcript, "utf8"));
    // leaving the card is no part of the aims: it happens when the page has its answer
    const leaving = exchanges.filter(({ command }) => command.startsWith("00A4040C08A0000001510000")).length;
    return { all: exchanges.length - leaving, afterPin: exchanges.length - leaving - before };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function login(host: HostClient, card: number): Promise<void> {
  host.sendPin(PUBLIC_PINS.authentication);
  await host.request("authenticate", { card, challenge });
}

async function sign(host: HostClient, card: number): Promise<void> {
  host.sendPin(PUBLIC_PINS.signing);
  await host.request("unlock", { card });
  await host.request("sign", { digests: [encodeBase64(new Uint8Array(32))] });
  await host.request("finish", {});
}

/** Exchanges with the card, counted from transcripts of the built host, beside the aims and what OpenSC needs for the bare signature. */
export async function cardExchanges(): Promise<Row[]> {
  const short = { login: await count(true, "authentication"), sign: await count(true, "signing") };
  const long = { login: await count(false, "authentication"), sign: await count(false, "signing") };
  const unit = "exchanges";
  return [
    compare("login, 1,500-byte certificate, short ids", short.login.all, "aim", 11, unit),
    compare("… after the PIN", short.login.afterPin, "aim", 3, unit),
    compare("login without short ids, the refused short id counted", long.login.all, "aim", 15, unit),
    compare("… after the PIN", long.login.afterPin, "aim", 5, unit),
    compare("signing after the PIN, 2,000-byte certificate, short ids", short.sign.afterPin, "aim", 11, unit),
    compare("… the whole ceremony", short.sign.all, "OpenSC's bare signature, its driver forced", 43, unit),
    compare("signing after the PIN without short ids", long.sign.afterPin, "aim", 14, unit),
  ];
}
