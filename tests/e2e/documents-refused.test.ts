import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { APPROVALS_KEY } from "../../shared/approval/approval.ts";
import { openCeremonies } from "../../tools/road/ceremony-window.ts";
import { ROOT } from "../repository/source-files.ts";
import { documentShown, enterPin, sha256, signatures, signing, verifyDetached } from "./document-journey.ts";
import { approvalOf, click, OTHER_SITE, outcome, SITE, useRoad } from "./road-fixture.ts";

const road = useRoad();

const text = "見ていない書類";
const DIGEST = `new Uint8Array([${[...Buffer.from(sha256(text), "hex")].join()}])`;
const blind = (algorithm = "SHA-256", format = "cades"): string =>
  signing(
    `{ format: "${format}", documents: [{ name: "d.txt", digest: { algorithm: "${algorithm}", value: ${DIGEST} } }] }`,
  );
const allowBlind = (blindSigning: boolean): Promise<void> =>
  road().road.store({ [APPROVALS_KEY]: [{ ...approvalOf(SITE), blindSigning }, approvalOf(OTHER_SITE)] });

describe("a digest in place of a document", () => {
  afterEach(() => allowBlind(false));

  it("is refused without a window where the approval does not allow it", async () => {
    const page = await road().page();
    await click(page, blind());
    expect(await outcome(page)).toMatchObject({ ok: false, name: "NotAllowedError", reason: "not-allowed" });
    expect(openCeremonies(road().road)).toBe(0);
  });

  it("is signed where the approval allows it, behind a plain warning, for this digest alone", async () => {
    await allowBlind(true);
    const page = await road().page();
    await click(page, blind());
    const ceremony = await road().ceremony();
    await documentShown(ceremony, "d.txt");
    expect(await ceremony.page.$$eval(".note.bad", (notes) => notes.length)).toBe(1);
    await enterPin(road(), ceremony);
    const [signed] = (await signatures(page)).signatures;
    expect(signed?.digest).toBe(sha256(text));
    expect(verifyDetached(road(), signed?.file ?? "", Buffer.from(text))).toMatchObject({ status: 0 });
    expect(verifyDetached(road(), signed?.file ?? "", Buffer.from(`${text}。`)).status).not.toBe(0);
  });

  it.each([
    ["another hash function", blind("SHA-1")],
    ["a format that needs the document itself", blind("SHA-256", "pades")],
  ])("%s is a NotSupportedError", async (_, call) => {
    await allowBlind(true);
    const page = await road().page();
    await click(page, call);
    expect(await outcome(page)).toMatchObject({ ok: false, name: "NotSupportedError" });
  });
});

const encrypted = readFileSync(join(ROOT, "tests/fixtures/pdf/qpdf-encrypted.pdf")).toString("base64");
const data = (base64: string): string => `Uint8Array.from(atob("${base64}"), (one) => one.charCodeAt(0))`;

describe("a document that can't be signed ends the call at once, while the window still says what is wrong", () => {
  it.each([
    ["broken XML", "xades", "application/xml", `"<a><b></a>"`, "DataError", "document-broken"],
    ["another type than it says", "cades", "application/pdf", `"<html>"`, "DataError", "document-mismatch"],
    ["a program that says it is text", "cades", "text/plain", `"MZ\\0\\0\\x90"`, "DataError", "document-mismatch"],
    ["half a PDF", "pades", "application/pdf", `"%PDF-1.7\\n1 0 obj"`, "DataError", "document-broken"],
    ["an encrypted PDF", "pades", "application/pdf", data(encrypted), "NotSupportedError", "document-locked"],
    ["a document type", "xades", "application/xml", `"<!DOCTYPE a><a/>"`, "NotSupportedError", "document-unsupported"],
  ])("%s", async (_, format, type, content, name, screen) => {
    const page = await road().page();
    await click(
      page,
      signing(`{ format: "${format}", documents: [{ name: "書類", type: "${type}", data: ${content} }] }`),
    );
    const ceremony = await road().ceremony();
    await ceremony.screen(screen);
    expect(await outcome(page)).toMatchObject({ ok: false, name });
    expect(ceremony.page.isClosed()).toBe(false);
    expect(await ceremony.text()).toContain("書類");
    await ceremony.leave();
    expect(await ceremony.closed()).toBe(true);
  });
});
