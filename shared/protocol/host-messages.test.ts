import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { hostMessageSchema, hostRequestSchema } from "./host-messages.ts";

const challenge = `${"A".repeat(43)}=`;
const origin = "https://forms.example.go.jp";
const accepts = (message: unknown): boolean => v.is(hostRequestSchema, message);

describe("requests to the host", () => {
  it.each([
    { id: 1, method: "watch", params: { key: "signing", origin } },
    { id: 2, method: "authenticate", params: { card: 1, challenge } },
    { id: 3, method: "unlock", params: { card: 1 } },
    { id: 4, method: "sign", params: { digests: [challenge] } },
    { id: 5, method: "finish", params: {} },
  ])("$method", (message) => expect(accepts(message)).toBe(true));

  it("bring the login key no digest: authenticate takes a challenge and a card's number, and there is no other way", () => {
    const methods = hostRequestSchema.options.map((option) => option.entries.method.literal);
    expect(methods).toEqual(["watch", "authenticate", "unlock", "sign", "finish"]);
    const authenticate = hostRequestSchema.options.find((option) => option.entries.method.literal === "authenticate");
    expect(Object.keys(authenticate?.entries.params.entries ?? {})).toEqual(["card", "challenge"]);
  });

  it.each([
    ["a port", `${origin}:8443`],
    ["a path", `${origin}/`],
    ["http", "http://forms.example.go.jp"],
    ["user information", "https://a@forms.example.go.jp"],
    ["capital letters", "https://Forms.example.go.jp"],
    ["an address in the name's place", "https://[::1]x"],
    ["nothing", ""],
    ["a very long name", `https://${"a".repeat(300)}.jp`],
  ])("name an https origin as browsers write it, not %s", (what, text) => {
    // a port is an origin too: that it is never approved is the approval's rule
    expect(accepts({ id: 1, method: "watch", params: { key: "signing", origin: text } })).toBe(what === "a port");
  });

  it.each([
    ["too short", "A".repeat(40)],
    ["too long", "A".repeat(132)],
    ["not base64", `${"-".repeat(43)}=`],
    ["not canonical", `${"A".repeat(42)}B=`],
    ["not text", 7],
  ])("carry 256 bits of challenge, not one that is %s", (_, text) => {
    expect(accepts({ id: 1, method: "authenticate", params: { card: 1, challenge: text } })).toBe(false);
  });
});

it("answers with members that nobody knows are refused", () => {
  expect(v.is(hostMessageSchema, { id: 1, error: { code: "busy" } })).toBe(true);
  expect(v.is(hostMessageSchema, { id: 1, error: { code: "busy", message: "a sentence" } })).toBe(false);
  expect(v.is(hostMessageSchema, { id: 1, error: { code: "made-up" } })).toBe(false);
});
