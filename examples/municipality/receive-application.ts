import { verifySignature } from "../../verifier/index.ts";
import type { Office } from "./office.ts";
import { refuse, refuseFor } from "./refusals.ts";
import type { Reply, Visit } from "./routes.ts";

/** One grant for each person, in this campaign. */
export const CAMPAIGN = "child-support-benefit";

/**
 * The application: a CAdES signature over exactly the document that the server made and kept, by the account's holder, who has not had the benefit yet. Token, signature file
 * and evidence are kept, so that whoever may ask about revocation can do so later.
 */
export async function receiveApplication(office: Office, { session, body }: Visit): Promise<Reply> {
  const { trust, now, accounts, grants, submissions, log } = office;
  const { application, login } = session;
  if (application === undefined || login === undefined) return { status: 400 };
  const content = application.document;
  const options = { trust, revocation: "accept-unknown", at: now(), format: "cades", content } as const;
  const { signatures, failure } = await verifySignature(body, options);
  const [signature, ...others] = signatures;
  if (signature === undefined || signature.verdict === "refused" || others.length > 0)
    return refuseFor(office, session, failure);

  const holder = await accounts.bindSignature(login.account, signature, { loginKey: login.loginKey });
  if ("sentences" in holder) return refuse(office, session, holder.outcome, holder.sentences);
  const grant = await grants.claim(CAMPAIGN, application.number, signature);
  switch (grant.outcome) {
    case "already":
      log("application: the certificate was used before");
      session.earlier = grant.by;
      return { type: "text/plain", body: "/application/already" };
    case "refused":
    case "other-signer":
      return refuseFor(office, session, undefined);
    case "granted":
    case "clerk":
  }
  log(`application: ${signature.verdict}, revocation not checked${signature.test ? ", TEST" : ""}`);
  submissions.set(application.number, {
    application,
    signature,
    signatureFile: body,
    login,
    waitsForClerk: grant.outcome === "clerk",
    received: now(),
  });
  session.submitted = application.number;
  session.application = undefined;
  session.draft = {};
  return { type: "text/plain", body: "/receipt" };
}
