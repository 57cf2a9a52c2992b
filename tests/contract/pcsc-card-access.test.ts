import { afterAll, beforeAll, describe } from "vitest";
import { openPcscCardAccess } from "../../native-host/pcsc/pcsc-card-access.ts";
import { startPcscd, type CardService } from "../pcscd/pcscd-harness.ts";
import { pcscdSkipReason } from "../pcscd/privilege.ts";
import { cardAccessContract } from "./card-access.contract.ts";

const skipReason = pcscdSkipReason();

describe.skipIf(skipReason)(`PC/SC through the real pcscd${skipReason ? ` (${skipReason})` : ""}`, () => {
  let service: CardService;
  beforeAll(async () => (service = await startPcscd()));
  afterAll(() => service.stop());

  cardAccessContract("PC/SC", async (folder) => {
    const access = await openPcscCardAccess();
    await service.insertCard(folder);
    return {
      access,
      stopService: () => service.stop(),
      async startService() {
        service = await startPcscd();
        await service.insertCard(folder);
      },
      async end() {
        await access.close();
        await service.removeCard();
      },
    };
  });
});
