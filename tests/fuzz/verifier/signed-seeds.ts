import { documentSeeds } from "./document-seeds.ts";
import { loginSeeds } from "./login-seeds.ts";
import { revocationSeeds } from "./revocation-seeds.ts";
import type { SignedSeed } from "./signed-seed.ts";

/** Something good for each parser that a stranger's octets reach on a site's server. */
export const signedSeeds = async (): Promise<SignedSeed[]> => [
  ...(await documentSeeds()),
  ...(await loginSeeds()),
  ...(await revocationSeeds()),
];
