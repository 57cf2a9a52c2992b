import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadWinscard } from "../../native-host/pcsc/winscard-library.ts";
import { DISPOSITION, type Winscard } from "../../native-host/pcsc/winscard.ts";
import { winscardPlatform } from "../../native-host/pcsc/winscard-platform.ts";
import { PUBLIC_PINS } from "../../native-host/virtual-card/card-file.ts";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";
import { startPcscd, VIRTUAL_READER } from "../pcscd/pcscd-harness.ts";
import { pcscdSkipReason } from "../pcscd/privilege.ts";
import { startHost } from "../support/host-client.ts";
import { compare, median, times, type Row } from "./measure.ts";

const RUNS = 15;
const digestInfo = concatBytes(decodeHex("3031300d060960864801650304020105000420"), new Uint8Array(32));

/** What login sends after the PIN, without anything of ours around it. */
function rawCommands(): Uint8Array[] {
  const pin = new TextEncoder().encode(PUBLIC_PINS.authentication);
  return [
    decodeHex("00A4040C0AD392F000260100000001"),
    concatBytes(decodeHex("0020009804"), pin),
    concatBytes(decodeHex("802A009733"), digestInfo, Uint8Array.of(0)),
  ];
}

async function rawLogins(winscard: Winscard): Promise<number[]> {
  const context = await winscard.establishContext();
  const { card, protocol } = await winscard.connect(context, VIRTUAL_READER);
  const commands = rawCommands();
  const taken = await times(RUNS, async () => {
    await winscard.beginTransaction(card);
    for (const command of commands) await winscard.transmit(card, protocol, command);
    await winscard.endTransaction(card, DISPOSITION.leave);
  });
  await winscard.disconnect(card, DISPOSITION.unpower);
  await winscard.releaseContext(context);
  return taken;
}

async function hostLogins(): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const host = await startHost([]);
    await host.request("watch", { key: "authentication", origin: "https://shinsei.city.aozora.lg.jp" });
    const { card } = await host.ready();
    taken.push(
      ...(await times(1, async () => {
        host.sendPin(PUBLIC_PINS.authentication);
        await host.request("authenticate", { card, challenge: encodeBase64(new Uint8Array(32)) });
      })),
    );
    await host.end();
  }
  return taken;
}

/** PIN frame to answer of the host, virtual card in the real `pcscd`, beside a bare loop over the same three commands. */
export async function readerLatency(): Promise<Row[]> {
  const reason = pcscdSkipReason();
  if (reason !== undefined)
    return [{ what: "PIN to signature over pcscd", value: "not measured", beside: reason, ratio: "" }];
  const folder = mkdtempSync(join(tmpdir(), "kodo-bench-"));
  const service = await startPcscd();
  try {
    await service.insertCard(folder);
    const winscard = loadWinscard(await import("koffi"), winscardPlatform(process.platform));
    const raw = await rawLogins(winscard);
    return [
      compare(
        "host: PIN to signature, real pcscd",
        median(await hostLogins()),
        "the same APDUs in a bare loop",
        median(raw),
        "ms",
      ),
    ];
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true });
  }
}
