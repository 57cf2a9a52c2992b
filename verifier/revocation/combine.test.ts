import { expect, it } from "vitest";
import { playAuthority, playResident } from "../../tests/support/pki/played-authorities.ts";
import { named } from "../../tests/support/pki/played-trust.ts";
import { combine } from "./combine.ts";
import { unknown, type RevocationSource, type RevocationStatus } from "./revocation-source.ts";

const issuer = playAuthority("signing");
const hanako = named(playResident("signing", { issuer }), issuer);
const times = { at: 0, now: 0 };
const proof = { kind: "ocsp", producedAt: "", thisUpdate: "", responder: "" } as const;
const good: RevocationStatus = { status: "good", proof };
const revoked: RevocationStatus = { status: "revoked", revokedAt: new Date(0), reason: undefined, proof };
const says = (status: RevocationStatus): RevocationSource => ({ status: () => status });
const fails: RevocationSource = {
  status: () => {
    throw new Error("holds a name");
  },
};

it.each<[string, RevocationSource[], unknown]>([
  ["the first that knows", [says(unknown("no-list", "")), says(revoked), says(good)], revoked],
  ["the other order, the other answer", [says(good), says(revoked)], good],
  ["one that fails does not know", [fails, says(revoked)], revoked],
  [
    "none knows: the first one's reason, and what each said",
    [says(unknown("no-list", "nothing")), fails],
    { status: "unknown", why: "no-list", detail: "no-list: nothing; no-answer: Error" },
  ],
])("%s", async (_, sources, expected) => expect(await combine(sources).status(hanako, times)).toEqual(expected));

it("the others are not asked", async () => {
  const asked = await combine([says(good), fails]).status(hanako, times);
  expect(asked).toBe(good);
});

it("no source is a TypeError", () => expect(() => combine([])).toThrow(TypeError));
