import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Trust } from "../certificate/authority.ts";
import { createTrust, readTrust, type TrustOptions } from "../certificate/trust.ts";
import type { JudgingArguments } from "./arguments.ts";
import { InputError } from "./exit-codes.ts";
import { explainFault, isFolder, readDerFiles, readInput } from "./input.ts";

/**
 * Who is trusted, from the folders that were named. A folder for tests holds certificates of both kinds: files whose names begin with `auth` issue certificates for logins, with `sign`
 * those for signing, others are read over. Throws {@link InputError} where a folder is missing or holds nothing of use.
 */
export function trustOf({
  trust,
  testTrust,
  timestampTrust,
}: Pick<JudgingArguments, "trust" | "testTrust" | "timestampTrust">): Trust {
  for (const [option, folder] of Object.entries({ "--trust": trust, "--test-trust": testTrust }))
    if (folder !== undefined && !isFolder(folder)) throw new InputError(`${folder} is no folder (${option}).`);
  const options: TrustOptions = {
    ...(testTrust !== undefined && { testAuthorities: testAuthorities(testTrust) }),
    ...(timestampTrust !== undefined && {
      timestampAuthorities: readDerFiles(timestampTrust, "certificate").map(({ der }) => der),
    }),
  };
  try {
    return trust === undefined ? createTrust({ certificates: [], ...options }) : readTrust(trust, options);
  } catch (error) {
    if (error instanceof TypeError) throw new InputError(`These authorities can't be used: ${error.message}.`);
    throw explainFault(error, trust ?? testTrust ?? "");
  }
}

function testAuthorities(folder: string): NonNullable<TrustOptions["testAuthorities"]> {
  const names = readdirSync(folder)
    .filter((name) => /\.(pem|cer|crt)$/i.test(name) && !name.endsWith(".key.pem"))
    .sort();
  const read = (kind: RegExp): Uint8Array[] =>
    names.filter((name) => kind.test(name)).map((name) => readInput(join(folder, name)));
  const [authentication, signing] = [read(/^auth/i), read(/^sign/i)];
  if (authentication.length + signing.length === 0)
    throw new InputError(`There is no auth*.pem and no sign*.pem in ${folder} (--test-trust).`);
  return { authentication, signing };
}
