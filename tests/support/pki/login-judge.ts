import { expect } from "vitest";
import { createTrust } from "../../../verifier/certificate/trust.ts";
import {
  verifyAuthentication,
  type AuthenticationOptions,
} from "../../../verifier/authentication/verify-authentication.ts";
import { PLAYED_NOW, playAuthority, playResident } from "./played-authorities.ts";
import { LOGIN } from "./played-login.ts";

/** The authority of played logins, and of played signatures. */
export const issuer = playAuthority("authentication");
export const signing = playAuthority("signing");

/** Trust in both. */
export const trust = createTrust({
  certificates: [],
  testAuthorities: { authentication: [issuer.certificate], signing: [signing.certificate] },
});

/** Who logs in. */
export const hanako = playResident("authentication", { issuer });

/** What the site knows. */
export const options = { ...LOGIN, trust, revocation: "accept-unknown", at: PLAYED_NOW } as const;

/** What becomes of a token at the site. */
export const verify = (token: unknown, changes: Partial<AuthenticationOptions> = {}) =>
  verifyAuthentication(token, { ...options, ...changes });

/** The code with which a token is refused, and the check that failed; the verdict of one that is not. */
export async function refusal(token: unknown, changes: Partial<AuthenticationOptions> = {}): Promise<string> {
  const result = await verify(token, changes);
  if (result.verdict !== "refused") return result.verdict;
  const failed = result.checks.filter(({ outcome }) => outcome === "failed");
  expect(failed.map((check) => check.failure?.code)).toEqual([result.failure.code]);
  return `${failed[0]?.check ?? ""}: ${result.failure.code}`;
}
