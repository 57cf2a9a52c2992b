import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foreignSelects } from "../../native-host/smartcard/transcript.ts";
import { writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { HOST_SOURCE, startHost } from "../support/host-client.ts";
import { somePins, temporaryFolder } from "../support/virtual-card.ts";
import { startPcscd, VIRTUAL_READER, type CardService } from "./pcscd-harness.ts";
import { pcscdSkipReason } from "./privilege.ts";

/** As long as somebody may look for the PIN. */
const TYPING_SECONDS = 25;
const skipped = pcscdSkipReason();

describe.skipIf(skipped !== undefined)(
  `a second program at the card${skipped === undefined ? "" : ` (${skipped})`}`,
  () => {
    const { folder, remove } = temporaryFolder();
    const pins = somePins();
    const transcript = join(folder, "transcript");
    let service: CardService;

    beforeAll(async () => {
      writeCardFile(folder, pins.file);
      service = await startPcscd();
      await service.insertCard(folder);
    });
    afterAll(async () => {
      await service.stop();
      remove();
    });

    /** OpenSC uses the card, and resets it in the end; fails if it could not get at it. */
    const useCard = (): void => {
      const words = [
        "--reader",
        VIRTUAL_READER,
        "--card-driver",
        "default",
        "--send-apdu",
        "00:A4:04:0C:08:A0:00:00:01:51:00:00:00",
      ];
      expect(execFileSync("opensc-tool", words, { encoding: "utf8", timeout: 5_000 })).toContain("SW1=0x90, SW2=0x00");
      execFileSync("opensc-tool", ["--reader", VIRTUAL_READER, "--reset"], { timeout: 5_000 });
    };

    it(
      `uses and resets it again and again while the resident types for ${TYPING_SECONDS} seconds: the login succeeds`,
      { timeout: (TYPING_SECONDS + 60) * 1000 },
      async () => {
        const host = await startHost(["--transcript", transcript], HOST_SOURCE);
        await host.request("watch", { key: "authentication", origin: "https://forms.example.go.jp" });
        await host.ready();
        const commands = (): string => readFileSync(transcript, "utf8");
        expect(commands().trimEnd().endsWith("# transaction ends"), "a transaction is open while a human types").toBe(
          true,
        );
        const until = Date.now() + TYPING_SECONDS * 1000;
        while (Date.now() < until) {
          useCard();
          await delay(4_000);
        }
        const { card } = await host.ready();
        host.sendPin(pins.file.authenticationPin);
        const result = await host.request("authenticate", { card, challenge: "A".repeat(43) + "=" });
        expect(result).toMatchObject({ algorithm: "RS256" });
        useCard();
        expect(await host.end()).toBe(0);
        expect(foreignSelects(commands())).toEqual([]);
      },
    );
  },
);
