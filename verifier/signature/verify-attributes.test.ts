import { expect, it } from "vitest";
import { playAuthority } from "../../tests/support/pki/played-authorities.ts";
import { playedTrust } from "../../tests/support/pki/played-trust.ts";
import { verifyAttributes, type AttributesOptions } from "./verify-attributes.ts";

const options: AttributesOptions = {
  trust: playedTrust("signing", playAuthority("signing")),
  revocation: "accept-unknown",
  origin: "https://forms.example.go.jp",
  challenge: "c".repeat(44),
};

it("resolves for a proof that is none, and for a session without a challenge", async () => {
  expect(await verifyAttributes("", options)).toMatchObject({ failure: { code: "not-a-proof" } });
  const { failure } = { failure: undefined, ...(await verifyAttributes("", { ...options, challenge: undefined })) };
  expect(failure).toMatchObject({ code: "challenge-unknown" });
});

it.each<[string, object]>([
  ["a challenge that anybody could guess", { challenge: "" }],
  ["a challenge that is null", { challenge: null }],
  ["an origin with a slash", { origin: "https://forms.example.go.jp/" }],
  ["an origin of plain http", { origin: "http://forms.example.go.jp" }],
  ["no origin", { origin: undefined }],
])("throws for %s", async (_, changes) => {
  await expect(verifyAttributes("", { ...options, ...changes })).rejects.toThrow(TypeError);
});
