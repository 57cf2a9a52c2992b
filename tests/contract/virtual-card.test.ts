import { openEmbeddedCardAccess, EMBEDDED_READER } from "../../native-host/virtual-card/embedded-card-access.ts";
import { poweredCard, temporaryFolder } from "../support/virtual-card.ts";
import { smartCardConnectionContract } from "./smart-card-connection.contract.ts";

smartCardConnectionContract("the virtual card", () => {
  const { folder, remove } = temporaryFolder();
  return Promise.resolve({ connection: poweredCard(folder), close: () => Promise.resolve().then(remove) });
});

smartCardConnectionContract("a transaction with the embedded virtual card", async () => {
  const { folder, remove } = temporaryFolder();
  const access = await openEmbeddedCardAccess(folder);
  const connection = await access.connect(EMBEDDED_READER);
  return {
    connection: { transmit: (command) => connection.transaction((card) => card.transmit(command)) },
    async close() {
      await connection.close("unpower");
      await access.close();
      remove();
    },
  };
});
