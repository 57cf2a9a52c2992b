import { describe, expect, it } from "vitest";
import { PEOPLE, PERSON_IDS, type Person } from "./people.ts";

describe.each(PERSON_IDS)("%s", (id) => {
  const person: Person = PEOPLE[id];

  it("has a flag for every character of name and address", () => {
    expect(person.nameSubstituted).toMatch(/^[01]+$/);
    expect(person.nameSubstituted.length).toBe(Array.from(person.name).length);
    expect(person.addressSubstituted).toMatch(/^[01]+$/);
    expect(person.addressSubstituted.length).toBe(Array.from(person.address).length);
    expect(Array.from(person.address).length).toBeLessThanOrEqual(200);
  });

  it("has a birth date of era, year, month and day", () => {
    expect(person.birth).toMatch(/^[0-5](\d{4})(0\d|1[0-2])([0-2]\d|3[01])$/);
  });
});

it("somebody has substituted characters, an address of full length, an unknown birth date, a name in Latin script", () => {
  expect(PEOPLE.substituted.nameSubstituted).toBe("110000");
  expect(PEOPLE.substituted.addressSubstituted).toContain("11");
  expect(Array.from(PEOPLE["long-address"].address)).toHaveLength(200);
  expect(PEOPLE["birth-unknown"].birth).toMatch(/^0.*0000$/);
  expect(PEOPLE["latin-script"].name).toMatch(/^[A-Z ]+$/);
  expect(PEOPLE.child.underFifteen).toBe(true);
});
