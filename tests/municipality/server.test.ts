import { rmSync } from "node:fs";
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTestResidents, type TestResidents } from "../support/test-residents.ts";
import { MUNICIPALITY_HOST, startMunicipality, type Municipality } from "../../examples/municipality/server.ts";
import type { PersonId } from "../../native-host/virtual-card/people.ts";
import { FAILURE_TEXTS } from "../../verifier/index.ts";
import { ANSWERS } from "../../tools/road/municipality-journey.ts";
import { signDocument } from "../support/sign-document.ts";
import { createSiteClient, type SiteAnswer, type SiteClient } from "./site-client.ts";

const MINUTE = 60_000;
let later = 0;
let residents: TestResidents;
let site: Municipality;
let visitor: SiteClient;
const log: string[] = [];

beforeAll(async () => {
  residents = await makeTestResidents();
});
afterAll(() => rmSync(residents.folder, { recursive: true }));
// a site for each: the benefit is given once
beforeEach(async () => {
  later = 0;
  log.length = 0;
  const now = (): Date => new Date(Date.now() + later);
  site = await startMunicipality({ testAuthorities: residents.folder, now, log: (line) => log.push(line) });
  visitor = createSiteClient(site.port);
  await visitor.get("/");
});
afterEach(() => site.close());

const sha256 = (data: string | Uint8Array): Buffer => createHash("sha256").update(data).digest();

async function tokenFor(challenge: string, person: PersonId = "ordinary"): Promise<string> {
  const holder = await residents.holder("authentication", person);
  const signature = await holder.sign(
    sha256(Buffer.concat([sha256(`https://${MUNICIPALITY_HOST}`), sha256(challenge)])),
  );
  return JSON.stringify({
    format: "web-eid:1.0",
    algorithm: "RS256",
    unverifiedCertificate: Buffer.from(holder.certificate).toString("base64"),
    signature: Buffer.from(signature).toString("base64"),
  });
}

const newChallenge = async (): Promise<string> => (await visitor.post("/challenge", "text/plain", "")).body;
const sendToken = (token: string) => visitor.post("/login", "application/json", token);

async function logIn(person?: PersonId): Promise<void> {
  expect((await sendToken(await tokenFor(await newChallenge(), person))).body).toBe("/application");
  await visitor.get("/application");
}

const fillIn = (changes: Record<string, string> = {}) =>
  visitor.post(
    "/application",
    "application/x-www-form-urlencoded",
    new URLSearchParams({ ...ANSWERS, ...changes }).toString(),
  );

/** What the page hands to the API: the octets between the script's tags. */
async function documentToSign(): Promise<Uint8Array> {
  const { body } = await visitor.get("/application/sign");
  const [, data = ""] = /id="document">([^<]*)</.exec(body) ?? [];
  return new TextEncoder().encode((JSON.parse(data) as { text: string }).text);
}

async function signatureOver(document: Uint8Array, person?: PersonId): Promise<Uint8Array> {
  const holder = await residents.holder("signing", person);
  return (await signDocument(holder, "cades", document)).file;
}
const sendSignature = (file: Uint8Array) => visitor.post("/application/signature", "application/pkcs7-signature", file);

describe("the login", () => {
  it("gives 256 random bits, another time others", async () => {
    const [one, other] = [await newChallenge(), await newChallenge()];
    expect(Buffer.from(one, "base64")).toHaveLength(32);
    expect(one).not.toBe(other);
  });

  it("takes a challenge once", async () => {
    const token = await tokenFor(await newChallenge());
    expect((await sendToken(token)).status).toBe(200);
    await visitor.get("/application");
    expect((await sendToken(token)).status).toBe(400);
  });

  it("strikes a challenge off also when the token was wrong", async () => {
    const token = await tokenFor(await newChallenge());
    expect((await sendToken("{}")).status).toBe(400);
    expect((await sendToken(token)).status).toBe(400);
    expect((await visitor.get("/application")).headers.location).toBe("/");
  });

  it("takes a challenge for five minutes", async () => {
    const early = await tokenFor(await newChallenge());
    later = 5 * MINUTE - 5_000;
    expect((await sendToken(early)).status).toBe(200);
    await visitor.get("/application");
    const late = await tokenFor(await newChallenge());
    later += 5 * MINUTE + 5_000;
    expect((await sendToken(late)).status).toBe(400);
  });

  it("takes no challenge of another session", async () => {
    const challenge = await newChallenge();
    visitor = createSiteClient(site.port);
    await visitor.get("/");
    await newChallenge();
    const answer = await sendToken(await tokenFor(challenge));
    expect(answer.status).toBe(400);
    // the page shows what is wrong, and what to do
    expect(answer.body).toBe(FAILURE_TEXTS["signature-wrong"].ja);
    expect(log).toEqual(["refused: signature-wrong"]);
  });

  it("changes the session's id, and the old one is worth nothing", async () => {
    const before = visitor.cookie();
    await logIn();
    expect(visitor.cookie()).not.toBe(before);
    const { headers } = await createSiteClient(site.port).get("/");
    expect(headers["set-cookie"]?.[0]).toMatch(/^__Host-session=\S+; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  });
});

describe("a request of another site", () => {
  it.each([
    ["another origin", { origin: "https://www.example.jp" }],
    ["no origin", { origin: "" }],
    ["no token", { "x-csrf-token": "" }],
    ["another token", { "x-csrf-token": "A".repeat(44) }],
  ])("is refused with %s", async (_, headers) => {
    expect((await visitor.post("/challenge", "text/plain", "", headers)).status).toBe(403);
  });

  it("is refused when it is too long or of another type", async () => {
    expect((await visitor.post("/login", "application/json", "x".repeat(20_000))).status).toBe(413);
    expect((await visitor.post("/login", "text/plain", "{}")).status).toBe(415);
  });
});

describe("the application", () => {
  it("keeps what was filled in when something is missing, and shows markup as letters", async () => {
    await logIn();
    const { status, body } = await fillIn({ child: "", address: `"><script>alert(1)</script>` });
    expect(status).toBe(422);
    expect(body).toContain("&quot;&gt;&lt;script&gt;");
    expect(body).toContain(`value="${ANSWERS["applicant"]}"`);
    expect(body.match(/aria-invalid="true"/g)).toHaveLength(1);
  });

  it("keeps what was filled in when the login has ended meanwhile, for the same person only", async () => {
    await logIn();
    later = 31 * MINUTE;
    expect((await fillIn()).headers.location).toBe("/");
    const { body } = await visitor.get("/");
    expect(body).toContain("もう一度ログインすると");
    expect(body).not.toContain(ANSWERS["applicant"]);
    await logIn();
    expect((await visitor.get("/application")).body).toContain(`value="${ANSWERS["applicant"]}"`);
    later += 31 * MINUTE;
    await visitor.get("/");
    await logIn("latin-script");
    expect((await visitor.get("/application")).body).not.toContain(`value="${ANSWERS["applicant"]}"`);
  });

  it("waits for its signature when the login has ended meanwhile", async () => {
    await logIn();
    await fillIn();
    const file = await signatureOver(await documentToSign());
    later = 31 * MINUTE;
    expect((await sendSignature(file)).headers.location).toBe("/");
    await visitor.get("/");
    await logIn();
    expect((await sendSignature(file)).body).toBe("/receipt");
  });

  it("is received with a signature over its own document", async () => {
    await logIn();
    expect((await fillIn({ child: "</script>青空　そら" })).headers.location).toBe("/application/sign");
    const document = await documentToSign();
    expect((await sendSignature(await signatureOver(document))).body).toBe("/receipt");
    const receipt = await visitor.get("/receipt?lang=en");
    for (const words of [
      "青空　さくら",
      "青空県青空市若葉一丁目２番３号",
      "A certificate for tests",
      "accepted-unchecked",
    ])
      expect(receipt.body).toContain(words);
    expect(receipt.body.match(/in order/g)).toHaveLength(6);
    expect(receipt.body.match(/<dd>not checked/g)).toHaveLength(2);
    expect(log).toEqual([
      "login: accepted-unchecked, revocation not checked, TEST",
      "application: accepted-unchecked, revocation not checked, TEST",
    ]);
    const [kept] = site.submissions.values();
    expect(kept?.signature.evidence).toMatchObject({ verdict: "accepted-unchecked", test: true });
    expect(kept?.login.evidence).toMatchObject({ certificate: { kind: "authentication" }, test: true });
    const { headers, body } = await visitor.get("/receipt/document");
    expect(body).toBe(new TextDecoder().decode(document));
    expect(headers["content-disposition"]).toContain(encodeURIComponent("子育て応援給付金 申請書.json"));
  });

  it("is refused with a signature over another document, an earlier one too, and stays", async () => {
    await logIn();
    await fillIn();
    const earlier = await signatureOver(await documentToSign());
    await fillIn();
    const document = await documentToSign();
    expect((await sendSignature(earlier)).status).toBe(400);
    expect((await sendSignature(new Uint8Array())).status).toBe(400);
    expect(log.slice(1)).toEqual(["refused: content-differs", "refused: format-unknown"]);
    expect((await visitor.get("/receipt")).status).toBe(404);
    expect(await documentToSign()).toEqual(document);
    expect((await visitor.get("/application")).body).toContain(`value="${ANSWERS["applicant"]}"`);
  });

  async function apply(person?: PersonId): Promise<SiteAnswer> {
    await fillIn();
    return sendSignature(await signatureOver(await documentToSign(), person));
  }

  it("is taken once from a certificate, and the second time it is told so politely", async () => {
    await logIn();
    expect((await apply()).body).toBe("/receipt");
    const [number = ""] = site.submissions.keys();
    expect((await apply()).body).toBe("/application/already");
    for (const [language, words] of [
      ["ja", ["申請済みです", "お一人につき1回", "ご連絡ください", number]],
      ["en", ["applied for this benefit already", "once to each person", "please contact", number]],
    ] as const) {
      const { status, body } = await visitor.get(`/application/already?lang=${language}`);
      expect(status).toBe(200);
      for (const word of words) expect(body).toContain(word);
    }
    expect(site.submissions.size).toBe(1);
    // another person's is
    visitor = createSiteClient(site.port);
    await visitor.get("/");
    await logIn("latin-script");
    expect((await apply("latin-script")).body).toBe("/receipt");
  });

  it("is refused with somebody else's card on the account, in plain words", async () => {
    await logIn();
    expect((await apply()).body).toBe("/receipt");
    const answer = await apply("long-address");
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("別の方の電子証明書");
    await visitor.get("/?lang=en");
    expect((await apply("long-address")).body).toContain("Please use your own My Number Card");
    // of somebody whose certificate says too little to compare, a person decides
    expect((await apply("latin-script")).body).toContain("contact the people who run this site");
    expect(log.slice(2)).toEqual(["refused: other-person", "refused: other-person", "refused: ask-clerk"]);
    expect(site.submissions.size).toBe(1);
    expect((await visitor.get("/application/already")).headers.location).toBe("/application");
  });
});
