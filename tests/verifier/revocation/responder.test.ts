import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { RevocationStatus } from "../../../verifier/revocation/revocation-source.ts";
import { httpOcspClient } from "../../../verifier/revocation/ocsp/http-ocsp-client.ts";
import { ocspSource, type OcspOptions } from "../../../verifier/revocation/ocsp/ocsp-source.ts";
import { playResponder } from "../../support/pki/ocsp-maker.ts";
import { playAuthority, playResident } from "../../support/pki/played-authorities.ts";
import { named, playedTrust } from "../../support/pki/played-trust.ts";
import { openOpensslAuthority, type OpensslRevocation } from "./openssl-authority.ts";

const DAY = 86_400_000;
const fromNow = (days: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY);
// openssl's responder has the machine's clock
const validity = { notBefore: fromNow(-100), notAfter: fromNow(100) };
const issuer = playAuthority("signing", "2023", validity);
const older = playAuthority("signing", "2019", validity);
const stranger = playAuthority("signing", "not ours", validity);
const trust = playedTrust("signing", issuer, older);
const resident = playResident("signing", { issuer, changes: validity });
const hanako = named(resident, issuer);
const authority = openOpensslAuthority(issuer);
afterAll(authority.remove);

const stops: (() => void)[] = [];
afterEach(() => stops.splice(0).forEach((stop) => stop()));

type Known = Parameters<typeof authority.respond>[0];
/** Asks openssl, which knows these, and gives back what that comes to. */
async function ask(
  known: Known,
  { signer = issuer, words = ["-nmin", "5"], at = Date.now(), ...options }: AskOptions = {},
): Promise<RevocationStatus> {
  const { url, stop } = await authority.respond(known, signer, ...words);
  stops.push(stop);
  const source = ocspSource({ send: httpOcspClient(url), trust, ...options });
  return await source.status(hanako, { at, now: Date.now() });
}
type AskOptions = Partial<OcspOptions> & {
  readonly signer?: typeof issuer;
  readonly words?: readonly string[];
  readonly at?: number;
};
const word = (status: RevocationStatus): string => (status.status === "unknown" ? status.why : status.status);
/** `keyTime,20261101000000Z`: keyCompromise with an invalidityDate. */
const stolen = (days: number): string =>
  `keyTime,${fromNow(days).toISOString().slice(0, 19).replaceAll(/[-T:]/g, "")}Z`;
const since = (days: number, reason?: string): OpensslRevocation => ({
  certificate: resident,
  since: fromNow(days),
  ...(reason && { reason }),
});

describe("openssl's responder", () => {
  it.each<[string, Known, AskOptions, string]>([
    ["good", [resident], {}, "good"],
    ["good, asked with SHA-256", [resident], { certificateIdHash: "sha256" }, "good"],
    ["good, with its nonce", [resident], { nonce: "required" }, "good"],
    ["good, asked without a nonce", [resident], { nonce: "none" }, "good"],
    ["good, named by its key", [resident], { words: ["-nmin", "5", "-resp_key_id"] }, "good"],
    ["good, without nextUpdate", [resident], { words: [] }, "good"],
    ["good, with SHA-384", [resident], { words: ["-nmin", "5", "-rmd", "sha384"] }, "good"],
    [
      "good, as PSS",
      [resident],
      { words: ["-nmin", "5", "-rsigopt", "rsa_padding_mode:pss", "-rsigopt", "rsa_pss_saltlen:32"] },
      "good",
    ],
    ["revoked", [since(-3, "superseded")], {}, "revoked"],
    ["on hold", [since(-3, "certificateHold")], {}, "revoked"],
    ["revoked after the time that counts", [since(-3)], { at: Date.now() - 5 * DAY }, "good"],
    ["revoked after it, its key stolen before", [since(-3, stolen(-7))], { at: Date.now() - 5 * DAY }, "revoked"],
    ["unknown there", [], {}, "not-known-there"],
    ["signed with SHA-1", [resident], { words: ["-nmin", "5", "-rmd", "sha1"] }, "not-trusted"],
    ["of a delegated responder", [resident], { signer: playResponder(issuer, validity) }, "good"],
    ["of a delegated responder, revoked", [since(-3)], { signer: playResponder(issuer, validity) }, "revoked"],
    [
      "of a responder that is not for OCSP",
      [resident],
      { signer: playResponder(issuer, { ...validity, purposes: ["1.3.6.1.5.5.7.3.2"] }) },
      "not-trusted",
    ],
    [
      "of a responder that expired",
      [resident],
      { signer: playResponder(issuer, { ...validity, notAfter: fromNow(-1) }) },
      "not-trusted",
    ],
    ["of a stranger's responder", [resident], { signer: playResponder(stranger, validity) }, "not-trusted"],
    ["of the other generation", [resident], { signer: older }, "not-trusted"],
    [
      "without the responder's certificate",
      [resident],
      { signer: playResponder(issuer, validity), words: ["-nmin", "5", "-resp_no_certs"] },
      "not-trusted",
    ],
  ])("%s", async (_, known, options, expected) => expect(word(await ask(known, options))).toBe(expected));

  it("says since when, for which reason, and until when that counts", async () => {
    const revocation = since(-3, "affiliationChanged");
    const status = await ask([revocation]);
    expect(status).toMatchObject({ status: "revoked", reason: "affiliationChanged", revokedAt: revocation.since });
    if (status.status !== "revoked" || status.proof.kind !== "ocsp") throw new Error(status.status);
    const { thisUpdate, nextUpdate = "" } = status.proof;
    expect(Date.parse(nextUpdate) - Date.parse(thisUpdate)).toBe(5 * 60_000);
  });

  it("answers our question as it answers its own", async () => {
    const { url, stop } = await authority.respond([since(-3, "superseded")]);
    stops.push(stop);
    const { output } = authority.openssl(
      ...["ocsp", "-issuer", "ca.pem", "-serial", `0x${hanako.serialNumber}`, "-url", url, "-CAfile", "ca.pem"],
    );
    expect(output).toContain("Response verify OK");
    expect(output).toContain("revoked");
    const source = ocspSource({ send: httpOcspClient(url), trust });
    expect((await source.status(hanako, { at: Date.now(), now: Date.now() })).status).toBe("revoked");
  });
});

describe("what an address may do instead of answering", () => {
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const TYPE = { "content-type": "application/ocsp-response" };

  it.each<[string, RequestListener]>([
    ["an error", (_, response) => void response.writeHead(500, TYPE).end()],
    ["another type", (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>")],
    ["a way elsewhere", (_, response) => void response.writeHead(302, { location: "/other" }).end()],
    ["silence", () => undefined],
    ["the connection closed", (request) => void request.socket.destroy()],
    [
      "octets without end",
      (_, response) => {
        response.writeHead(200, TYPE);
        const more = (): void => void response.write(Buffer.alloc(16_384), (fault) => (fault ? undefined : more()));
        more();
      },
    ],
    [
      "one octet now and then",
      (_, response) => {
        response.writeHead(200, TYPE);
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
  ])("%s", async (_, listener) => {
    const send = httpOcspClient(await serve(listener), { timeout: 300 });
    const status = await ocspSource({ send, trust }).status(hanako, { at: Date.now(), now: Date.now() });
    expect(word(status)).toBe("no-answer");
  });

  it("nobody there", async () => {
    const url = await serve(() => undefined);
    stops.splice(0).forEach((stop) => stop());
    const source = ocspSource({ send: httpOcspClient(url), trust });
    expect(word(await source.status(hanako, { at: Date.now(), now: Date.now() }))).toBe("no-answer");
  });

  it("an empty answer is unreadable", async () => {
    const send = httpOcspClient(await serve((_, response) => void response.writeHead(200, TYPE).end()));
    expect(word(await ocspSource({ send, trust }).status(hanako, { at: Date.now(), now: Date.now() }))).toBe(
      "unreadable",
    );
  });

  it("gets the question as RFC 6960, appendix A says", async () => {
    let asked: unknown;
    const url = await serve((request, response) => {
      asked = [request.method, request.headers["content-type"]];
      response.writeHead(500).end();
    });
    await ocspSource({ send: httpOcspClient(url), trust }).status(hanako, { at: 0, now: 0 });
    expect(asked).toEqual(["POST", "application/ocsp-request"]);
  });
});

it.each(["ftp://ocsp.example/", "file:///etc/passwd", "http://name:word@ocsp.example/", "ocsp.example"])(
  "%s is no address of a responder",
  (url) => expect(() => httpOcspClient(url)).toThrow(TypeError),
);
