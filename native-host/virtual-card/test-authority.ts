import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import type { KeyName } from "../../shared/protocol/fields.ts";
import type { Credential } from "./card-contents.ts";
import type { CardQuirks } from "./card-quirks.ts";
import { authorityDates, fifthBirthday, issueDate } from "./certificate-validity.ts";
import { PEOPLE, type Person, type PersonId } from "./people.ts";
import { keepTextFile, writeTextFile } from "./private-files.ts";

/** The generations of the authority: two keys, one name. */
export const GENERATIONS = [1, 2] as const;
/** See {@link GENERATIONS}. */
export type Generation = (typeof GENERATIONS)[number];

/** Which certificate of a person is wanted. */
export type CertificateWanted = Pick<CardQuirks, "certificateValidity"> & { readonly octets: number };

/** The authority that issues test cards: `O=JPKI-TEST`, a key of its own for each kind of certificate and generation. */
export interface TestAuthority {
  /** The certificate of one authority, PEM, for whoever verifies test cards. Its file is `<key>-ca-<generation>.pem`. */
  authorityCertificate(key: KeyName, generation: Generation): Promise<string>;
  /** The key pair of a person with the certificate wanted. The key stays the same for ever, also when the certificate changes. */
  credential(key: KeyName, person: PersonId, wanted: CertificateWanted): Promise<Credential>;
}

/**
 * The authority in `folder`. Keys and certificates are made when they are first asked for, and kept in PEM files that only their owner
 * can read; several processes may use one folder. A kept certificate that lost its validity wanted (a current one that expired) is
 * issued anew.
 */
export function openTestAuthority(folder: string, now: () => Date = () => new Date()): TestAuthority {
  const made = new Map<string, Promise<unknown>>();
  /** One making at a time of each thing in this process; a failed one may be tried again. */
  function once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = made.get(name) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const making = make();
    made.set(name, making);
    making.catch(() => made.delete(name));
    return making;
  }
  const privateKey = (name: string): Promise<KeyObject> =>
    once(name, async () => createPrivateKey(await keepTextFile(join(folder, `${name}.key.pem`), makeKey)));

  async function authority(key: KeyName, generation: Generation): Promise<{ key: KeyObject; certificate: string }> {
    const name = `${key}-ca-${generation}`;
    const authorityKey = await privateKey(name);
    const certificate = await once(`${name} certificate`, () =>
      keepTextFile(join(folder, `${name}.pem`), async () => {
        const { authorityCertificate } = await import("./certificate-profiles.ts");
        const identity = { serialNumber: serialNumber(), dates: authorityDates(generation, now()) };
        return toPem(authorityCertificate(key, authorityKey, identity));
      }),
    );
    return { key: authorityKey, certificate };
  }

  async function residentPem(
    key: KeyName,
    id: PersonId,
    { certificateValidity, octets }: CertificateWanted,
  ): Promise<{ pem: string; privateKey: KeyObject; generation: Generation }> {
    const person: Person = PEOPLE[id];
    // six years ago there was no second generation yet; what is not valid yet comes from the newest
    const generation = { current: person.generation, expired: 1, "not-yet-valid": 2 }[
      certificateValidity
    ] as Generation;
    const [subjectKey, issuer] = await Promise.all([privateKey(`people/${id}/${key}`), authority(key, generation)]);
    const variant = createHash("sha256")
      .update(JSON.stringify([person, octets]))
      .digest("hex")
      .slice(0, 8);
    const path = join(folder, "people", id, `${key}-${certificateValidity}-${variant}.pem`);
    const issue = async (): Promise<string> => {
      const { residentCertificate } = await import("./certificate-profiles.ts");
      const notBefore = issueDate(certificateValidity, generation, now());
      const notAfter = fifthBirthday(person.birth, notBefore);
      return toPem(
        residentCertificate({
          key,
          person,
          octets,
          commonName: commonName(),
          serialNumber: serialNumber(),
          dates: { notBefore, notAfter },
          subjectKey: createPublicKey(subjectKey),
          authorityKey: issuer.key,
        }),
      );
    };
    let pem = await keepTextFile(path, issue);
    if (validityOf(pem, now()) !== certificateValidity) {
      pem = await issue();
      writeTextFile(path, pem);
    }
    return { pem, privateKey: subjectKey, generation };
  }

  return {
    authorityCertificate: async (key, generation) => (await authority(key, generation)).certificate,
    async credential(key, person, wanted) {
      const { pem, privateKey, generation } = await once(
        JSON.stringify([key, person, wanted.certificateValidity, wanted.octets]),
        () => residentPem(key, person, wanted),
      );
      const { certificate } = await authority(key, generation);
      return { certificate: toDer(pem), caCertificate: toDer(certificate), privateKey };
    },
  };
}

async function makeKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048, publicExponent: 0x10001 });
  return privateKey.export({ type: "pkcs8", format: "pem" }) as string;
}

/** Four octets, positive, without a leading zero. */
function serialNumber(): Uint8Array {
  const octets = randomBytes(4);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}

/** Opaque, 24 characters: random letters and digits, a municipality code that no municipality has, a running number. */
function commonName(): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return Array.from(randomBytes(14), (octet) => letters[octet % letters.length]).join("") + "992011001A";
}

function validityOf(pem: string, now: Date): CardQuirks["certificateValidity"] {
  const { validFrom, validTo } = new X509Certificate(pem);
  if (now < new Date(validFrom)) return "not-yet-valid";
  return now > new Date(validTo) ? "expired" : "current";
}

function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function toDer(pem: string): Uint8Array {
  return new Uint8Array(new X509Certificate(pem).raw);
}
