import { beforeEach, describe, expect, it } from "vitest";
import { APPROVALS_KEY } from "../../shared/approval/approval.ts";
import { createBrokerWorld } from "../../tests/support/broker-world.ts";
import { createApprovals } from "./approvals.ts";
import { createScriptRegistrar, type RegisteredScript, type ScriptRegistry } from "./script-registrar.ts";

const CITY = "https://www.city.example.lg.jp";
const TOWN = "https://www.town.example.lg.jp";

/** The browser's registry: refuses an id that is there already, and changes to one that is not. */
function memoryRegistry() {
  const scripts = new Map<string, RegisteredScript>();
  let changes = 0;
  const put = (given: readonly RegisteredScript[], isAllowed: (id: string) => boolean): Promise<void> => {
    if (!given.every(({ id }) => isAllowed(id))) return Promise.reject(new Error("duplicate or unknown script id"));
    changes++;
    for (const script of given) scripts.set(script.id, structuredClone(script));
    return Promise.resolve();
  };
  const registry: ScriptRegistry = {
    registered: () => Promise.resolve([...scripts.values()]),
    register: (given) => put(given, (id) => !scripts.has(id)),
    update: (given) => put(given, (id) => scripts.has(id)),
    unregister: () => {
      changes++;
      scripts.clear();
      return Promise.resolve();
    },
  };
  return { registry, scripts, changes: () => changes };
}

let world: ReturnType<typeof createBrokerWorld>;
let browser: ReturnType<typeof memoryRegistry>;
let permitted: (match: string) => boolean;
let sync: () => Promise<void>;

beforeEach(() => {
  world = createBrokerWorld();
  browser = memoryRegistry();
  permitted = () => true;
  sync = registrarOver(browser.registry);
});

const registrarOver = (registry: ScriptRegistry) =>
  createScriptRegistrar(createApprovals(world.local), (match) => Promise.resolve(permitted(match)), registry);
const matches = () => [...browser.scripts.values()].map((script) => script.matches);

describe("createScriptRegistrar", () => {
  it("registers page API and bridge at approved origins, in top frames, before any script of the page", async () => {
    await world.approve(TOWN, CITY, TOWN);
    await sync();
    const everywhere = {
      matches: [`${CITY}/*`, `${TOWN}/*`],
      runAt: "document_start",
      allFrames: false,
      persistAcrossSessions: true,
    };
    expect([...browser.scripts.values()]).toEqual([
      { id: "page-api", js: ["page-api.js"], world: "MAIN", ...everywhere },
      { id: "bridge", js: ["bridge.js"], world: "ISOLATED", ...everywhere },
    ]);
  });

  it("registers nothing without approvals", async () => {
    await sync();
    expect(browser.changes()).toBe(0);
  });

  it("leaves out what the browser's permissions do not cover", async () => {
    await world.approve(CITY, TOWN);
    permitted = (match) => match !== `${TOWN}/*`;
    await sync();
    expect(matches()).toEqual([[`${CITY}/*`], [`${CITY}/*`]]);
    permitted = () => false;
    await sync();
    expect(matches()).toEqual([]);
  });

  it("follows a change, and changes nothing where there is none", async () => {
    await world.approve(CITY);
    await sync();
    await world.approve(CITY, TOWN);
    await sync();
    expect(matches()).toEqual([
      [`${CITY}/*`, `${TOWN}/*`],
      [`${CITY}/*`, `${TOWN}/*`],
    ]);
    const before = browser.changes();
    await world.approve(TOWN, CITY);
    await sync();
    expect(browser.changes()).toBe(before);
    await world.approve();
    await sync();
    expect(matches()).toEqual([]);
  });

  it("takes everything back when the list is broken", async () => {
    await world.approve(CITY);
    await sync();
    await world.local.set({ [APPROVALS_KEY]: [{ origin: CITY }] });
    await sync();
    expect(matches()).toEqual([]);
  });

  it("mends a registration that a stopped worker left half done", async () => {
    await world.approve(CITY);
    await sync();
    browser.scripts.delete("bridge");
    await sync();
    expect([...browser.scripts.keys()]).toEqual(["page-api", "bridge"]);
  });

  it("leaves nothing registered where the browser refuses a change", async () => {
    await world.approve(CITY);
    await sync();
    await world.approve(TOWN);
    await registrarOver({ ...browser.registry, update: () => Promise.reject(new Error("refused")) })();
    expect(matches()).toEqual([]);
  });

  it("does not fail where the browser refuses everything", async () => {
    await world.approve(CITY);
    const refuse = () => Promise.reject(new Error("refused"));
    await expect(
      registrarOver({ registered: refuse, register: refuse, update: refuse, unregister: refuse })(),
    ).resolves.toBeUndefined();
  });

  it("ends with the last of changes that come at the same time", async () => {
    await world.approve(CITY);
    const first = sync();
    await world.approve(TOWN);
    await Promise.all([first, sync(), sync()]);
    expect(matches()).toEqual([[`${TOWN}/*`], [`${TOWN}/*`]]);
  });
});
