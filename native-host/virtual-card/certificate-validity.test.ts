import { describe, expect, it } from "vitest";
import { authorityDates, fifthBirthday, issueDate } from "./certificate-validity.ts";
import { PEOPLE } from "./people.ts";

describe("the fifth birthday", () => {
  it.each([
    ["birthday still to come this year", "419900403", "2026-03-01T00:00:00Z", "2030-04-03T14:59:59.000Z"],
    ["birthday already over this year", "419900403", "2026-05-01T00:00:00Z", "2031-04-03T14:59:59.000Z"],
    ["issued on the birthday", "419900403", "2026-04-03T03:00:00Z", "2031-04-03T14:59:59.000Z"],
    ["the day before in Japan", "419900403", "2026-04-02T14:59:59Z", "2030-04-03T14:59:59.000Z"],
    ["already the birthday in Japan", "419900403", "2026-04-02T15:00:00Z", "2031-04-03T14:59:59.000Z"],
    ["born on 29 February, ends in a common year", "419960229", "2026-06-01T00:00:00Z", "2031-02-28T14:59:59.000Z"],
    ["born on 29 February, ends in a leap year", "419960229", "2027-06-01T00:00:00Z", "2032-02-29T14:59:59.000Z"],
    ["month and day unknown", "019500000", "2026-06-01T00:00:00Z", "2031-01-01T14:59:59.000Z"],
    ["day unknown", "319501200", "2026-06-01T00:00:00Z", "2030-12-01T14:59:59.000Z"],
    ["New Year's Eve in Japan", "420001231", "2026-12-31T15:00:00Z", "2031-12-31T14:59:59.000Z"],
  ])("%s", (_, birth, issued, end) => {
    expect(fifthBirthday(birth, new Date(issued)).toISOString()).toBe(end);
  });
});

describe.each(["2026-02-28T15:30:00Z", "2028-02-29T12:00:00Z", "2027-12-31T23:59:59Z"])(
  "certificates made at %s",
  (text) => {
    const now = new Date(text);
    const cases = Object.values(PEOPLE).flatMap(({ birth }) =>
      ([1, 2] as const).map((generation) => [birth, generation] as const),
    );

    it.each(cases)(
      "of who was born on %s by generation %i are valid, expired and to come as wanted",
      (birth, generation) => {
        const current = issueDate("current", generation, now);
        expect(current < now && now < fifthBirthday(birth, current)).toBe(true);
        expect(fifthBirthday(birth, issueDate("expired", generation, now)) < now).toBe(true);
        expect(issueDate("not-yet-valid", generation, now) > now).toBe(true);
      },
    );

    it.each(cases)(
      "of who was born on %s lie inside the dates of generation %i, which issued them",
      (birth, generation) => {
        const { notBefore, notAfter } = authorityDates(generation, now);
        const issued = issueDate("current", generation, now);
        expect(notBefore < issued && fifthBirthday(birth, issued) < notAfter).toBe(true);
      },
    );
  },
);
