import { constants, generateKeyPairSync, privateEncrypt, type KeyObject } from "node:crypto";
import { HostFault } from "../../extension/host-port/host-port.ts";
import { element, objectIdentifier, sequence, smallInteger, time } from "../../formats/der/der.ts";
import { decodeBase64, encodeBase64 } from "../../shared/encoding/base64.ts";
import { concatBytes } from "../../shared/encoding/bytes.ts";
import { decodeHex } from "../../shared/encoding/hex.ts";
import type { playedCeremony } from "./played-ceremony.ts";

const TEXT = new TextEncoder();
let key: KeyObject | undefined;

/** As much of a certificate as the window reads of one. */
const CERTIFICATE = ((): Uint8Array<ArrayBuffer> => {
  const name = sequence(element(0x31, sequence(objectIdentifier("2.5.4.3"), element(0x0c, TEXT.encode("CA")))));
  const algorithm = sequence(objectIdentifier("1.2.840.113549.1.1.11"));
  const validity = sequence(time(new Date("2020-01-01")), time(new Date("2040-01-01")));
  const publicKey = sequence(algorithm, element(0x03, Uint8Array.of(0)));
  const tbs = sequence(element(0xa0, smallInteger(2)), smallInteger(7), algorithm, name, validity, name, publicKey);
  return sequence(tbs, algorithm, element(0x03, Uint8Array.of(0)));
})();

/** RSASSA-PKCS1-v1_5 over a SHA-256 digest: what the card does with a DigestInfo. */
function cardSignature(digest: Uint8Array): string {
  const digestInfo = concatBytes(decodeHex("3031300d060960864801650304020105000420"), digest);
  key ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo).toString("base64");
}

/** A host that signs; `until` documents, then the card is gone, or `then` says what happens. */
export function withCard(
  scene: ReturnType<typeof playedCeremony>,
  until = Infinity,
  then = (): unknown => new HostFault({ code: "card-removed" }),
): void {
  let count = 0;
  scene.answerWith((method, params) => {
    if (method === "unlock") return { certificate: encodeBase64(CERTIFICATE) };
    if (method !== "sign") return {};
    if (++count > until) return then();
    const [digest = ""] = (params as { digests: string[] }).digests;
    return { signatures: [cardSignature(decodeBase64(digest) ?? new Uint8Array())] };
  });
}
