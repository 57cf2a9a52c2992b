import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPcscCardAccess } from "../../native-host/pcsc/pcsc-card-access.ts";
import type { CardAccess } from "../../native-host/smartcard/card-access.ts";
import type { SmartCardError } from "../../native-host/smartcard/smart-card-connection.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";
import { SELECT_JPKI, temporaryFolder } from "../support/virtual-card.ts";
import { takePcscd } from "./exclusive-use.ts";
import { startPcscd, VIRTUAL_READER } from "./pcscd-harness.ts";
import { pcscdSkipReason } from "./privilege.ts";
import { cardIn, watching } from "./watching.ts";

const reason = pcscdSkipReason();

describe.skipIf(reason !== undefined)(`the card service itself${reason === undefined ? "" : ` (${reason})`}`, () => {
  let access: CardAccess;
  beforeEach(async () => (access = await openPcscCardAccess()));
  afterEach(() => access.close());

  it("may be missing, come, die with a card in use and come back, while somebody watches", async () => {
    const { folder, remove } = temporaryFolder();
    const release = await takePcscd();
    const seen = watching(access);
    await seen.until(({ service }) => service === "unavailable");
    await expect(access.connect(VIRTUAL_READER)).rejects.toMatchObject({ fault: "service-unavailable" });
    release();

    const first = await startPcscd();
    await first.insertCard(folder);
    await seen.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
    const connection = await access.connect(VIRTUAL_READER);
    await connection.transaction((card) => card.transmit(decodeHex(SELECT_JPKI)));
    await first.stop();
    await seen.until(({ service }) => service === "unavailable");
    const fault = await connection
      .transaction((card) => card.transmit(decodeHex(SELECT_JPKI)))
      .catch((error: unknown) => (error as SmartCardError).fault);
    expect(["service-unavailable", "card-removed"]).toContain(fault);
    await connection.close("unpower");

    const second = await startPcscd();
    await second.insertCard(folder);
    await seen.until((snapshot) => cardIn(snapshot, VIRTUAL_READER) === "present");
    const again = await access.connect(VIRTUAL_READER);
    expect(await again.transaction((card) => card.transmit(decodeHex(SELECT_JPKI)))).toEqual(decodeHex("9000"));
    await again.close("unpower");
    await seen.stop();
    await second.stop();
    remove();
  });
});
