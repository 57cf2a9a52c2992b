import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { fuzzPdf } from "./fuzz-pdf.ts";

const ROUNDS = 5_000;

it(`${ROUNDS} damaged PDFs end in a fault or in a sound signature`, async () => {
  const words = "req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=Fuzz -outform DER".split(" ");
  const certificate = new Uint8Array(execFileSync("openssl", words, { stdio: "pipe" }));
  const report = await fuzzPdf(20261124, ROUNDS, certificate);
  console.log(JSON.stringify({ fuzz: "pdf", ...report }));
  expect(report.accepted).toBeGreaterThan(ROUNDS / 50);
  expect(report.refused["document-broken"]).toBeGreaterThan(ROUNDS / 10);
});
