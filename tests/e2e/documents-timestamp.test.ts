import { afterAll, beforeAll, expect, it } from "vitest";
import { timestampRequest } from "../../extension/signature/timestamp/timestamp-request.ts";
import { readByPkijs, timestampTokenOf, verifyTokenByOpenssl } from "../conformance/cms-verifiers.ts";
import { openSigningParty, type SigningParty } from "../conformance/signing-party.ts";
import { openTimestampAuthority, type TimestampAuthority } from "../conformance/timestamp-authority.ts";
import { cardWork, documentShown, enterPin, signatures, signing, verifyDetached } from "./document-journey.ts";
import { click, isPending, useRoad } from "./road-fixture.ts";

const road = useRoad();
let party: SigningParty;
let authority: TimestampAuthority;
beforeAll(async () => {
  party = await openSigningParty();
  authority = openTimestampAuthority(party);
});
afterAll(() => party.close());

const CALL = signing(`{ format: "cades", documents: [{ name: "a.txt", type: "text/plain", data: "申請" }],
  timestamp: async (request) => {
    const answer = await window.stamp(btoa(String.fromCharCode(...new Uint8Array(request))));
    return Uint8Array.from(atob(answer), (one) => one.charCodeAt(0));
  } }`);

/** A page whose timestamps come from `answers`, one after the other; an error is thrown in the page's function. */
async function begin(...answers: ((request: Buffer) => Uint8Array)[]) {
  const page = await road().page();
  const asked: Buffer[] = [];
  await page.exposeFunction("stamp", (given: string) => {
    const request = Buffer.from(given, "base64");
    asked.push(request);
    const answer = answers[asked.length - 1];
    if (!answer) throw new Error("the authority does not answer");
    return Buffer.from(answer(request)).toString("base64");
  });
  const begun = road().transcript().length;
  await click(page, CALL);
  const ceremony = await road().ceremony();
  await documentShown(ceremony, "a.txt");
  return { page, ceremony, asked, begun };
}

function expectStamped(file: string): void {
  const octets = Uint8Array.from(Buffer.from(file, "base64"));
  expect(verifyDetached(road(), file, Buffer.from("申請"))).toMatchObject({ status: 0 });
  const signature = readByPkijs(octets).signerInfos[0]?.signature.valueBlock.valueHexView ?? new Uint8Array();
  expect(verifyTokenByOpenssl(party, timestampTokenOf(octets), signature)).toBe(true);
}

it("the page's function gets a TimeStampReq, and its answer by openssl makes CAdES-T", async () => {
  const { page, ceremony, asked } = await begin((request) => authority.reply(request));
  await enterPin(road(), ceremony);
  const [signed] = (await signatures(page)).signatures;
  expectStamped(signed?.file ?? "");
  expect(asked).toHaveLength(1);
});

it("no answer, and an answer to something else, hand nothing over; trying again needs no PIN and no card", async () => {
  const stale = authority.reply(timestampRequest(new Uint8Array(32), Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)));
  const broken = (): never => {
    throw new Error("no connection");
  };
  const { page, ceremony, asked, begun } = await begin(
    broken,
    () => stale,
    (request) => authority.reply(request),
  );
  await enterPin(road(), ceremony);
  for (const tries of [1, 2]) {
    await ceremony.screen("timestamp-failed");
    expect(asked).toHaveLength(tries);
    expect(await isPending(page)).toBe(true);
    await ceremony.press("retry");
    await ceremony.screen("timestamp-failed", "done", "working");
    await ceremony.page.waitForFunction(() => document.body.dataset["screen"] !== "working");
  }
  const [signed] = (await signatures(page)).signatures;
  expectStamped(signed?.file ?? "");
  expect(asked).toHaveLength(3);
  expect(cardWork(road(), begun)).toEqual({ verified: 1, signed: 1 });
});
