import { describe, expect, it, vi } from "vitest";
import { LIMITS } from "../../shared/limits.ts";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { HostFault } from "../host-port/host-port.ts";
import { playedCeremony } from "../../tests/support/played-ceremony.ts";
import { withCard } from "../../tests/support/signing-card.ts";

const TEXT = new TextEncoder();
const PIN = "ABC123";
type Scene = ReturnType<typeof playedCeremony>;
interface File {
  readonly name: string;
  readonly data?: Uint8Array<ArrayBuffer>;
  readonly digest?: ArrayBuffer;
  readonly bytes?: number;
  readonly type?: string;
  readonly format?: string;
  readonly profile?: string;
  readonly packaging?: string;
  readonly partOf?: number;
}

/** A window with its request, and every octet that was announced. */
async function withDocuments(
  files: readonly File[],
  options: { timestamp?: boolean; blindSigning?: boolean } = {},
): Promise<Scene> {
  const scene = playedCeremony("sign", options.blindSigning ? { blindSigning: true } : {});
  await vi.waitFor(() => expect(scene.hosts).toHaveLength(1));
  const documents = files.map(({ data, ...file }) => ({ type: "text/plain", bytes: data?.length ?? 0, ...file }));
  // the page is heard once the record is read
  await vi.waitFor(() => expect(scene.ceremony.state().record).toBeDefined());
  await Promise.resolve();
  if (files.length > 0) {
    scene.say({ type: "request", request: { operation: "sign", timestamp: options.timestamp ?? false, documents } });
  }
  files.forEach(({ data }, document) => {
    if (data?.length) scene.say({ type: "piece", document, bytes: data.slice().buffer });
  });
  scene.card(5);
  return scene;
}

async function allOpened(scene: Scene): Promise<void> {
  await vi.waitFor(() => {
    const own = scene.ceremony.state().documents.filter(({ partOf }) => partOf === undefined);
    expect(own.every(({ opened }) => opened)).toBe(true);
  });
}

const plain = (name: string, more: Partial<File> = {}): File => ({
  name,
  format: "pkcs1",
  data: TEXT.encode(`これは ${name} です\n`),
  ...more,
});

describe("one document", () => {
  it("is shown and signed as exactly the octets that came, in pieces, and the card is let go", async () => {
    const scene = await withDocuments([]);
    expect(scene.screen()).toBe("opening");
    const document = TEXT.encode("申請書です\n");
    const documents = [{ name: "a.txt", type: "text/plain", format: "pkcs1", bytes: document.length }];
    scene.say({ type: "request", request: { operation: "sign", timestamp: false, documents } });
    const pieces = [document.slice(0, 4).buffer, document.slice(4).buffer];
    scene.say({ type: "piece", document: 0, bytes: pieces[0] });
    await vi.waitFor(() => expect(scene.toPage).toContainEqual({ type: "piece-taken" }));
    scene.ceremony.act("next");
    expect(scene.screen()).toBe("review");
    scene.say({ type: "piece", document: 0, bytes: pieces[1] });
    await allOpened(scene);
    // the bridge, a page behind it, or anybody: what was received stays
    new Uint8Array(pieces[1] ?? new ArrayBuffer(0)).fill(0);
    scene.say({ type: "piece", document: 0, bytes: new ArrayBuffer(1) });
    scene.say({ type: "request", request: { operation: "sign", timestamp: false, documents } });
    const digest = encodeBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", document)));
    withCard(scene);
    scene.ceremony.act("next");
    scene.toHost.length = 0;
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    expect(scene.toHost).toEqual([
      { pin: PIN },
      { method: "unlock", params: { card: 1 } },
      { method: "sign", params: { digests: [digest] } },
      { method: "finish", params: {} },
    ]);
    expect(scene.toPage.slice(-2)).toMatchObject([
      { type: "file-piece", signature: 0, bytes: { byteLength: 256 } },
      { type: "signatures", result: { signatures: [{ status: "signed", name: "a.txt", bytes: 256 }] } },
    ]);
    expect(scene.ceremony.state().phase).toMatchObject({ files: [{ name: "a.txt.sig", document: 0 }] });
  });

  it.each([
    ["of another kind than it says", plain("a.pdf", { type: "application/pdf" }), "document-mismatch", "data"],
    ["that is broken", plain("a.xml", { type: "application/xml", format: "xmldsig" }), "document-broken", "data"],
    [
      "with a document type",
      plain("a.xml", { type: "application/xml", format: "xmldsig", data: TEXT.encode("<!DOCTYPE a><a/>") }),
      "document-unsupported",
      "unsupported",
    ],
  ])("%s ends the call at once; the window stays until its reader has read why", async (_name, file, code, ending) => {
    const scene = await withDocuments([file]);
    await vi.waitFor(() => expect(scene.screen()).toBe(code));
    expect(scene.toPage).toContainEqual({ type: "refused", ending });
    expect(scene.finished).toHaveLength(1);
    scene.leave();
    expect(scene.isClosed()).toBe(false);
    scene.ceremony.act("close");
    expect(scene.isClosed()).toBe(true);
  });

  it("given as a digest is signed only where the approval allows it", async () => {
    const file: File = { name: "a", format: "cades", digest: new Uint8Array(32).fill(7).buffer };
    const refused = await withDocuments([file]);
    expect(refused.screen()).toBe("invalid-message");
    const scene = await withDocuments([file], { blindSigning: true });
    await allOpened(scene);
    expect(scene.ceremony.state().documents[0]?.received?.content).toEqual({ kind: "opaque", reason: "digest" });
    withCard(scene);
    scene.ceremony.act("next");
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    const sent = scene.toPage.at(-1);
    const [signature] = sent?.type === "signatures" ? sent.result.signatures : [];
    expect(new Uint8Array(signature?.digest ?? new ArrayBuffer(0))).toEqual(new Uint8Array(32).fill(7));
  });

  it("given as a digest gets no bare signature, which could be that of another format", async () => {
    const file: File = { name: "a", format: "pkcs1", digest: new Uint8Array(32).fill(7).buffer };
    const scene = await withDocuments([file], { blindSigning: true });
    expect(scene.screen()).toBe("document-unsupported");
  });

  it("too large to be held must begin as its type says, all the same", async () => {
    const bytes = LIMITS.shownDocumentBytes + 1;
    const scene = await withDocuments([
      plain("a.pdf", { type: "application/pdf", format: "cades", data: new Uint8Array(), bytes }),
    ]);
    scene.say({ type: "piece", document: 0, bytes: TEXT.encode("MZ, certainly no PDF").buffer });
    await vi.waitFor(() => expect(scene.screen()).toBe("document-mismatch"));
    expect(scene.toPage).not.toContainEqual({ type: "piece-taken" });
  });

  it("too large to be held is hashed as it comes", async () => {
    const octets = new Uint8Array(4 * 1024 * 1024).map((_, index) => index % 251);
    const count = 17;
    const scene = await withDocuments([
      plain("a.bin", { data: new Uint8Array(), bytes: octets.length * count, format: "cades" }),
    ]);
    for (let piece = 0; piece < count; piece++) {
      scene.say({ type: "piece", document: 0, bytes: octets.slice().buffer });
    }
    await allOpened(scene);
    const [document] = scene.ceremony.state().documents;
    const whole = await crypto.subtle.digest("SHA-256", concatBytes(...Array<Uint8Array>(count).fill(octets)));
    expect(document?.received).toEqual({
      bytes: undefined,
      digest: Buffer.from(whole).toString("hex"),
      content: { kind: "opaque", reason: "streamed" },
    });
    expect(document?.progress.octets).toBe(octets.length * count);
    expect(scene.toPage.filter(({ type }) => type === "piece-taken")).toHaveLength(count);
  });
});

describe("several documents", () => {
  it("are signed where they were opened and ticked, in their formats, for one PIN", async () => {
    const scene = await withDocuments([
      plain("a.txt"),
      plain("b.txt", { format: "cades" }),
      plain("c.txt"),
      plain("d.json", { format: "jws", type: "application/json", data: TEXT.encode("{}") }),
    ]);
    await allOpened(scene);
    scene.ceremony.act("next");
    expect(scene.screen()).toBe("review");
    scene.ceremony.tickDocument(1, true);
    expect(scene.ceremony.state().documents[1]?.ticked).toBe(false);
    for (const index of [1, 3]) {
      scene.ceremony.showDocument(index);
      scene.ceremony.tickDocument(index, true);
    }
    withCard(scene);
    scene.ceremony.act("next");
    scene.toHost.length = 0;
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.ceremony.state().phase).toMatchObject({ name: "done" }), 3000);
    expect(scene.toHost.map((message) => (message as { method?: string }).method)).toEqual([
      undefined,
      "unlock",
      "sign",
      "sign",
      "finish",
    ]);
    expect(scene.toPage.at(-1)).toMatchObject({
      type: "signatures",
      result: {
        signatures: [
          { status: "not-signed", name: "a.txt" },
          { status: "signed", name: "b.txt", format: "cades" },
          { status: "not-signed", name: "c.txt" },
          { status: "signed", name: "d.json", format: "jws" },
        ],
      },
    });
    expect(scene.toPage.flatMap((message) => (message.type === "file-piece" ? [message.signature] : []))).toEqual([
      1, 3,
    ]);
    expect(scene.ceremony.state().phase).toMatchObject({ unsigned: [], broken: undefined });
  });

  it("are seen only once their octets are on the screen", async () => {
    const octets = TEXT.encode("b");
    const scene = await withDocuments([plain("a"), { name: "b", format: "pkcs1", bytes: octets.length }]);
    await vi.waitFor(() => expect(scene.ceremony.state().documents[0]?.received).toBeDefined());
    scene.ceremony.showDocument(1);
    scene.ceremony.tickDocument(1, true);
    scene.ceremony.showDocument(0);
    scene.say({ type: "piece", document: 1, bytes: octets.slice().buffer });
    await allOpened(scene);
    scene.ceremony.tickDocument(1, true);
    expect(scene.ceremony.state().documents[1]).toMatchObject({ seen: false, ticked: false });
    scene.ceremony.showDocument(1);
    scene.ceremony.tickDocument(1, true);
    expect(scene.ceremony.state().documents[1]).toMatchObject({ seen: true, ticked: true });
  });

  it("keep what was signed when the host dies in the middle", async () => {
    const scene = await withDocuments(["a", "b"].map((name) => plain(name)));
    await allOpened(scene);
    for (const index of [0, 1]) {
      scene.ceremony.showDocument(index);
      scene.ceremony.tickDocument(index, true);
    }
    withCard(scene, 1, () => {
      scene.hosts[0]?.die("host-stopped");
      return new HostFault({ code: "host-stopped" });
    });
    scene.ceremony.act("next");
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    expect(scene.ceremony.state().phase).toMatchObject({ broken: "host-stopped", unsigned: [1] });
    expect(scene.toPage.at(-1)).toMatchObject({
      result: { signatures: [{ status: "signed" }, { status: "not-signed" }] },
    });
  });

  it("that a failure breaks off keep what was signed; the rest is not signed, and everybody is told", async () => {
    const scene = await withDocuments(["a", "b", "c"].map((name) => plain(name)));
    await allOpened(scene);
    for (const index of [0, 1, 2]) {
      scene.ceremony.showDocument(index);
      scene.ceremony.tickDocument(index, true);
    }
    withCard(scene, 1);
    scene.ceremony.act("next");
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    expect(scene.ceremony.state().phase).toMatchObject({
      broken: "card-removed",
      unsigned: [1, 2],
      files: [{ document: 0 }],
    });
    expect(scene.toPage.at(-1)).toMatchObject({
      result: { signatures: [{ status: "signed" }, { status: "not-signed" }, { status: "not-signed" }] },
    });
  });

  it("that fail before the first signature ask for the PIN again", async () => {
    const scene = await withDocuments([plain("a")]);
    await allOpened(scene);
    withCard(scene, 0);
    scene.ceremony.act("next");
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.screen()).toBe("card-removed"));
    expect(scene.toPage.some(({ type }) => type === "signatures")).toBe(false);
  });

  it("need the files that their signature covers opened and ticked, too", async () => {
    const scene = await withDocuments([
      plain("a.xml", { type: "application/xml", format: "xmldsig", data: TEXT.encode("<a/>") }),
      { name: "b.txt", partOf: 0, data: TEXT.encode("b") },
    ]);
    await allOpened(scene);
    scene.ceremony.tickDocument(0, true);
    scene.ceremony.act("next");
    expect(scene.screen()).toBe("review");
    scene.ceremony.showDocument(1);
    scene.ceremony.tickDocument(1, true);
    scene.ceremony.act("next");
    expect(scene.screen()).toBe("pin");
  });
});

describe("a timestamp", () => {
  it("that does not come is asked for again without a PIN, and nothing goes to the page before", async () => {
    const scene = await withDocuments([plain("a.txt", { format: "cades" })], { timestamp: true });
    await allOpened(scene);
    withCard(scene);
    scene.ceremony.act("next");
    scene.ceremony.submitPin(PIN);
    await vi.waitFor(() => expect(scene.toPage.at(-1)?.type).toBe("timestamp-request"));
    expect([scene.hosts[0]?.closed, scene.ceremony.state().phase]).toMatchObject([true, { step: "timestamp" }]);
    scene.say({ type: "timestamp-failed" });
    await vi.waitFor(() => expect(scene.screen()).toBe("timestamp-failed"));
    scene.ceremony.act("retry");
    await vi.waitFor(() => expect(scene.toPage.filter(({ type }) => type === "timestamp-request")).toHaveLength(2));
    scene.say({ type: "timestamp", response: TEXT.encode("not a token").buffer });
    await vi.waitFor(() => expect(scene.screen()).toBe("timestamp-failed"));
    expect(scene.toPage.some(({ type }) => type === "signatures" || type === "file-piece")).toBe(false);
    scene.ceremony.act("cancel");
    expect(scene.toPage.at(-1)).toEqual({ type: "end", ending: "dismissed" });
  });
});
