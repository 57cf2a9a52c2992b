import { execFileSync, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Parse, SignedXml } from "xmldsigjs";
import { answer, type Answer } from "./case.ts";
import type { Workshop } from "./workshop.ts";

/** Which attributes are IDs, as a site has to tell xmlsec1. */
const IDS = [
  ...["root", "form", "answers", "evil", "構成情報", "outer"].flatMap((name) => [`Id ${name}`, `ID ${name}`]),
  "Id x",
].flatMap((one) => {
  const [attribute = "", name = ""] = one.split(" ");
  return [`--id-attr:${attribute}`, name];
});

/** `xmlsec1 --verify` of the file's first Signature, with chain and time. */
export const byXmlsec = async (workshop: Workshop, file: string): Promise<Answer> => {
  const time = ["--verification-time", "2026-11-24 03:00:00"];
  const { well, output } = await workshop.run("xmlsec1", "--verify", "--trusted-pem", "ca.pem", ...time, ...IDS, file);
  return answer(well, output);
};

/** The JDK, in one process that is asked file after file. */
export interface Jdk {
  readonly ask: (file: string) => Promise<Answer>;
  readonly close: () => void;
}

/** Starts the JDK's verifier of tests/conformance/xml; it trusts the authority in `ca.pem`. */
export function startJdk({ folder }: Workshop): Jdk {
  const code = join(import.meta.dirname, "../../conformance/xml/Verify.java");
  execFileSync("javac", ["-encoding", "UTF-8", "-d", folder, code]);
  const encoding = ["-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8"];
  const child = spawn("java", [...encoding, "-cp", folder, "Verify", join(folder, "ca.pem")], {
    env: { ...process.env, LC_ALL: "C.UTF-8" },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  child.on("exit", () => waiting.splice(0).forEach((resolve) => resolve("it ended")));
  return {
    close: () => void child.kill(),
    ask: (file) =>
      new Promise((resolve) => {
        waiting.push((line) => resolve(answer(line === "OK", line)));
        child.stdin.write(`${join(folder, file)}\n`);
      }),
  };
}

/** xmldsigjs: every Signature, under the key of the certificate in it. It asks about no chain. */
export async function byXmldsigjs(text: string): Promise<Answer> {
  try {
    const document = Parse(text);
    const found = document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature");
    for (let at = 0; at < found.length; at++) {
      const element = found.item(at);
      const base64 = element?.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "X509Certificate").item(0);
      const certificate = new X509Certificate(Buffer.from(base64?.textContent ?? "", "base64"));
      const der = Uint8Array.from(certificate.publicKey.export({ type: "spki", format: "der" }));
      const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: text.includes("rsa-sha512") ? "SHA-512" : "SHA-256" };
      const key = await crypto.subtle.importKey("spki", der, algorithm, true, ["verify"]);
      const verifier = new SignedXml(document);
      if (element) verifier.LoadXml(element);
      if (!(await verifier.Verify(key))) return answer(false, `Signature ${at}`);
    }
    return found.length > 0 ? answer(true) : answer(false, "no Signature");
  } catch (thrown) {
    return answer(false, thrown instanceof Error ? thrown.message : JSON.stringify(thrown));
  }
}
