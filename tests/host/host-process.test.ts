import { createHash, verify, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { foreignSelects, parseTranscript } from "../../native-host/smartcard/transcript.ts";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { LIMITS } from "../../shared/limits.ts";
import { FIREFOX_EXTENSION_ID, PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import { HOST_SOURCE, startHost, type HostClient } from "../support/host-client.ts";
import { resetPins, somePins, temporaryFolder } from "../support/virtual-card.ts";

const { folder, remove } = temporaryFolder();
const pins = somePins();
const transcript = join(folder, "transcript");
const ORIGIN = "https://forms.example.go.jp";
const CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
let host: HostClient | undefined;

async function start(card: CardFileInput = {}): Promise<HostClient> {
  resetPins(folder);
  writeCardFile(folder, { ...pins.file, ...card });
  return (host = await startHost(["--virtual-card", folder, "--transcript", transcript], HOST_SOURCE));
}

async function watching(
  key: "authentication" | "signing",
  card?: CardFileInput,
): Promise<{ client: HostClient; card: number }> {
  const client = await start(card);
  await client.request("watch", { key, origin: ORIGIN });
  return { client, card: (await client.ready()).card };
}

/** What takes a PIN state away. */
const LEFT = /A000000151000000|power off/;

/** Commands since the last connection to the card, with its end. */
const lastLines = (): string[] => readFileSync(transcript, "utf8").trimEnd().split("\n");

afterEach(async () => {
  if (host) {
    await host.end();
    // whatever a test did: stderr holds no PIN
    for (const pin of [pins.file.authenticationPin, pins.file.signingPin]) expect(host.stderr()).not.toContain(pin);
  }
  host = undefined;
});

describe("hello", () => {
  it("is the first thing that the host says, with its versions and that the card is virtual", async () => {
    const client = await start();
    expect(client.messages[0]).toMatchObject({
      event: "hello",
      protocols: { min: PROTOCOL_VERSION, max: PROTOCOL_VERSION },
      card: "virtual",
    });
  });

  it.each([
    ["another extension", ["chrome-extension://aaaabbbbccccddddeeeeffffgggghhhh/"]],
    ["a program that names nobody", []],
  ])("is refused to %s", async (_, caller) => {
    const client = await startHost(["--virtual-card", folder], HOST_SOURCE, caller);
    expect(client.messages).toEqual([{ event: "fault", error: { code: "caller-refused" } }]);
    expect(await client.ended).toBe(1);
  });

  it("is said to Firefox, which names its manifest and the extension", async () => {
    host = await startHost(["--virtual-card", folder], HOST_SOURCE, ["manifest.json", FIREFOX_EXTENSION_ID]);
    expect(host.messages[0]).toMatchObject({ event: "hello" });
  });
});

describe("a login", () => {
  it("is signed over origin and challenge as Web eID says, and leaves the card", async () => {
    const { client, card } = await watching("authentication");
    client.sendPin(pins.file.authenticationPin);
    const { certificate, signature } = await client.request("authenticate", { card, challenge: CHALLENGE });
    const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
    const input = Buffer.concat([hash(ORIGIN), hash(CHALLENGE)]);
    const { publicKey } = new X509Certificate(Buffer.from(String(certificate), "base64"));
    expect(verify("sha256", input, publicKey, Buffer.from(String(signature), "base64"))).toBe(true);
    await client.end();
    expect(
      lastLines()
        .slice(lastLines().findLastIndex((line) => line.includes("VERIFY")))
        .join(),
    ).toMatch(LEFT);
  });

  it("with a wrong PIN says how many tries are left, and reports the card anew", async () => {
    const { client, card } = await watching("authentication");
    client.sendPin(new TextDecoder().decode(pins.wrong));
    await expect(client.request("authenticate", { card, challenge: CHALLENGE })).rejects.toThrow("pin-incorrect");
    const after = await client.until(
      (message) =>
        "event" in message &&
        message.event === "card" &&
        message.state.status === "ready" &&
        message.state.attemptsRemaining === 2,
    );
    expect(after).toBeDefined();
  });

  it("for a card that is not the one the resident saw is refused without any exchange", async () => {
    const { client, card } = await watching("authentication");
    const before = parseTranscript(readFileSync(transcript, "utf8")).length;
    client.sendPin(pins.file.authenticationPin);
    await expect(client.request("authenticate", { card: card + 1, challenge: CHALLENGE })).rejects.toThrow(
      "card-changed",
    );
    expect(parseTranscript(readFileSync(transcript, "utf8"))).toHaveLength(before);
  });
});

describe("the end", () => {
  it.each([
    ["stdin closes", (client: HostClient) => client.end()],
    ["SIGTERM", (client: HostClient) => (client.kill("SIGTERM"), client.ended)],
  ])("by %s takes the PIN state away, also in an unlocked session", async (_, end) => {
    const { client, card } = await watching("signing");
    client.sendPin(pins.file.signingPin);
    await client.request("unlock", { card });
    await end(client);
    expect(
      lastLines()
        .slice(lastLines().findLastIndex((line) => line.includes("VERIFY")))
        .join(),
    ).toMatch(LEFT);
  });
});

it("a card that is stuck in a signature does not keep the process", async () => {
  const { client, card } = await watching("authentication", { quirks: { slowKeyMilliseconds: 600_000 } });
  client.sendPin(pins.file.authenticationPin);
  const signing = client.request("authenticate", { card, challenge: CHALLENGE });
  signing.catch(() => undefined);
  await vi.waitFor(() => expect(lastLines().at(-1)).toContain("PERFORM SECURITY OPERATION"), 10_000);
  expect(await client.end()).toBe(0);
});

it("a connection to a card begins by taking the power, for what a killed host may have left", async () => {
  const begin = lastLines().length;
  await watching("signing");
  expect(lastLines().slice(begin, begin + 4)).toEqual([
    "# connect",
    "# transaction",
    "# transaction ends, power off",
    "# transaction",
  ]);
});

describe("bad input gets a typed answer, and everything goes on", () => {
  it.each([
    ["broken JSON", "{", { event: "fault", error: { code: "invalid-message" } }],
    [
      "an unknown method",
      JSON.stringify({ id: 70, method: "read-number", params: {} }),
      { id: 70, error: { code: "unknown-method" } },
    ],
    [
      "a challenge of the wrong kind",
      JSON.stringify({ id: 71, method: "authenticate", params: { card: 1, challenge: "x" } }),
      { id: 71, error: { code: "invalid-message" } },
    ],
    ["an empty frame", "", { event: "fault", error: { code: "invalid-message" } }],
    ["a PIN frame that is none, then a request", '{"pin":"\\u0031234"}', undefined],
  ])("%s", async (_, body, answer) => {
    const client = await start();
    client.post(body);
    if (answer) expect(await client.until((message) => message !== client.messages[0])).toEqual(answer);
    expect(await client.request("watch", { key: "signing", origin: ORIGIN })).toEqual({});
  });

  it("a frame of 10 MB is refused before it is read, and ends the host", async () => {
    const client = await start();
    const head = Buffer.alloc(4);
    head.writeUInt32LE(10 * 1024 * 1024);
    client.write(Buffer.concat([head, Buffer.alloc(LIMITS.hostFrameBytes, 0x20)]));
    await client.until((message) => "event" in message && message.event === "fault");
    expect(client.messages.at(-1)).toEqual({ event: "fault", error: { code: "message-too-large" } });
    expect(await client.ended).toBe(1);
    host = undefined;
  });

  it("frames that come in pieces, or several at once", async () => {
    const client = await start();
    const body = Buffer.from(JSON.stringify({ id: 1, method: "watch", params: { key: "signing", origin: ORIGIN } }));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(body.length);
    const frame = Buffer.concat([head, body]);
    for (const octet of frame.subarray(0, 40)) client.write(Uint8Array.of(octet));
    client.write(Buffer.concat([frame.subarray(40), frame]));
    await client.until((message) => "result" in message);
    // one operation at a time: the second came while the first was under way
    expect(client.messages.filter((message) => "id" in message)).toEqual([
      { id: 1, error: { code: "busy" } },
      { id: 1, result: {} },
    ]);
  });
});

it("in all of this nothing but JPKI and the issuer security domain was selected, and no PIN was recorded", () => {
  const text = readFileSync(transcript, "utf8");
  expect(foreignSelects(text)).toEqual([]);
  for (const pin of [pins.authentication, pins.signing, pins.wrong]) {
    expect(text).not.toContain(
      `${pin.length.toString(16).padStart(2, "0")}${Buffer.from(pin).toString("hex")}`.toUpperCase(),
    );
  }
  remove();
});
