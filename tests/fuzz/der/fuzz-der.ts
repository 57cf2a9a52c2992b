import { generateKeyPairSync } from "node:crypto";
import { playTimestampAuthority } from "../../support/played-timestamp-authority.ts";
import { readValidity } from "../../../extension/ceremony/certificate-validity.ts";
import { readCertificateAttributes } from "../../../formats/x509/certificate-attributes.ts";
import { readCertificate } from "../../../formats/x509/certificate.ts";
import { openDer, readObjectIdentifier, readTime } from "../../../formats/der/der-fields.ts";
import { octetString, readElement, readElements, unsignedInteger, type Bytes } from "../../../formats/der/der.ts";
import { signerIdentity } from "../../../extension/signature/signer-certificate.ts";
import { readToken } from "../../../extension/signature/timestamp/signed-statement.ts";
import { TimestampFault } from "../../../extension/signature/timestamp/timestamp-fault.ts";
import { readTimestampResponse } from "../../../extension/signature/timestamp/timestamp-response.ts";
import { mutate, randomNumbers } from "./mutations.ts";

/** What came of a run: how many rounds each reader took the input and how many it refused it, and every finding. */
export interface FuzzResult {
  readonly accepted: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  /** Another error than the reader's own, or a token taken whose signed part was changed; with the round's input in hexadecimal. */
  readonly findings: readonly string[];
}

const question = { imprint: new Uint8Array(32).fill(5), nonce: Uint8Array.of(0x81, 2, 3, 4, 5, 6, 7, 8) };

/** The readers by name, with the errors that are their own. */
const READERS: Readonly<Record<string, (input: Bytes) => unknown>> = {
  readElement,
  readElements,
  openDer,
  readObjectIdentifier,
  readTime: (input) => readTime(readElement(input)),
  readCertificate,
  signerIdentity,
  readCertificateAttributes,
  readValidity,
  readToken,
};

/**
 * Deterministic mutation fuzzing of everything that reads DER: the same `seed` and `count` give the same inputs' mutations (the played authorities' keys
 * are new in each run). `certificates` are good ones to start from. Verifying costs most, and only happens where the structure still parses.
 */
export async function fuzzDer(seed: number, count: number, certificates: readonly Bytes[]): Promise<FuzzResult> {
  const random = randomNumbers(seed);
  const elliptic = playTimestampAuthority();
  const rsa = playTimestampAuthority({ key: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey });
  // of another authority, to another question: none of it may ever be taken for an answer to ours
  const other = playTimestampAuthority().respond({ ...question, nonce: Uint8Array.of(1) });
  const responses = [elliptic.respond(question), rsa.respond(question), rsa.respond(question, { pss: true })];
  const tokens = await Promise.all(responses.map((response) => readTimestampResponse(response, question)));
  const genuine = new Set(tokens.map(signedPart));
  const corpus = [...responses, ...tokens.slice(0, 1), elliptic.certificate, rsa.certificate, ...certificates];
  const accepted: Record<string, number> = {};
  const refused: Record<string, number> = {};
  const findings: string[] = [];
  const note = (tally: Record<string, number>, name: string): void => void (tally[name] = (tally[name] ?? 0) + 1);
  const found = (name: string, input: Uint8Array, what: unknown): void =>
    void findings.push(`${name}: ${String(what)}: ${Buffer.from(input).toString("hex")}`);

  const judge = async (name: string, input: Bytes, isRight: (token: Uint8Array) => boolean): Promise<void> => {
    try {
      const token = await readTimestampResponse(input, question);
      note(accepted, name);
      if (!isRight(token)) found(name, input, "took what it should not");
    } catch (fault) {
      note(refused, fault instanceof TimestampFault ? `${name}: ${fault.reason}` : name);
      if (!(fault instanceof TimestampFault)) found(name, input, fault);
    }
  };

  for (let round = 0; round < count; round++) {
    const input = mutate(corpus[random(corpus.length)] ?? other, other, random);
    for (const [name, read] of Object.entries(READERS)) {
      try {
        read(input);
        note(accepted, name);
      } catch (fault) {
        note(refused, name);
        if (!(fault instanceof RangeError || fault instanceof TimestampFault)) found(name, input, fault);
      }
    }
    await judge("changed", input, (token) => genuine.has(signedPart(token)));
    if (round % 4 > 0) continue;
    // an authority that means harm signs what it changed
    const change = (own: Bytes): Bytes => mutate(own, other, random);
    const answer = random(2) === 0 ? { certificate: change } : { statement: change };
    const hostile = (random(8) === 0 ? rsa : elliptic).respond(question, { ...answer, pss: false });
    await judge("hostile", hostile, answersQuestion);
  }
  return { accepted, refused, findings };
}

/** Read by other means than the reader's: both stand in the statement as they were asked. */
function answersQuestion(token: Uint8Array): boolean {
  const statement = Buffer.from(readToken(token).content);
  return [octetString(question.imprint), unsignedInteger(question.nonce)].every((asked) =>
    statement.includes(Buffer.from(asked)),
  );
}

/** Everything that the authority's signature stands for, and the signature. */
function signedPart(token: Uint8Array): string {
  const { content, signedAttributes, signature } = readToken(token);
  return [content, signedAttributes, signature].map((octets) => Buffer.from(octets).toString("hex")).join();
}
