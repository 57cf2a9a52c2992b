import { makeApplication, readAnswers } from "./application.ts";
import { receiveLogin } from "./log-in.ts";
import type { Office } from "./office.ts";
import { alreadyPage, formatsPage, formPage, gonePage, loginPage, receiptPage, signPage } from "./pages.ts";
import { receiveApplication } from "./receive-application.ts";
import type { Session } from "./sessions.ts";
import type { Submission } from "./submissions.ts";

/** One request, after session, origin and CSRF token have been checked. */
export interface Visit {
  readonly session: Session;
  /** The body of a POST. */
  readonly body: Buffer;
}

/** What goes back. `session` where it is another one than before. */
export interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  /** Where to go: a redirect (303). */
  readonly location?: string;
  /** Saved under this name. */
  readonly fileName?: string;
  readonly session?: Session | undefined;
}

/** A route. `type` is the media type that its body must have, and how many octets it may have. */
export interface Route {
  readonly type?: string;
  readonly limit?: number;
  /** Answered with a redirect to the login otherwise. */
  readonly needsLogin?: boolean;
  /** What to keep of a request that comes when the login has ended. */
  readonly keep?: (visit: Visit) => void;
  readonly answer: (office: Office, visit: Visit) => Reply | Promise<Reply>;
}

const FORM = { type: "application/x-www-form-urlencoded", limit: 16 * 1024 };

/** Every route by method and path. */
export const ROUTES: Readonly<Record<string, Route>> = {
  "GET /": {
    answer: (_, { session }) =>
      session.login === undefined ? { body: loginPage(session) } : { location: "/application" },
  },
  "POST /challenge": {
    type: "text/plain",
    limit: 0,
    answer: async ({ challenges }, { session }) => ({ type: "text/plain", body: await challenges.issue(session.id) }),
  },
  "POST /login": { type: "application/json", limit: 16 * 1024, answer: receiveLogin },
  "POST /logout": {
    ...FORM,
    answer({ sessions }, { session }) {
      sessions.end(session);
      return { location: "/" };
    },
  },
  "GET /application": { needsLogin: true, answer: (_, { session }) => ({ body: formPage(session) }) },
  "POST /application": { ...FORM, needsLogin: true, keep: keepDraft, answer: fillIn },
  "GET /application/sign": {
    needsLogin: true,
    answer: (_, { session }) =>
      session.application ? { body: signPage(session, session.application) } : { location: "/application" },
  },
  "POST /application/signature": {
    type: "application/pkcs7-signature",
    limit: 64 * 1024,
    needsLogin: true,
    answer: receiveApplication,
  },
  "GET /application/already": {
    needsLogin: true,
    answer: (_, { session }) =>
      session.earlier === undefined ? { location: "/application" } : { body: alreadyPage(session, session.earlier) },
  },
  "GET /receipt": {
    needsLogin: true,
    answer: (office, { session }) =>
      withSubmission(office, session, (submission) => ({ body: receiptPage(session, submission) })),
  },
  "GET /receipt/document": {
    needsLogin: true,
    answer: (office, { session }) =>
      withSubmission(office, session, ({ application: { document, name } }) => ({
        type: "application/json",
        body: document,
        fileName: name,
      })),
  },
  "GET /receipt/signature": {
    needsLogin: true,
    answer: (office, { session }) =>
      withSubmission(office, session, ({ application: { name }, signatureFile }) => ({
        type: "application/pkcs7-signature",
        body: signatureFile,
        fileName: `${name}.p7s`,
      })),
  },
  "GET /formats": { answer: (_, { session }) => ({ body: formatsPage(session) }) },
  "POST /timestamp": { type: "application/timestamp-query", limit: 1024, answer: timestamp },
};

function keepDraft({ session, body }: Visit): void {
  session.draft = readAnswers(new URLSearchParams(body.toString("utf8"))).answers;
}

function fillIn({ now }: Office, { session, body }: Visit): Reply {
  const { answers, wrong } = readAnswers(new URLSearchParams(body.toString("utf8")));
  session.draft = answers;
  if (wrong.length > 0) return { status: 422, body: formPage(session, wrong) };
  session.application = makeApplication(answers, now());
  return { location: "/application/sign" };
}

/** Passes a page's request on to the timestamping authority; what comes back is judged by the extension. */
async function timestamp({ timestamps }: Office, { body }: Visit): Promise<Reply> {
  return { type: "application/timestamp-reply", body: await timestamps.reply(body) };
}

function withSubmission(office: Office, session: Session, reply: (submission: Submission) => Reply): Reply {
  const submission = office.submissions.get(session.submitted ?? "");
  return submission ? reply(submission) : { status: 404, body: gonePage(session) };
}
