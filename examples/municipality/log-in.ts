import { verifyAuthentication } from "../../verifier/index.ts";
import type { Office } from "./office.ts";
import { refuse, refuseFor } from "./refusals.ts";
import type { Reply, Visit } from "./routes.ts";
import { logIn } from "./sessions.ts";

/**
 * The login: a Web eID token over this site's origin and a challenge that was used once. Whether the certificate was revoked is not known here, so the card may be a
 * stolen one; the account then shows nothing but what its holder filled in.
 */
export async function receiveLogin(office: Office, { session, body }: Visit): Promise<Reply> {
  const { origin, trust, now, accounts, challenges, sessions, log } = office;
  // gone with this, whatever becomes of the login
  const challenge = await challenges.take(session.id);
  const token = body.toString("utf8");
  const revocation = "accept-unknown";
  const result = await verifyAuthentication(token, { origin, challenge, trust, revocation, at: now() });
  if (result.verdict === "refused") return refuseFor(office, session, result.failure);

  // a renewed card is a stranger's here: a real site offers accounts.rebindLogin() first
  const known = await accounts.login(result);
  const bound = "account" in known ? known : await accounts.bindLogin(result);
  if (!("account" in bound)) return refuse(office, session, bound.outcome, bound.sentences);
  log(`login: ${result.verdict}, revocation not checked${result.test ? ", TEST" : ""}`);
  const renewed = sessions.renew(session);
  logIn(renewed, { account: bound.account, loginKey: bound.loginKey, token, evidence: result.evidence });
  return { type: "text/plain", body: "/application", session: renewed };
}
