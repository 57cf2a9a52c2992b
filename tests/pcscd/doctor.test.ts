import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { ROOT } from "../repository/source-files.ts";
import { temporaryFolder } from "../support/virtual-card.ts";
import { startPcscd, VIRTUAL_READER, type CardService } from "./pcscd-harness.ts";
import { pcscdSkipReason } from "./privilege.ts";
import { seenByService } from "./watching.ts";

const reason = pcscdSkipReason();

describe.skipIf(reason !== undefined)(
  `the doctor at a card reader${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    const { folder, remove } = temporaryFolder();
    let service: CardService;
    beforeAll(async () => (service = await startPcscd()));
    afterAll(async () => {
      await service.stop();
      remove();
    });
    // longer than the service takes to see that the reader is empty
    beforeEach(() => service.removeCard());

    function cardFindings(): { code: string; subject?: string; count?: number }[] {
      const main = join(ROOT, "native-host/install/main.ts");
      const profile = ["--user-data-dir", folder];
      const { stdout } = spawnSync(process.execPath, [main, "doctor", "--json", ...profile], { encoding: "utf8" });
      const { findings } = JSON.parse(stdout) as { findings: { code: string; subject?: string; count?: number }[] };
      return findings.slice(findings.findIndex(({ code }) => code.startsWith("pcsc-")));
    }
    const codes = (): string[] => cardFindings().map(({ code }) => code);
    async function insert(file: CardFileInput): Promise<void> {
      writeCardFile(folder, file);
      await service.insertCard(folder);
      await seenByService(VIRTUAL_READER, "present");
    }

    it("finds readers without a card", () => {
      expect(codes()).toEqual(["pcsc-ok", "reader-ok", "reader-ok", "card-none"]);
    });

    it("finds a card, its tries and that it is a test card", async () => {
      await insert({});
      const found = cardFindings();
      expect(found.map(({ code }) => code)).toEqual([
        "pcsc-ok",
        "reader-ok",
        "reader-ok",
        "card-ok",
        "attempts-authentication",
        "attempts-signing",
        "card-test",
      ]);
      expect(found[3]?.subject).toBe(VIRTUAL_READER);
      expect(found.map(({ count }) => count).filter((count) => count !== undefined)).toEqual([3, 5]);
    });

    it("finds a card without a signing key", async () => {
      await insert({ quirks: { noSigningKey: true } });
      expect(codes()).toContain("signing-missing");
    });

    it("finds another kind of card", async () => {
      await insert({ quirks: { anotherKindOfCard: true } });
      expect(codes().slice(3)).toEqual(["card-unsupported"]);
    });
  },
);
