import { beforeEach, describe, expect, it } from "vitest";
import { createBrokerWorld } from "../../tests/support/broker-world.ts";
import type { CeremonyQueue, NewCeremony } from "./ceremony-queue.ts";

const CITY = "https://www.city.example.lg.jp";
const TOWN = "https://www.town.example.lg.jp";
const VILLAGE = "https://www.vill.example.lg.jp";

let world: ReturnType<typeof createBrokerWorld>;
let queue: CeremonyQueue;
let city: NewCeremony;
let town: NewCeremony;

beforeEach(async () => {
  world = createBrokerWorld();
  await world.approve(CITY, TOWN, VILLAGE);
  queue = world.startWorker();
  city = world.call(CITY);
  town = world.call(TOWN, { tabId: 8 });
});

/** The resident closes the window that shows the call. */
async function closeWindow({ id }: NewCeremony): Promise<void> {
  const [windowId] = [...world.windows].find(([, shown]) => shown === id) ?? [];
  if (windowId === undefined) throw new Error("the call has no window");
  world.windows.delete(windowId);
  await queue.windowClosed(windowId);
}

describe("open", () => {
  it("opens the window of the first call", async () => {
    expect(await queue.open(city, true)).toBeUndefined();
    expect(world.shown()).toEqual([city.id]);
  });

  it("answers busy to the origin that has a window, before it asks for a gesture", async () => {
    await queue.open(city, true);
    expect(await queue.open(world.call(CITY, { tabId: 9, documentId: "another" }), false)).toBe("busy");
    expect(world.shown()).toEqual([city.id]);
  });

  it("answers busy to the origin that waits for one", async () => {
    await queue.open(city, true);
    await queue.open(town, true);
    expect(await queue.open(world.call(TOWN), true)).toBe("busy");
  });

  it("asks for a gesture, and keeps nothing without", async () => {
    expect(await queue.open(city, false)).toBe("no-activation");
    expect(world.shown()).toEqual([]);
    expect(await queue.open(world.call(CITY), true)).toBeUndefined();
  });

  it("lets another origin wait and says the same to it as to the first", async () => {
    await queue.open(city, true);
    expect(await queue.open(town, true)).toBeUndefined();
    expect(world.shown()).toEqual([city.id]);
    expect(world.told).toEqual([]);
  });

  it("says the same again when it is asked again, and opens nothing twice", async () => {
    await queue.open(city, true);
    await queue.open(town, true);
    // the gesture was spent with the first answer
    expect(await queue.open(city, false)).toBeUndefined();
    expect(await queue.open(town, false)).toBeUndefined();
    expect(world.shown()).toEqual([city.id]);
  });

  it("opens one window for calls that come at the same time", async () => {
    const again = world.call(CITY);
    const answers = await Promise.all([queue.open(city, true), queue.open(town, true), queue.open(again, true)]);
    expect(answers).toEqual([undefined, undefined, "busy"]);
    expect(world.shown()).toEqual([city.id]);
  });

  it("has failed where the browser opens no window, and the next call is not held up", async () => {
    world.refuseWindows();
    expect(await queue.open(city, true)).toBe("failed");
    expect(world.told).toEqual([[city.id, "failed"]]);
    expect(await queue.open(world.call(CITY), true)).toBe("failed");
  });

  it("takes the place of a call whose window went while no worker ran", async () => {
    await queue.open(city, true);
    world.windows.clear();
    expect(await world.startWorker().open(world.call(CITY), true)).toBeUndefined();
    expect(world.told).toEqual([[city.id, "dismissed"]]);
  });
});

describe("the next call has its turn", () => {
  beforeEach(async () => {
    await queue.open(city, true);
    await queue.open(town, true);
  });

  it("when the window is closed", async () => {
    await closeWindow(city);
    expect(world.told).toEqual([[city.id, "dismissed"]]);
    expect(world.shown()).toEqual([town.id]);
  });

  it("when the tab is closed, whose window goes too", async () => {
    await queue.tabClosed(city.tabId);
    expect(world.shown()).toEqual([town.id]);
  });

  it("when the page gives up, whose window goes too", async () => {
    await queue.withdraw(city.id, city.documentId);
    expect(world.shown()).toEqual([town.id]);
  });

  it("when the page has its answer, whose window stays as long as it likes", async () => {
    await queue.finished(city.id);
    expect(world.shown()).toEqual([city.id, town.id]);
    await closeWindow(city);
    expect(world.told).toEqual([]);
    expect(world.shown()).toEqual([town.id]);
  });

  it("in the order of arrival", async () => {
    const village = world.call(VILLAGE, { tabId: 9 });
    await queue.open(village, true);
    await closeWindow(city);
    expect(world.shown()).toEqual([town.id]);
    await closeWindow(town);
    expect(world.shown()).toEqual([village.id]);
  });

  it("unless it is approved no more", async () => {
    await world.approve(CITY);
    await closeWindow(city);
    expect(world.shown()).toEqual([]);
    expect(world.told).toContainEqual([town.id, "not-allowed"]);
  });

  it("unless its document is gone", async () => {
    world.waiting.delete(town.id);
    await queue.finished(city.id);
    expect(world.shown()).toEqual([city.id]);
  });

  it("unless it gave up while it waited", async () => {
    await queue.withdraw(town.id, town.documentId);
    await closeWindow(city);
    expect(world.shown()).toEqual([]);
  });
});

describe("nothing happens", () => {
  beforeEach(async () => {
    await queue.open(city, true);
    await queue.open(town, true);
  });

  it.each<[string, () => Promise<void>]>([
    ["when another document gives up the call", () => queue.withdraw(city.id, town.documentId)],
    ["when a call that is none is given up", () => queue.withdraw(crypto.randomUUID(), city.documentId)],
    ["when another window is closed", () => queue.windowClosed(99)],
    ["when another tab is closed", () => queue.tabClosed(99)],
    ["when a worker starts", () => world.startWorker().resume()],
  ])("%s", async (_what, event) => {
    await event();
    expect(world.shown()).toEqual([city.id]);
    expect(world.told).toEqual([]);
  });
});
