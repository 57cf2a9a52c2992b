import { execFile } from "node:child_process";
import { randomBytes, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { PEOPLE } from "../../native-host/virtual-card/people.ts";
import { startPcscd, type CardService } from "../pcscd/pcscd-harness.ts";
import { pcscdSkipReason } from "../pcscd/privilege.ts";
import { somePins, temporaryFolder } from "../support/virtual-card.ts";

/** Runs a program that must not wait for ever for a card. */
const run = (program: string, args: readonly string[]): Promise<{ stdout: string }> =>
  promisify(execFile)(program, args, { timeout: 30_000 });
const MODULE = ["/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so"].find(
  existsSync,
);
const skipReason = pcscdSkipReason() ?? (MODULE === undefined ? "not installed: opensc-pkcs11" : undefined);

/** The keys as OpenSC's own JPKI driver numbers them. */
const KEYS = [
  { key: "authentication", id: "01", pin: "authenticationPin", label: "User Authentication" },
  { key: "signing", id: "02", pin: "signingPin", label: "Digital Signature" },
] as const;

describe.skipIf(skipReason)(
  `OpenSC with the virtual card in the real pcscd${skipReason ? ` (${skipReason})` : ""}`,
  () => {
    const { folder, remove } = temporaryFolder();
    const pins = somePins();
    let service: CardService;
    const at = (name: string): string => join(folder, name);
    const pkcs11 = async (...args: string[]): Promise<string> =>
      (await run("pkcs11-tool", ["--module", MODULE ?? "", ...args])).stdout;

    beforeAll(async () => {
      writeCardFile(folder, pins.file);
      service = await startPcscd();
      await service.insertCard(folder);
    });
    afterAll(async () => {
      await service.stop();
      remove();
    });

    it("finds the JPKI application with both PINs, keys and certificates", async () => {
      const { stdout } = await run("pkcs15-tool", ["-D"]);
      expect(stdout).toMatch(/PKCS#15 Card \[JPKI\]/);
      expect(stdout).toMatch(/User Authentication PIN[\s\S]*?Tries left\s*: 3/);
      expect(stdout).toMatch(/Digital Signature PIN[\s\S]*?Tries left\s*: 5/);
      for (const { label } of KEYS) expect(stdout).toContain(`Private RSA Key [${label} Key]`);
      expect(stdout.match(/^X\.509 Certificate \[/gm)).toHaveLength(4);
    });

    it("lists the token's objects", async () => {
      expect(await pkcs11("--list-slots")).toContain("JPKI");
      const objects = await pkcs11("--list-objects");
      expect(objects).toContain("User Authentication Certificate");
    });

    it("reads the authentication certificate and its authority's without a PIN, and openssl accepts the chain", async () => {
      for (const [id, file] of [
        ["01", "leaf.pem"],
        ["03", "authority.pem"],
      ] as const) {
        await run("pkcs15-tool", ["--read-certificate", id, "--output", at(file)]);
      }
      const { stdout } = await run("openssl", [
        "verify",
        "-x509_strict",
        "-CAfile",
        at("authority.pem"),
        at("leaf.pem"),
      ]);
      expect(stdout).toMatch(/: OK$/m);
      expect(new X509Certificate(readFileSync(at("leaf.pem"))).subject).toMatch(/^C=JP\nCN=[0-9A-Z]{24}$/);
    });

    it("reads the signing certificate with its PIN, and it names the person", async () => {
      await run("pkcs15-tool", [
        "--verify-pin",
        "--auth-id",
        "02",
        "--pin",
        pins.file.signingPin,
        "--read-certificate",
        "02",
        "-o",
        at("signing.pem"),
      ]);
      const { stdout } = await run("openssl", ["x509", "-in", at("signing.pem"), "-noout", "-ext", "subjectAltName"]);
      expect(stdout).toContain("othername");
      expect(new X509Certificate(readFileSync(at("signing.pem"))).raw.includes(PEOPLE.ordinary.name)).toBe(true);
    });

    it.each(KEYS)("signs with the $key key, and openssl verifies it", async ({ id, pin, key }) => {
      const login = ["--login", "--pin", pins.file[pin]];
      // OpenSC shows each PIN as a slot of its own, and the signing certificate behind its PIN
      const slot = key === "signing" ? ["--slot-index", "1"] : [];
      const read = key === "signing" ? login : [];
      writeFileSync(at("data"), randomBytes(1000));
      const files = ["--input-file", at("data"), "--output-file", at("signature")];
      await pkcs11("--sign", "--mechanism", "SHA256-RSA-PKCS", "--id", id, ...slot, ...login, ...files);
      await pkcs11("--read-object", "--type", "cert", "--id", id, ...slot, ...read, "--output-file", at("certificate"));
      const { publicKey } = new X509Certificate(readFileSync(at("certificate")));
      writeFileSync(at("key.pem"), publicKey.export({ type: "spki", format: "pem" }));
      const signed = ["-signature", at("signature"), at("data")];
      const { stdout } = await run("openssl", ["dgst", "-sha256", "-verify", at("key.pem"), ...signed]);
      expect(stdout.trim()).toBe("Verified OK");
    });

    it("is refused with a wrong PIN, which costs a try", async () => {
      const wrong = new TextDecoder().decode(pins.wrong);
      await expect(pkcs11("--login", "--pin", wrong, "--list-objects")).rejects.toThrow(/CKR_PIN_INCORRECT/);
      const { stdout } = await run("pkcs15-tool", ["--list-pins"]);
      expect(stdout).toMatch(/User Authentication PIN[\s\S]*?Tries left\s*: 2/);
    });
  },
);
