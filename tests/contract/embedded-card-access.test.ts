import { readCardFile, writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { openEmbeddedCardAccess } from "../../native-host/virtual-card/embedded-card-access.ts";
import { cardAccessContract } from "./card-access.contract.ts";

function setService(folder: string, service: "running" | "unavailable"): Promise<void> {
  writeCardFile(folder, { ...readCardFile(folder), service });
  return Promise.resolve();
}

cardAccessContract("the embedded virtual card", async (folder) => {
  const access = await openEmbeddedCardAccess(folder);
  return {
    access,
    stopService: () => setService(folder, "unavailable"),
    startService: () => setService(folder, "running"),
    end: () => access.close(),
  };
});
