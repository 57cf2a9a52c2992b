import { generateKeyPairSync, type KeyObject } from "node:crypto";

/** Kinds of keys that tests make certificates for. */
export type TestKeyType = "rsa-1024" | "rsa-2048" | "rsa-3072" | "P-256" | "P-384" | "P-521";

/** A pair of keys. */
export interface TestKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const made = new Map<string, TestKey>();

/** A key pair, the same for the same `type` and `name` as long as the process lives: making RSA keys takes time. */
export function testKey(type: TestKeyType, name: string): TestKey {
  const id = `${type} ${name}`;
  const known = made.get(id);
  if (known) return known;
  const pair = type.startsWith("rsa")
    ? generateKeyPairSync("rsa", { modulusLength: Number(type.slice(4)) })
    : generateKeyPairSync("ec", { namedCurve: type });
  made.set(id, pair);
  return pair;
}
