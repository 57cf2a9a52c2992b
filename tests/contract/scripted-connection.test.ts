import { scriptedConnection } from "../../native-host/smartcard/scripted-connection.ts";
import { smartCardConnectionContract } from "./smart-card-connection.contract.ts";

smartCardConnectionContract("the scripted connection", (script) => {
  return Promise.resolve({ connection: scriptedConnection(script), close: () => Promise.resolve() });
});
