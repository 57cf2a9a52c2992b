import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERSON_IDS } from "../../native-host/virtual-card/people.ts";
import { GENERATIONS, openTestAuthority } from "../../native-host/virtual-card/test-authority.ts";
import { temporaryFolder } from "../support/virtual-card.ts";

const run = promisify(execFile);
const { folder, remove } = temporaryFolder();
afterAll(remove);
const authority = openTestAuthority(join(folder, "authority"));
const at = (name: string): string => join(folder, name);

describe.each(["authentication", "signing"] as const)(
  "openssl about the %s certificates of the test authority",
  (key) => {
    // both generations in one file: one name, so only signature and key identifier find the issuer
    const roots = at(`${key}-roots.pem`);
    beforeAll(async () => {
      const both = await Promise.all(GENERATIONS.map((generation) => authority.authorityCertificate(key, generation)));
      writeFileSync(roots, both.join(""));
    });
    async function leaf(
      person: (typeof PERSON_IDS)[number],
      certificateValidity: "current" | "expired" | "not-yet-valid",
    ) {
      const { certificate } = await authority.credential(key, person, { certificateValidity, octets: 0 });
      const file = at(`${key}-${person}-${certificateValidity}.pem`);
      writeFileSync(file, new X509Certificate(certificate).toString());
      return file;
    }
    const policy = { authentication: "1.2.392.200149.8.5.1.3.30", signing: "1.2.392.200149.8.5.1.0.20" }[key];
    const purpose = { authentication: "sslclient", signing: "any" }[key];

    it.each(PERSON_IDS)("the one of %s is valid in every strictness, under its policy", async (person) => {
      const file = await leaf(person, "current");
      const strict = ["-x509_strict", "-policy_check", "-explicit_policy", "-policy", policy, "-purpose", purpose];
      const { stdout } = await run("openssl", ["verify", ...strict, "-CAfile", roots, file]);
      expect(stdout).toMatch(/: OK$/m);
    });

    it("an expired one has expired, and was valid in its time", async () => {
      const file = await leaf("ordinary", "expired");
      const verify = (...more: string[]) => run("openssl", ["verify", ...more, "-CAfile", roots, file]);
      await expect(verify()).rejects.toThrow(/certificate has expired/);
      const { validFrom } = new X509Certificate((await run("openssl", ["x509", "-in", file])).stdout);
      const then = String(Math.floor(Date.parse(validFrom) / 1000) + 86_400);
      expect((await verify("-attime", then)).stdout).toMatch(/: OK$/m);
    });

    it("one to come is not yet valid", async () => {
      const file = await leaf("ordinary", "not-yet-valid");
      await expect(run("openssl", ["verify", "-CAfile", roots, file])).rejects.toThrow(/certificate is not yet valid/);
    });

    it("is understood to its last octet", async () => {
      const { stdout } = await run("openssl", ["asn1parse", "-in", await leaf("long-address", "current")]);
      // hexadecimal digits may spell BAD too
      expect(stdout).not.toMatch(/Error in encoding|:BAD [A-Z]/);
      const { stdout: text } = await run("openssl", [
        "x509",
        "-in",
        await leaf("ordinary", "current"),
        "-noout",
        "-text",
      ]);
      expect(text).toMatch(/Issuer: C = JP, O = JPKI-TEST, OU = JPKI for /);
      expect(text).toMatch(
        /CRL Distribution Points:[\s\S]*DirName:C = JP, O = JPKI-TEST, OU = [^,]*, OU = CRL Distribution Points/,
      );
      expect(text).toMatch(/OCSP - URI:http:\/\/ocsp(sign|auth)\.jpki\.test\//);
      expect(text).toMatch(/Issuer Alternative Name:/);
    });
  },
);
