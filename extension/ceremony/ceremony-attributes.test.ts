import { describe, expect, it, vi } from "vitest";
import { encodeBase64 } from "../../shared/encoding/base64.ts";
import { playedCeremony } from "../../tests/support/played-ceremony.ts";
import { withCard } from "../../tests/support/signing-card.ts";

const PIN = "ABC123";
type Scene = ReturnType<typeof playedCeremony>;

describe("attributes", () => {
  const ask = async (challenge: string | null | undefined, certificate?: string) => {
    const scene = playedCeremony("readAttributes");
    await vi.waitFor(() => expect(scene.ceremony.state().record).toBeDefined());
    await Promise.resolve();
    scene.say({
      type: "request",
      request: {
        operation: "readAttributes",
        purpose: "給付金",
        attributes: ["name", "birthDate"],
        ...(challenge === undefined ? {} : { challenge }),
      },
    });
    scene.card(5);
    if (certificate === undefined) withCard(scene);
    else scene.answerWith((method) => (method === "unlock" ? { certificate } : {}));
    scene.ceremony.act("next");
    scene.toHost.length = 0;
    scene.ceremony.submitPin(PIN);
    return scene;
  };
  const methods = ({ toHost }: Scene) => toHost.map((message) => (message as { method?: string }).method);

  it("without a challenge cost no signature", async () => {
    const scene = await ask(undefined);
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    expect(methods(scene)).toEqual([undefined, "unlock", "finish"]);
    expect(scene.toPage.at(-1)).toEqual({ type: "attributes", result: {} });
  });

  it("of what is no certificate are none, and the card is let go all the same", async () => {
    const scene = await ask(undefined, "AAAA");
    await vi.waitFor(() => expect(scene.screen()).toBe("internal"));
    expect(methods(scene)).toEqual([undefined, "unlock", "finish"]);
  });

  it("with a challenge, which may come late, are signed together with origin and purpose", async () => {
    const scene = await ask(null);
    const challenge = encodeBase64(crypto.getRandomValues(new Uint8Array(32)));
    await vi.waitFor(() => expect(scene.toPage.at(-1)?.type).toBe("challenge-request"));
    expect(scene.toHost).toEqual([]);
    scene.say({ type: "challenge", challenge });
    await vi.waitFor(() => expect(scene.screen()).toBe("done"));
    expect(methods(scene)).toEqual([undefined, "unlock", "sign", "finish"]);
    const sent = scene.toPage.at(-1);
    const proof = (sent?.type === "attributes" ? sent.result.proof : undefined) ?? "";
    const claims: unknown = JSON.parse(Buffer.from(proof.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({
      origin: "https://shinsei.city.aozora.lg.jp",
      challenge,
      purpose: "給付金",
      attributes: {},
    });
  });
});
