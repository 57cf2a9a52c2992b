import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestResidents, type TestResidents } from "../support/test-residents.ts";
import { readSample, SAMPLE_DOCUMENTS, SAMPLES } from "../../examples/municipality/samples.ts";
import { startMunicipality, type Municipality } from "../../examples/municipality/server.ts";
import { TEXTS } from "../../examples/municipality/texts.ts";
import { createSiteClient, type SiteAnswer, type SiteClient } from "./site-client.ts";

let residents: TestResidents;
let site: Municipality;
let visitor: SiteClient;

beforeAll(async () => {
  residents = await makeTestResidents();
  site = await startMunicipality({ testAuthorities: residents.folder });
});
afterAll(async () => {
  await site.close();
  rmSync(residents.folder, { recursive: true });
});
beforeEach(async () => {
  visitor = createSiteClient(site.port);
  await visitor.get("/");
});

const QUERY = "application/timestamp-query";
const at = (name: string): string => join(residents.folder, name);
const openssl = (...words: string[]): string => execFileSync("openssl", words, { encoding: "utf8", stdio: "pipe" });

/** A question about some text, as the extension asks it. */
function question(name: string): Buffer {
  writeFileSync(at(`${name}.txt`), name);
  openssl("ts", "-query", "-data", at(`${name}.txt`), "-sha256", "-cert", "-out", at(`${name}.tsq`));
  return readFileSync(at(`${name}.tsq`));
}

function verify(name: string, { octets }: SiteAnswer): string {
  writeFileSync(at(`${name}.tsr`), octets);
  writeFileSync(at("tsa.pem"), site.timestampCertificate);
  return openssl("ts", "-verify", "-queryfile", at(`${name}.tsq`), "-in", at(`${name}.tsr`), "-CAfile", at("tsa.pem"));
}

describe("the samples", () => {
  it.each(["ja", "en"] as const)("stand on a page without a login, in %s", async (language) => {
    const { status, body } = await visitor.get(`/formats?lang=${language}`);
    expect(status).toBe(200);
    expect(body).toContain('src="/formats.js"');
    for (const id of Object.keys(SAMPLES)) expect(body).toContain(`<section class="sample" id="${id}"`);
    for (const { title } of Object.values(TEXTS[language].formats.samples)) expect(body).toContain(title);
  });

  it("are linked from the first page", async () => {
    expect((await visitor.get("/")).body).toContain('<a href="/formats">');
  });

  it("are served octet for octet", async () => {
    for (const name of Object.keys(SAMPLE_DOCUMENTS) as (keyof typeof SAMPLE_DOCUMENTS)[]) {
      const { headers, octets } = await visitor.get(`/samples/${name}`);
      expect(headers["content-type"]).toBe(SAMPLE_DOCUMENTS[name]);
      expect(octets).toEqual(readSample(name));
    }
    expect((await visitor.get("/samples/plan.html")).status).toBe(404);
  });
});

describe("the timestamps", () => {
  it("are what openssl accepts, over what was asked", async () => {
    const answer = await visitor.post("/timestamp", QUERY, question("one"));
    expect(answer.headers["content-type"]).toBe("application/timestamp-reply");
    expect(verify("one", answer)).toContain("Verification: OK");
    question("other");
    expect(() => verify("other", answer)).toThrow("mismatch");
  });

  it("have a serial number each, also when they are asked for at once", async () => {
    const questions = Array.from({ length: 5 }, (_, index) => question(`q${index}`));
    const answers = await Promise.all(questions.map((query) => visitor.post("/timestamp", QUERY, query)));
    const serials = answers.map((answer, index) => {
      expect(verify(`q${index}`, answer)).toContain("Verification: OK");
      return /Serial number: (\w+)/.exec(openssl("ts", "-reply", "-in", at(`q${index}.tsr`), "-text"))?.[1];
    });
    expect(new Set(serials).size).toBe(5);
    expect(serials).not.toContain(undefined);
  });

  it("are a rejection for what is no question", async () => {
    writeFileSync(at("rejection.tsr"), (await visitor.post("/timestamp", QUERY, "0")).octets);
    expect(openssl("ts", "-reply", "-in", at("rejection.tsr"), "-text")).toContain("Status: Rejected");
  });

  it.each([
    ["another media type", "application/octet-stream", "0", {}, 415],
    ["too long a question", QUERY, "0".repeat(2_000), {}, 413],
    ["no token", QUERY, "0", { "x-csrf-token": "" }, 403],
    ["a page of another site", QUERY, "0", { origin: "https://www.example.jp" }, 403],
  ])("are refused for %s, and given again afterwards", async (_, type, body, headers, status) => {
    expect((await visitor.post("/timestamp", type, body, headers)).status).toBe(status);
    expect(verify("one", await visitor.post("/timestamp", QUERY, question("one")))).toContain("Verification: OK");
  });
});
