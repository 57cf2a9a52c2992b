import { describe, expect, it } from "vitest";
import { HARUKA, SITE_SECRET } from "../../tests/support/played-people.ts";
import { addressedIdentityKey, identityKey } from "./identity.ts";

const identity = identityKey({ siteSecret: SITE_SECRET });
const addressed = addressedIdentityKey({ siteSecret: SITE_SECRET });
const same = (changes: object): boolean => identity({ ...HARUKA, ...changes }) === identity(HARUKA);
const without = (attribute: keyof typeof HARUKA): typeof HARUKA =>
  Object.fromEntries(Object.entries(HARUKA).filter(([name]) => name !== attribute));

describe("an identity", () => {
  it("is a keyed hash, another one on every site", () => {
    expect(identity(HARUKA)).toMatch(/^[\w-]{43}$/);
    expect(identityKey({ siteSecret: new Uint8Array(32) })(HARUKA)).not.toBe(identity(HARUKA));
    expect(addressed(HARUKA)).not.toBe(identity(HARUKA));
    expect(() => identityKey({ siteSecret: new Uint8Array(31) })).toThrow(TypeError);
    expect(() => addressedIdentityKey({ siteSecret: new Uint8Array(31) })).toThrow(TypeError);
  });

  it.each([
    ["a space of another kind", "道野 遥"],
    ["several spaces, and some around", " 道野　 遥　"],
    ["a variation selector", "道野　遥\u{E0100}"],
  ])("is the same with %s", (_, name) => expect(same({ name })).toBe(true));

  it("is the same in any normalisation form", () => {
    const [composed, decomposed] = ["が　ぱ", "か\u3099　は\u309A"];
    expect(identity({ ...HARUKA, name: composed })).toBe(identity({ ...HARUKA, name: decomposed }));
  });

  it.each([
    ["name", { name: "道野　遙" }],
    ["name without its space", { name: "道野遥" }],
    ["birth date", { birthDate: "1990-05-18" }],
    ["sex", { sex: "male" as const }],
  ])("is another one with another %s", (_, changes) => expect(same(changes)).toBe(false));

  it("does not run one attribute into the next", () => {
    expect(addressed({ ...HARUKA, name: "道", address: "遥青" })).not.toBe(
      addressed({ ...HARUKA, name: "道遥", address: "青" }),
    );
  });

  it.each([
    ["name of spaces", { name: "　 " }],
    ["name without substitutes", { nameSubstitutes: [0] }],
    ["day of birth", { birthDate: "1990-05" }],
    ["sex that is known", { sex: "unknown" as const }],
  ])("can't be told without a %s", (_, changes) => {
    expect(identity({ ...HARUKA, ...changes })).toBeUndefined();
    expect(addressed({ ...HARUKA, ...changes })).toBeUndefined();
  });

  it.each(["name", "birthDate", "sex"] as const)("can't be told without %s", (attribute) => {
    expect(identity(without(attribute))).toBeUndefined();
    expect(addressed(without(attribute))).toBeUndefined();
  });

  it("needs an address only where it is asked for", () => {
    const homeless = without("address");
    expect(addressed(homeless)).toBeUndefined();
    expect(addressed({ ...HARUKA, addressSubstitutes: [2] })).toBeUndefined();
    expect(addressed({ ...HARUKA, address: "青空県" })).not.toBe(addressed(HARUKA));
    expect(identity(homeless)).toBe(identity(HARUKA));
  });

  it("can be told where the certificate says nothing of substitutes", () => {
    expect(identity(without("nameSubstitutes"))).toBe(identity(HARUKA));
  });
});
