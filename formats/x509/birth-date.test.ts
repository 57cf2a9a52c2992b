import { expect, it } from "vitest";
import { readBirthDate } from "./birth-date.ts";

it.each([
  ["419900403", "1990-04-03"],
  ["519000229", undefined],
  ["420000229", "2000-02-29"],
  ["019500000", "1950"],
  ["319501200", "1950-12"],
  // a day without its month says nothing
  ["319500012", "1950"],
  ["319500032", undefined],
  ["000000403", undefined],
  ["000000000", undefined],
  ["419901301", undefined],
  ["419900431", undefined],
  ["419901232", undefined],
  ["41990040", undefined],
  ["4199004030", undefined],
  ["19900403", undefined],
  ["４１９９００４０３", undefined],
  ["419900403\n", undefined],
  ["", undefined],
])("%s is %s", (value, date) => expect(readBirthDate(value)).toBe(date));
