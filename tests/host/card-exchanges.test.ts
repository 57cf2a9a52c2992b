import { createHash, verify, X509Certificate } from "node:crypto";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { JpkiApplet } from "../../native-host/jpki/jpki-applet.ts";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { CardState, HostError, HostMethod, HostParams, HostResult } from "../../shared/protocol/host-messages.ts";
import { PinBytes } from "../../shared/protocol/pin-frame.ts";
import { createCardOperations, type CardOperations } from "../../native-host/operations/card-operations.ts";
import { foreignSelects, parseTranscript, withCardTranscript } from "../../native-host/smartcard/transcript.ts";
import { writeCardFile, type CardFileInput } from "../../native-host/virtual-card/card-file.ts";
import { EMBEDDED_READER, openEmbeddedCardAccess } from "../../native-host/virtual-card/embedded-card-access.ts";
import { resetPins, somePins, temporaryFolder } from "../support/virtual-card.ts";

const { folder, remove } = temporaryFolder();
const pins = somePins();
const ORIGIN = "https://forms.example.go.jp";
const CHALLENGE = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
const allLines: string[] = [];
const running: CardOperations[] = [];

afterAll(remove);
afterEach(async () => {
  for (const ceremony of running.splice(0)) await ceremony.close();
  expect(foreignSelects(allLines.join("\n"))).toEqual([]);
});

type Ready = Extract<CardState, { status: "ready" }>;

/** The operations of a host on a virtual card, the frames left out, with its transcript. */
async function begin(key: KeyName, quirks: CardFileInput["quirks"] = {}, idleMilliseconds = 10_000) {
  resetPins(folder);
  writeCardFile(folder, { ...pins.file, quirks });
  const lines: string[] = [];
  const states: CardState[] = [];
  const listeners = new Set<() => void>();
  const access = await openEmbeddedCardAccess(folder);
  const ceremony = createCardOperations({
    openAccess: () =>
      Promise.resolve(withCardTranscript(access, (line) => void [lines, allLines].map((all) => all.push(line)))),
    virtual: false,
    emit: (state) => {
      states.push(state);
      for (const listener of listeners) listener();
    },
    wait: () => Promise.resolve(),
    idleMilliseconds,
  });
  running.push(ceremony);

  const call = <M extends HostMethod>(method: M, params: HostParams<M>, pin?: Uint8Array): Promise<HostResult<M>> =>
    new Promise((resolve, reject) => {
      const answered = {
        pin: pin && new PinBytes(pin.slice()),
        answer: resolve,
        refuse: ({ code, attemptsRemaining }: HostError) =>
          reject(new Error([code, attemptsRemaining].join(" ").trim())),
      };
      ceremony.operations[method](params as never, answered as never).catch(reject);
    });
  const until = <S extends CardState>(accepts: (state: CardState) => state is S): Promise<S> =>
    new Promise((resolve) => {
      const look = (): void => {
        const last = states.at(-1);
        if (last === undefined || !accepts(last)) return;
        listeners.delete(look);
        resolve(last);
      };
      listeners.add(look);
      look();
    });
  await call("watch", { key, origin: ORIGIN });
  return {
    access,
    states,
    lines,
    call,
    until,
    ready: () => until((state): state is Ready => state.status === "ready"),
    exchanges: () => parseTranscript(lines.join("\n")).map(({ command }) => command),
    end: () => ceremony.close(),
  };
}

type Host = Awaited<ReturnType<typeof begin>>;

const login = (card: number): HostParams<"authenticate"> => ({ card, challenge: CHALLENGE });
const digest = createHash("sha256").update("a document").digest();

describe("exchanges with the card, certificates of 1,500 and 2,000 octets", () => {
  it.each([
    ["with short ids", {}, 11, 3],
    // 15 without the refused short id by which the card shows that it takes none
    ["without short ids", { shortFileIds: false }, 16, 5],
  ])("login %s", async (_, quirks, all, afterPin) => {
    const host = await begin("authentication", quirks);
    const { card } = await host.ready();
    const before = host.exchanges().length;
    await host.call("authenticate", login(card), pins.authentication);
    await host.end();
    expect([host.exchanges().length, host.exchanges().length - before]).toEqual([all, afterPin]);
  });

  it.each([
    ["with short ids", {}, 4, 11],
    ["without short ids", { shortFileIds: false }, 8, 14],
  ])("signing %s", async (_, quirks, before, afterPin) => {
    const host = await begin("signing", quirks);
    const { card } = await host.ready();
    expect(host.exchanges()).toHaveLength(before);
    await host.call("unlock", { card }, pins.signing);
    await host.call("sign", { digests: [digest.toString("base64")] });
    expect(host.exchanges()).toHaveLength(before + afterPin);
    await host.call("sign", { digests: [digest.toString("base64"), digest.toString("base64")] });
    await host.call("finish", {});
    expect(host.exchanges()).toHaveLength(before + afterPin + 2);
  });
});

describe("a login", () => {
  it.each([
    ["on an ordinary card", {}],
    ["on a card that answers 6F00 after power-up", { firstCommandFails: true }],
    ["on a card without short ids", { shortFileIds: false }],
    ["on a card that fills with 00", { filler: "00" }],
    ["on a phone, whose certificate comes after the PIN", { phoneMode: true }],
  ] as const)("%s is signed over origin and challenge", async (_, quirks) => {
    const host = await begin("authentication", quirks);
    const ready = await host.ready();
    expect(ready).toMatchObject({ attemptsRemaining: 3, test: true });
    expect(ready.certificate === undefined).toBe("phoneMode" in quirks);
    const { certificate, signature } = await host.call("authenticate", login(ready.card), pins.authentication);
    const { publicKey } = new X509Certificate(Buffer.from(certificate, "base64"));
    const input = [ORIGIN, CHALLENGE].map((text) => createHash("sha256").update(text).digest());
    expect(verify("sha256", Buffer.concat(input), publicKey, Buffer.from(signature, "base64"))).toBe(true);
  });

  it("with wrong PINs counts down to a blocked card, and no try is spent on a blocked one", async () => {
    const host = await begin("authentication");
    const { card } = await host.ready();
    const wrong = (): Promise<unknown> => host.call("authenticate", login(card), pins.wrong);
    await expect(wrong()).rejects.toThrow("pin-incorrect 2");
    await expect(wrong()).rejects.toThrow("pin-incorrect 1");
    await expect(wrong()).rejects.toThrow("pin-blocked");
    expect((await host.ready()).attemptsRemaining).toBe(0);
    await expect(host.call("authenticate", login(card), pins.authentication)).rejects.toThrow("pin-blocked");
    expect(host.states.filter(({ status }) => status === "ready")).toHaveLength(4);
  });

  it("with the other key's PIN reaches no card", async () => {
    const host = await begin("authentication");
    const { card } = await host.ready();
    const before = host.lines.length;
    await expect(host.call("authenticate", login(card), pins.signing)).rejects.toThrow("pin-malformed");
    expect(host.lines.slice(before).filter((line) => line.includes("VERIFY"))).toEqual([]);
  });
});

describe("afterwards the card holds no PIN state", () => {
  /** What another program that comes next could do without a PIN. */
  async function signWithoutPin(host: Host, key: KeyName): Promise<string> {
    const connection = await host.access.connect(EMBEDDED_READER);
    const signing = connection.transaction(async (card) =>
      (await JpkiApplet.select(card)).sign(key, new Uint8Array(51)),
    );
    return signing.then(
      () => "signed",
      (error: unknown) => (error as Error).name,
    );
  }

  it("after a login", async () => {
    const host = await begin("authentication");
    const { card } = await host.ready();
    await host.call("authenticate", login(card), pins.authentication);
    expect(await signWithoutPin(host, "authentication")).toBe("PinRequired");
  });

  it.each([
    ["finish", 10_000, (host) => host.call("finish", {})],
    ["a session that nobody uses", 1, () => Promise.resolve()],
    ["the end of the host", 10_000, (host) => host.end()],
  ] as [string, number, (host: Host) => Promise<unknown>][])("after %s", async (_, idleMilliseconds, end) => {
    const host = await begin("signing", {}, idleMilliseconds);
    const { card } = await host.ready();
    await host.call("unlock", { card }, pins.signing);
    // waits for its turn before the session ends, and is the first to get the card
    const next = signWithoutPin(host, "signing");
    await end(host);
    expect(await next).toBe("PinRequired");
  });

  it("after a login that failed between VERIFY and signature", async () => {
    // SELECT, tries, 6 READs, then SELECT and VERIFY: the signature finds no card
    const host = await begin("authentication", { removedAfterCommands: 10 });
    const { card } = await host.ready();
    await expect(host.call("authenticate", login(card), pins.authentication)).rejects.toThrow("card-removed");
    expect(host.exchanges().filter((command) => command.includes("[masked]"))).toHaveLength(1);
  });

  it("before a ceremony, when another program left one", async () => {
    const host = await begin("authentication");
    await host.end();
    const access = await openEmbeddedCardAccess(folder);
    const left = await access.connect(EMBEDDED_READER);
    await left.transaction(async (card) => (await JpkiApplet.select(card)).verify("signing", pins.signing));
    const states: CardState[] = [];
    const ceremony = createCardOperations({
      openAccess: () => Promise.resolve(access),
      virtual: false,
      emit: (state) => states.push(state),
      wait: () => Promise.resolve(),
    });
    running.push(ceremony);
    await new Promise<void>((resolve, reject) => {
      const call = { pin: undefined, answer: () => resolve(), refuse: () => reject(new Error("refused")) };
      ceremony.operations.watch({ key: "authentication", origin: ORIGIN }, call).catch(reject);
    });
    await expect.poll(() => states.at(-1)?.status).toBe("ready");
    const sign = left.transaction(async (card) => (await JpkiApplet.select(card)).sign("signing", new Uint8Array(51)));
    await expect(sign).rejects.toMatchObject({ name: "PinRequired" });
  });
});

describe("the card that lies there", () => {
  it.each([
    ["another kind of card", { anotherKindOfCard: true }, "card-unsupported"],
    ["a card that does not answer to reset", { unresponsive: true }, "card-unresponsive"],
  ] as const)("%s is reported", async (_, quirks, status) => {
    const host = await begin("authentication", quirks);
    await host.until((state): state is CardState => state.status === status);
    expect(host.states.at(-1)).toEqual({ status });
  });

  it("of a child has no signing key, and can log in", async () => {
    const signing = await begin("signing", { noSigningKey: true });
    await signing.until((state): state is CardState => state.status === "certificate-missing");
    const authentication = await begin("authentication", { noSigningKey: true });
    expect(await authentication.ready()).toMatchObject({ attemptsRemaining: 3 });
  });

  it("exchanged for another one has another number, and the PIN for the first reaches neither", async () => {
    const host = await begin("authentication");
    const { card } = await host.ready();
    writeCardFile(folder, { ...pins.file, insertion: 1 });
    const next = await host.until((state): state is Ready => state.status === "ready" && state.card !== card);
    const before = host.lines.length;
    await expect(host.call("authenticate", login(card), pins.authentication)).rejects.toThrow("card-changed");
    expect(host.lines).toHaveLength(before);
    await host.call("authenticate", login(next.card), pins.authentication);
  });

  it("pulled out of an unlocked session ends it", async () => {
    const host = await begin("signing");
    const { card } = await host.ready();
    await host.call("unlock", { card }, pins.signing);
    writeCardFile(folder, { ...pins.file, present: false });
    await host.until((state): state is CardState => state.status === "card-none");
    await expect(host.call("sign", { digests: [digest.toString("base64")] })).rejects.toThrow("card-removed");
  });
});
