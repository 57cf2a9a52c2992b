import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, type Definition } from "webidl2";
import { ROOT } from "../repository/source-files.ts";
import { APPROVED, approveOne, launchChromium, type Chromium } from "./chromium.ts";

/** What Web IDL says about the interfaces of docs/api.webidl, asked of the real build on an approved origin. */
const definitions = parse(readFileSync(join(ROOT, "docs/api.webidl"), "utf8"));
const interfaces = definitions.filter(({ type }) => type === "interface");
const interfaceNamed = (name: string): Definition => {
  const found = interfaces.find((definition) => definition.name === name);
  if (!found) throw new Error(`docs/api.webidl has no interface ${name}`);
  return found;
};
const declared = interfaces.filter(({ partial }) => !partial);
const membersOf = (name: string) => interfaceNamed(name).members;
const operations = membersOf("Jpki").filter(({ type }) => type === "operation");

let chromium: Chromium;
let page: Page;

beforeAll(async () => {
  chromium = await launchChromium({ extension: true });
  await approveOne(chromium);
  page = await chromium.open(`${APPROVED}/form?step=1#top`);
});
afterAll(() => chromium.close());

/** Own property descriptors, functions shown by what Web IDL fixes of them. */
const describeProperty = (path: string, property: string) =>
  page.evaluate(
    (where, name) => {
      const object = where
        .split(".")
        .reduce((at: unknown, key) => (at as Record<string, unknown>)[key], window) as object;
      const key = name === "@@toStringTag" ? Symbol.toStringTag : name;
      const shown = (value: unknown): unknown => {
        if (typeof value === "function")
          return { name: value.name, length: value.length, constructs: "prototype" in value };
        return typeof value === "object" ? "an object" : value;
      };
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      return descriptor && Object.fromEntries(Object.entries(descriptor).map(([part, value]) => [part, shown(value)]));
    },
    path,
    property,
  );

describe("the document", () => {
  it("declares what this suite knows how to check", () => {
    expect(interfaces.map(({ name, partial }) => [name, partial])).toEqual([
      ["Navigator", true],
      ["Jpki", false],
      ["JpkiError", false],
    ]);
  });
});

describe("navigator.jpki", () => {
  it.each(membersOf("Navigator").map(({ name = "" }) => ({ name })))(
    "$name is a read-only accessor on Navigator.prototype",
    async ({ name }) => {
      expect(await describeProperty("Navigator.prototype", name)).toEqual({
        get: { name: `get ${name}`, length: 0, constructs: false },
        set: undefined,
        enumerable: true,
        configurable: true,
      });
    },
  );

  it("is the same object each time, refuses other receivers and can't be assigned", async () => {
    expect(
      await page.evaluate(() => {
        const { get } = Object.getOwnPropertyDescriptor(Navigator.prototype, "jpki") as { get: () => unknown };
        const attempt = (receiver: unknown) => {
          try {
            get.call(receiver);
            return "returned";
          } catch (error) {
            return (error as Error).constructor === TypeError;
          }
        };
        (navigator as unknown as { jpki: unknown }).jpki = 1;
        return [
          navigator.jpki === navigator.jpki,
          typeof navigator.jpki,
          Object.hasOwn(navigator, "jpki"),
          "jpki" in navigator,
          ...[undefined, null, {}, Navigator.prototype, window].map(attempt),
        ];
      }),
    ).toEqual([true, "object", false, true, true, true, true, true, true]);
  });
});

describe.each(declared.map((definition) => ({ name: definition.name, definition })))(
  "$name",
  ({ name, definition }) => {
    it("is an interface object on window", async () => {
      expect(await describeProperty("window", name)).toEqual({
        value: { name, length: 0, constructs: true },
        writable: true,
        enumerable: false,
        configurable: true,
      });
      expect(await describeProperty(name, "prototype")).toMatchObject({
        writable: false,
        enumerable: false,
        configurable: false,
      });
      expect(await describeProperty(`${name}.prototype`, "constructor")).toMatchObject({
        writable: true,
        enumerable: false,
        configurable: true,
      });
      expect(await describeProperty(`${name}.prototype`, "@@toStringTag")).toEqual({
        value: name,
        writable: false,
        enumerable: false,
        configurable: true,
      });
    });

    it("inherits as declared", async () => {
      expect(
        await page.evaluate(
          (own, base) => {
            const [Own, Base] = [own, base].map((key) => (window as never)[key] as { prototype: object });
            if (!Own || !Base) return "missing";
            return [
              Object.getPrototypeOf(Own) === Base,
              Object.getPrototypeOf(Own.prototype) === Base.prototype,
              (Own.prototype.constructor as unknown) === Own,
              Object.prototype.toString.call(Own.prototype),
            ];
          },
          name,
          definition.inheritance ?? "",
        ),
      ).toEqual([true, true, true, `[object ${name}]`]);
    });

    it("has exactly the declared members, all enumerable", async () => {
      const members = definition.members.flatMap((member) => (member.name ? [member.name] : []));
      expect(await page.evaluate(`Object.keys(${name}.prototype)`)).toEqual(members);
    });

    it.each(
      definition.members
        .filter(({ type }) => type === "attribute")
        .map(({ name: attribute = "", readonly = false }) => ({ attribute, readonly })),
    )("$attribute is an accessor", async ({ attribute, readonly }) => {
      expect(await describeProperty(`${name}.prototype`, attribute)).toEqual({
        get: { name: `get ${attribute}`, length: 0, constructs: false },
        set: readonly ? undefined : { name: `set ${attribute}`, length: 1, constructs: false },
        enumerable: true,
        configurable: true,
      });
    });

    it(`can ${definition.members.some(({ type }) => type === "constructor") ? "" : "not "}be constructed, and not called`, async () => {
      const constructible = definition.members.some(({ type }) => type === "constructor");
      expect(
        await page.evaluate((own) => {
          const Own = (window as never)[own] as new () => object;
          const attempt = (run: () => unknown) => {
            try {
              return Object.prototype.toString.call(run());
            } catch (error) {
              return [(error as Error).constructor === TypeError, (error as Error).message];
            }
          };
          return [
            attempt(() => new Own()),
            attempt(() => new (class extends Own {})()),
            (attempt(() => (Own as unknown as () => unknown)()) as unknown[])[0],
          ];
        }, name),
      ).toEqual(
        constructible
          ? [`[object ${name}]`, `[object ${name}]`, true]
          : [[true, "Illegal constructor"], [true, "Illegal constructor"], true],
      );
    });
  },
);

describe("the operations of Jpki", () => {
  it.each(operations.map((operation) => ({ name: operation.name ?? "", operation })))(
    "$name is a method whose length counts required arguments, and rejects another receiver",
    async ({ name, operation }) => {
      expect(operation.idlType?.generic).toBe("Promise");
      expect(await describeProperty("Jpki.prototype", name)).toEqual({
        value: { name, length: operation.arguments?.filter(({ optional }) => !optional).length, constructs: false },
        writable: true,
        enumerable: true,
        configurable: true,
      });
      expect(
        await page.evaluate(async (method) => {
          const run = (Jpki.prototype as never)[method] as (options: object) => Promise<unknown>;
          const outcomes = [undefined, {}, Jpki.prototype].map(async (receiver) => {
            const promise = run.call(receiver, { challenge: 1 });
            const error = await promise.catch((reason: unknown) => reason);
            return promise instanceof Promise && (error as Error).constructor === TypeError;
          });
          return Promise.all(outcomes);
        }, name),
      ).toEqual([true, true, true]);
    },
  );

  it("availability needs no argument; the others reject without one", async () => {
    expect(
      await page.evaluate(() =>
        Promise.all(
          (["authenticate", "sign", "readAttributes"] as const).map((method) =>
            (navigator.jpki[method] as () => Promise<unknown>)().catch((error: unknown) => (error as Error).name),
          ),
        ),
      ),
    ).toEqual(["TypeError", "TypeError", "TypeError"]);
  });
});

describe("onavailabilitychange", () => {
  it("is an event handler: objects stay, everything else is null, and it keeps its place among the listeners", async () => {
    expect(
      await page.evaluate(() => {
        const { jpki } = navigator;
        const kept: unknown[] = [jpki.onavailabilitychange];
        const object = {};
        for (const value of [object, 5, "text", undefined, () => undefined]) {
          jpki.onavailabilitychange = value as never;
          kept.push(jpki.onavailabilitychange === value ? "kept" : jpki.onavailabilitychange);
        }
        const order: string[] = [];
        jpki.onavailabilitychange = () => order.push("old");
        jpki.addEventListener("availabilitychange", () => order.push("listener"));
        jpki.onavailabilitychange = function (this: unknown) {
          order.push(this === jpki ? "handler" : "wrong this");
          return false;
        };
        const event = new Event("availabilitychange", { cancelable: true });
        jpki.dispatchEvent(event);
        jpki.onavailabilitychange = null;
        jpki.dispatchEvent(new Event("availabilitychange"));
        return { kept, order, prevented: event.defaultPrevented };
      }),
    ).toEqual({
      kept: [null, "kept", null, null, null, "kept"],
      order: ["handler", "listener", "listener"],
      prevented: true,
    });
  });
});

describe("JpkiError", () => {
  it("takes message, name and reason with the declared defaults, read in order", async () => {
    expect(
      await page.evaluate(() => {
        const read: string[] = [];
        const text = (name: string) => ({
          toString() {
            read.push(`convert ${name}`);
            return name;
          },
        });
        const init = {
          get reason() {
            read.push("reason");
            return text("r") as never;
          },
          get name() {
            read.push("name");
            return text("AbortError") as never;
          },
        };
        const full = new JpkiError(text("m") as never, init);
        const bare = new JpkiError();
        const show = (error: JpkiError) => [error.message, error.name, error.reason];
        return {
          full: show(full),
          bare: show(bare),
          read,
          kinds: [full instanceof DOMException, full instanceof Error, full instanceof JpkiError],
          text: String(full),
          reasonOfOther: (() => {
            try {
              return Object.getOwnPropertyDescriptor(JpkiError.prototype, "reason")?.get?.call({}) as unknown;
            } catch (error) {
              return (error as Error).name;
            }
          })(),
        };
      }),
    ).toEqual({
      full: ["m", "AbortError", "r"],
      bare: ["", "OperationError", ""],
      read: ["convert m", "name", "convert AbortError", "reason", "convert r"],
      kinds: [true, true, true],
      text: "AbortError: m",
      reasonOfOther: "TypeError",
    });
  });
});
