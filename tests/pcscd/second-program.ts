import { once } from "node:events";
import * as koffi from "koffi";
import { openPcscCardAccess } from "../../native-host/pcsc/pcsc-card-access.ts";
import { loadWinscard } from "../../native-host/pcsc/winscard-library.ts";
import { DISPOSITION } from "../../native-host/pcsc/winscard.ts";

/**
 * Another program that uses the card, run as a process of its own: `hold <reader>` begins a transaction, prints `held` and gives the
 * card back when its standard input ends; `reset <reader>` resets the card; `wait-and-exit <reader>` calls `process.exit(7)` while its
 * own connection waits for somebody else's transaction.
 */
const [task, reader = ""] = process.argv.slice(2);

if (task === "wait-and-exit") {
  const access = await openPcscCardAccess();
  void access.connect(reader).catch(() => undefined);
  setTimeout(() => process.exit(7), 300);
} else {
  const winscard = loadWinscard(koffi);
  const context = await winscard.establishContext();
  const { card } = await winscard.connect(context, reader);
  if (task === "hold") {
    await winscard.beginTransaction(card);
    process.stdout.write("held\n");
    await once(process.stdin.resume(), "end");
    await winscard.endTransaction(card, DISPOSITION.leave);
  }
  await winscard.disconnect(card, task === "reset" ? DISPOSITION.reset : DISPOSITION.leave);
  await winscard.releaseContext(context);
}
