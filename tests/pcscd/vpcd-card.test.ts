import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeCardFile } from "../../native-host/virtual-card/card-file.ts";
import { runVpcdCard, type VpcdEvent } from "../../native-host/virtual-card/vpcd-card.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex, encodeHex } from "../../shared/encoding/hex.ts";
import { ROOT } from "../repository/source-files.ts";
import { SELECT_JPKI, temporaryFolder } from "../support/virtual-card.ts";

const frame = (hex: string): Uint8Array => {
  const message = decodeHex(hex);
  return concatBytes(Uint8Array.of(message.length >> 8, message.length & 0xff), message);
};

/** The reader's end of the conversation, octet by octet as vpcd speaks it. */
describe("the card behind the virtual reader", () => {
  let folder: string;
  let remove: () => void;
  let reader: Server;
  let ending: AbortController;
  let card: Promise<void>;
  let events: VpcdEvent[];

  beforeEach(async () => {
    ({ folder, remove } = temporaryFolder());
    reader = createServer();
    await once(reader.listen(0, "127.0.0.1"), "listening");
    ending = new AbortController();
    events = [];
    const { port } = reader.address() as AddressInfo;
    card = runVpcdCard({ folder, port, signal: ending.signal, onEvent: (event) => events.push(event) });
  });
  afterEach(async () => {
    ending.abort();
    await card;
    reader.close();
    remove();
  });

  async function inserted(): Promise<{ socket: Socket; answer: (octets: number) => Promise<string> }> {
    const [socket] = (await once(reader, "connection")) as [Socket];
    let received = "";
    socket.on("data", (piece) => (received += piece.toString("hex")));
    return {
      socket,
      /** The next so many octets. */
      async answer(octets) {
        while (received.length < 2 * octets) await once(socket, "data");
        const answer = received.slice(0, 2 * octets);
        received = received.slice(2 * octets);
        return answer;
      },
    };
  }

  it("answers the request for its ATR, and control codes not at all", async () => {
    const { socket, answer } = await inserted();
    for (const control of ["01", "02", "00", "07", "04"]) socket.write(frame(control));
    expect(await answer(11)).toBe("00093be000ff8131fe4514");
    expect(events).toEqual(["inserted", "powered"]);
  });

  it("takes messages joined, split, and one octet at a time", async () => {
    const { socket, answer } = await inserted();
    const messages = concatBytes(frame("01"), frame(SELECT_JPKI), frame("00200098"), frame("04"));
    socket.setNoDelay(true);
    socket.write(messages);
    for (const octet of messages) {
      socket.write(Uint8Array.of(octet));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const answers = "00029000" + "000263c3" + "00093be000ff8131fe4514";
    expect(await answer(19)).toBe(answers);
    expect(await answer(19)).toBe(answers);
  });

  it("leaves when card.json takes it out, and comes back after the reader has noticed", async () => {
    const first = await inserted();
    first.socket.write(frame("01"));
    writeCardFile(folder, { person: "child", insertion: 1 });
    await once(first.socket.resume(), "close");
    const second = await inserted();
    second.socket.write(concatBytes(frame(SELECT_JPKI), frame("0020009B")));
    expect(encodeHex(decodeHex(await second.answer(8)))).toBe("0002900000026a88");
  });

  it("gives its last answer before it goes by itself", async () => {
    const first = await inserted();
    writeCardFile(folder, { quirks: { removedAfterCommands: 2 } });
    await once(first.socket.resume(), "close");
    const { socket, answer } = await inserted();
    const gone = once(socket, "close");
    socket.write(concatBytes(frame(SELECT_JPKI), frame("00200098")));
    expect(await answer(8)).toBe("00029000000263c3");
    await gone;
  });

  it("looks for its reader again when the service was away", async () => {
    const { socket } = await inserted();
    socket.destroy();
    const again = await inserted();
    again.socket.write(frame("04"));
    expect(await again.answer(11)).toBe("00093be000ff8131fe4514");
  });

  it("stays out of the reader while card.json says so", async () => {
    const { socket } = await inserted();
    writeCardFile(folder, { present: false });
    await once(socket.resume(), "close");
    await expect.poll(() => events.at(-1)).toBe("absent");
  });
});

describe("the command line", () => {
  const program = join(ROOT, "native-host/virtual-card/vpcd-main.ts");
  const start = (folder: string) =>
    spawn(process.execPath, [program, "--folder", folder, "--port", "1"], { stdio: ["ignore", "pipe", "pipe"] });

  it("waits for a service that is not there, and ends with 0 when told to", async () => {
    const { folder, remove } = temporaryFolder();
    writeCardFile(folder, { present: false });
    const child = start(folder);
    const [text] = (await once(child.stdout, "data")) as [Buffer];
    expect(text.toString()).toBe("absent\n");
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    remove();
  });

  it("ends with 1 and a reason when card.json can't be understood", async () => {
    const { folder, remove } = temporaryFolder();
    writeFileSync(join(folder, "card.json"), "{");
    const child = start(folder);
    const [text] = (await once(child.stderr, "data")) as [Buffer];
    expect(text.toString()).toMatch(/card\.json: not JSON\n$/);
    expect(await once(child, "exit")).toEqual([1, null]);
    remove();
  });
});
