import { describe, expect, it } from "vitest";
import { query, selectIssuerSecurityDomain } from "../../tests/support/card-script.ts";
import { scriptedAccess } from "../../tests/support/scripted-access.ts";
import { verifyQuery } from "../smartcard/command-apdu.ts";
import type { CardConnection } from "../smartcard/card-access.ts";
import { SmartCardError } from "../smartcard/smart-card-connection.ts";
import { pinTransaction } from "./pin-transaction.ts";

async function connect(script: string, options?: { refusesPower: boolean }) {
  const access = scriptedAccess(options);
  access.next(script);
  return { access, connection: await access.connect("reader") };
}

describe("a transaction with a PIN", () => {
  it("ends with the card's power and settles as its work did", async () => {
    const { access, connection } = await connect(query("98", "63C3"));
    const length = await pinTransaction(connection, async (card) => (await card.transmit(verifyQuery(0x98))).length);
    expect(length).toBe(2);
    expect(access.log).toEqual(["connect reader", "transaction unpower"]);
  });

  it("ends in the same way when its work failed", async () => {
    const { access, connection } = await connect("");
    const failure = new Error("failed");
    await expect(pinTransaction(connection, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(access.log).toEqual(["connect reader", "transaction unpower"]);
  });

  it.each([
    ["succeeded", () => Promise.resolve("done"), "done"],
    ["failed", () => Promise.reject(new Error("failed")), "Error: failed"],
  ])(
    "selects the issuer security domain where power can't be taken, also when its work %s",
    async (_, work, outcome) => {
      const { access, connection } = await connect(selectIssuerSecurityDomain(), { refusesPower: true });
      expect(await pinTransaction(connection, work).catch(String)).toBe(outcome);
      expect(access.log).toEqual(["connect reader", "transaction unpower", "transaction leave"]);
      expect(access.remaining()).toBe(0);
    },
  );

  it("keeps the result when the card is gone before it could be left", async () => {
    const { connection } = await connect("> 00A4040C08A000000151000000\n! card-removed\n", { refusesPower: true });
    expect(await pinTransaction(connection, () => Promise.resolve("done"))).toBe("done");
  });

  it("says why when it never began", async () => {
    const busy: CardConnection = {
      transaction: () => Promise.reject(new SmartCardError("card-busy")),
      close: () => Promise.resolve(),
    };
    await expect(pinTransaction(busy, () => Promise.resolve())).rejects.toMatchObject({ fault: "card-busy" });
  });
});
