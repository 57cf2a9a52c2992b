import { verify as verifyBare, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { verifyAuthentication } from "../../verifier/authentication/verify-authentication.ts";
import { verifySignature } from "../../verifier/signature/verify-signature.ts";
import type { Row } from "./measure.ts";
import { opensslVerifyRate } from "./openssl-speed.ts";
import { benchTrust, CHALLENGE, loginTokens, ORIGIN, signedApplications } from "./verifying-material.ts";

const NEW_CERTIFICATES = 4_000;
const SECONDS = 2;
const APPLICATIONS = 5_000;

/**
 * Verifications a second on one thread, beside what `openssl speed` reaches on one: a login with a certificate that was seen before, with one
 * that was not; two workers; and a campaign of 5,000 applications from files.
 */
export async function verifying(): Promise<Row[]> {
  const limit = opensslVerifyRate(1);
  const tokens = loginTokens(NEW_CERTIFICATES);
  const seen = await loginRate(tokens.slice(0, 1));
  const fresh = await newCertificateRate(tokens);
  const two = opensslVerifyRate(2);
  const [alone, together] = [await workerRate(1), await workerRate(2)];
  const gain = { ours: together / alone, openssl: two / limit };
  return [
    rate("bare crypto.verify, key kept", bareRate(), limit, ""),
    rate("login, certificate seen before", seen, limit, "aim 0.4"),
    rate("login, certificate never seen", fresh, limit, "aim 0.15"),
    {
      what: "logins in two workers beside one",
      value: `× ${gain.ours.toFixed(2)}`,
      beside: `openssl speed -multi 2: × ${gain.openssl.toFixed(2)}`,
      ratio: `${(gain.ours / gain.openssl).toFixed(2)} (aim 0.8)`,
    },
    await campaign(limit),
  ];
}

const rate = (what: string, value: number, limit: number, aim: string): Row => ({
  what,
  value: `${Math.round(value).toLocaleString("en")} / s`,
  beside: `openssl speed rsa2048: ${Math.round(limit).toLocaleString("en")} / s`,
  ratio: `${(value / limit).toFixed(2)}${aim === "" ? "" : ` (${aim})`}`,
});

function bareRate(): number {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const data = new Uint8Array(64);
  const value = sign("sha256", data, privateKey);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < SECONDS * 1000)
    for (let i = 0; i < 100; i++, count++) verifyBare("sha256", data, publicKey, value);
  return count / ((performance.now() - started) / 1000);
}

/** Logins a second, the tokens over and over, for about {@link SECONDS}. */
export async function loginRate(tokens: readonly string[]): Promise<number> {
  const options = { origin: ORIGIN, challenge: CHALLENGE, trust: benchTrust(), revocation: "accept-unknown" } as const;
  for (const token of tokens.slice(0, 100)) await verifyAuthentication(token, options);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < SECONDS * 1000)
    for (let i = 0; i < 100; i++, count++) {
      const { verdict } = await verifyAuthentication(tokens[count % tokens.length] ?? "", options);
      if (verdict !== "accepted-unchecked") throw new Error(verdict);
    }
  return count / ((performance.now() - started) / 1000);
}

async function newCertificateRate(tokens: readonly string[]): Promise<number> {
  const options = { origin: ORIGIN, challenge: CHALLENGE, revocation: "accept-unknown" } as const;
  // another trust remembers nothing of this one
  const warm = benchTrust();
  for (const token of tokens.slice(0, 500)) await verifyAuthentication(token, { ...options, trust: warm });
  const trust = benchTrust();
  const started = performance.now();
  for (const token of tokens) {
    const { verdict } = await verifyAuthentication(token, { ...options, trust });
    if (verdict !== "accepted-unchecked") throw new Error(verdict);
  }
  return tokens.length / ((performance.now() - started) / 1000);
}

async function workerRate(workers: number): Promise<number> {
  const rates = Array.from(
    { length: workers },
    () =>
      new Promise<number>((resolve, reject) => {
        new Worker(new URL("./verifying-worker.ts", import.meta.url)).once("message", resolve).once("error", reject);
      }),
  );
  return (await Promise.all(rates)).reduce((sum, each) => sum + each, 0);
}

/** All applications of a campaign, from files to verdicts, in one go. */
async function campaign(limit: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "kodo-campaign-"));
  try {
    for (const [index, { content, file }] of (await signedApplications(APPLICATIONS)).entries()) {
      writeFileSync(join(folder, `${index}.txt`), content);
      writeFileSync(join(folder, `${index}.p7s`), file);
    }
    const trust = benchTrust();
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const started = performance.now();
    for (let index = 0; index < APPLICATIONS; index++) {
      const [file, content] = [readFileSync(join(folder, `${index}.p7s`)), readFileSync(join(folder, `${index}.txt`))];
      const { verdict } = await verifySignature(file, { content, trust, revocation: "accept-unknown" });
      if (verdict !== "accepted-unchecked") throw new Error(verdict);
    }
    const seconds = (performance.now() - started) / 1000;
    const memory = (process.memoryUsage.rss() - before) / 1024 / 1024;
    return {
      what: `${APPLICATIONS.toLocaleString("en")} applications from files`,
      value: `${seconds.toFixed(2)} s, +${memory.toFixed(0)} MiB`,
      beside: `2 RSA verifications each by openssl speed: ${((2 * APPLICATIONS) / limit).toFixed(2)} s`,
      ratio: ((seconds * limit) / (2 * APPLICATIONS)).toFixed(2),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
