import * as v from "valibot";
import { expect, it } from "vitest";
import { approvalSchema, approvalsSchema, findApproval, type Approval } from "./approval.ts";

const approval: Approval = {
  origin: "https://forms.example.go.jp",
  organisation: { ja: "例示庁", en: "Example Agency", reading: "れいじちょう" },
};

it.each([
  ["a port", "https://forms.example.go.jp:8443"],
  ["http", "http://forms.example.go.jp"],
  ["a path", "https://forms.example.go.jp/form"],
  ["a pattern", "https://*.example.go.jp"],
  ["letters outside ASCII", "https://例示.go.jp"],
])("never approves %s", (_, origin) => expect(v.is(approvalSchema, { ...approval, origin })).toBe(false));

it.each([
  "https://forms.example.go.jp.",
  "https://FORMS.example.go.jp",
  "https://a.forms.example.go.jp",
  "https://forms.example.go.jp:443",
])("finds the exact origin only, not %s", (origin) => {
  const list = v.parse(approvalsSchema, [approval]);
  expect(findApproval(list, origin)).toBeUndefined();
  expect(findApproval(list, approval.origin)).toEqual(approval);
});
