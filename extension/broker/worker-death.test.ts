import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { CEREMONIES_KEY, ceremonyRecordSchema } from "../../shared/approval/ceremony-record.ts";
import { createBrokerWorld } from "../../tests/support/broker-world.ts";
import type { NewCeremony } from "./ceremony-queue.ts";

/** The browser may stop the worker between any two steps; the next one finds everything in storage and in the windows themselves. */
const ORIGINS = ["https://www.city.example.lg.jp", "https://www.town.example.lg.jp", "https://www.vill.example.lg.jp"];

type World = ReturnType<typeof createBrokerWorld>;
type Worker = ReturnType<World["startWorker"]>;

async function approvedWorld(): Promise<World> {
  const world = createBrokerWorld();
  await world.approve(...ORIGINS);
  return world;
}

const recordsOf = async (world: World) =>
  v.parse(v.optional(v.array(ceremonyRecordSchema), []), (await world.session.get(CEREMONIES_KEY))[CEREMONIES_KEY]);

/** Asks a worker that lives for `steps` steps; where it died first, the next one starts and is asked again. Says whether it died. */
async function askMortal(world: World, steps: number, ask: (worker: Worker) => Promise<unknown>): Promise<boolean> {
  const mortal = world.startWorker(steps);
  if ((await Promise.race([ask(mortal), mortal.killed])) !== "killed") return false;
  const next = world.startWorker();
  await next.resume();
  await ask(next);
  return true;
}

describe("a worker that dies after any number of steps", () => {
  it("opens the window of a call exactly once", async () => {
    let steps = 0;
    for (let died = true; died; steps++) {
      const world = await approvedWorld();
      const call = world.call(ORIGINS[0] ?? "");
      const answers: unknown[] = [];
      died = await askMortal(world, steps, async (worker) => answers.push(await worker.open(call, true)));
      expect([steps, answers, world.shown(), world.told]).toEqual([steps, [undefined], [call.id], []]);
    }
    expect(steps).toBeGreaterThan(8);
  });

  it("gives the next call its turn exactly once", async () => {
    let steps = 0;
    for (let died = true; died; steps++) {
      const world = await approvedWorld();
      const [first, second] = ORIGINS.map((origin) => world.call(origin)) as [NewCeremony, NewCeremony];
      const before = world.startWorker();
      await before.open(first, true);
      await before.open(second, true);
      died = await askMortal(world, steps, (worker) => worker.withdraw(first.id, first.documentId));
      expect([steps, world.shown(), world.waiting.has(second.id)]).toEqual([steps, [second.id], true]);
    }
    expect(steps).toBeGreaterThan(8);
  });
});

/** One thing that happens, to the `call`-th call so far or at the `call`-th origin, and how long the worker lives that is told. */
const happeningArbitrary = fc.record({
  what: fc.constantFrom("open", "open", "close window", "withdraw", "finish", "leave", "close tab"),
  call: fc.nat(5),
  steps: fc.option(fc.nat(16), { nil: Infinity }),
});

describe("whatever happens, in whatever order", () => {
  it("one window at a time, one call of an origin at a time, and no call is forgotten", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happeningArbitrary, { maxLength: 12 }), async (happenings) => {
        const world = await approvedWorld();
        const calls: NewCeremony[] = [];
        const finished = new Set<string>();

        for (const { what, call: index, steps } of happenings) {
          const call = calls[index % Math.max(calls.length, 1)];
          if (what === "open") {
            const opened = world.call(ORIGINS[index % ORIGINS.length] ?? "", { tabId: calls.length });
            calls.push(opened);
            await askMortal(world, steps, async (worker) => {
              // told at once, so that nothing waits for it any more
              if (await worker.open(opened, true)) world.waiting.delete(opened.id);
            });
          } else if (what === "close window") {
            for (const windowId of world.windows.keys()) {
              world.windows.delete(windowId);
              // an event comes to one worker; the next finds the window gone
              await askMortal(world, steps, (worker) => worker.windowClosed(windowId));
              break;
            }
          } else if (call) {
            if (what === "finish" && !world.shown().includes(call.id)) continue;
            if (what === "finish") finished.add(call.id);
            world.waiting.delete(call.id);
            await askMortal(world, steps, (worker) => {
              if (what === "finish") return worker.finished(call.id);
              if (what === "withdraw") return worker.withdraw(call.id, call.documentId);
              return what === "close tab" ? worker.tabClosed(call.tabId) : worker.resume();
            });
          }

          const records = await recordsOf(world);
          const origins = records.map(({ approval }) => approval.origin);
          expect(new Set(origins).size).toBe(origins.length);
          expect(records.map(({ windowId }) => windowId !== undefined)).toEqual(records.map((_, at) => at === 0));
          for (const { windowId, id } of records.slice(0, 1)) expect(world.windows.get(windowId ?? -1)).toBe(id);
          expect(new Set(world.shown()).size).toBe(world.windows.size);
          const accounted = new Set([...finished, ...records.map(({ id }) => id)]);
          expect([...world.shown(), ...world.waiting].filter((id) => !accounted.has(id) && !isTold(world, id))).toEqual(
            [],
          );
        }
      }),
      { numRuns: 150 },
    );
  });
});

const isTold = (world: World, callId: string): boolean => world.told.some(([id]) => id === callId);
