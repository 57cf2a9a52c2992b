import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Evidence } from "../../verifier/index.ts";
import type { Application } from "./application.ts";
import type { Language } from "./texts.ts";

/** A login ends so long after the last request. */
const LOGIN_MILLISECONDS = 30 * 60_000;
/** The session itself, and with it what was filled in, outlives the login: whoever was called away logs in again and goes on. */
const SESSION_MILLISECONDS = 12 * 60 * 60_000;

/** The cookie: `__Host-` makes the browser insist on Secure, this host and Path=/. */
export const SESSION_COOKIE = "__Host-session";

/** A login that was accepted. */
export interface Login {
  readonly account: string;
  /** Names the certificate to this site: `accounts.bindSignature` wants it. */
  readonly loginKey: string;
  /** The token as it came, JSON. */
  readonly token: string;
  readonly evidence: Evidence;
}

/** What the server remembers of one visitor. In memory here; a real site keeps it where all of its machines find it. */
export interface Session {
  readonly id: string;
  /** Comes back with everything that changes something; a page of another site can't know it. */
  readonly csrfToken: string;
  expires: number;
  loginExpires: number;
  language: Language;
  login: Login | undefined;
  /** The account whose draft and application these are: nobody else who logs in on the same computer gets to see them. */
  owner: string | undefined;
  /** What was filled in, kept until it is submitted, whatever goes wrong in between. */
  draft: Readonly<Record<string, string>>;
  /** The application that waits for its signature. */
  application: Application | undefined;
  /** The number of the last application that was submitted. */
  submitted: string | undefined;
  /** The number of an earlier application, where this one was one too many. */
  earlier: string | undefined;
}

/** All sessions. */
export interface Sessions {
  /** The session of this id, unless it has ended. */
  find(id: string | undefined): Session | undefined;
  begin(language: Language): Session;
  /** A new id and token for the same visitor, so that nobody who knew the old id is logged in with them (session fixation). */
  renew(session: Session): Session;
  end(session: Session): void;
}

/** Sessions in memory. `now` is the clock, in milliseconds. */
export function createSessions(now: () => number): Sessions {
  const sessions = new Map<string, Session>();
  const keep = (session: Session): Session => {
    for (const [id, { expires }] of sessions) if (expires <= now()) sessions.delete(id);
    sessions.set(session.id, session);
    return session;
  };
  const lifetime = () => ({ expires: now() + SESSION_MILLISECONDS, loginExpires: now() + LOGIN_MILLISECONDS });
  const identity = () => ({ id: randomText(), csrfToken: randomText(), ...lifetime() });
  return {
    find(id) {
      const session = sessions.get(id ?? "");
      if (session === undefined || session.expires <= now()) return undefined;
      if (session.loginExpires <= now()) session.login = undefined;
      return Object.assign(session, lifetime());
    },
    begin: (language) =>
      keep({
        ...identity(),
        language,
        login: undefined,
        ...nothingFilledIn,
      }),
    renew(session) {
      sessions.delete(session.id);
      return keep({ ...session, ...identity() });
    },
    end: (session) => void sessions.delete(session.id),
  };
}

const nothingFilledIn = {
  owner: undefined,
  draft: {},
  application: undefined,
  submitted: undefined,
  earlier: undefined,
};

/** Makes the session the account's. What somebody else filled in before is gone. */
export function logIn(session: Session, login: Login): void {
  const { account } = login;
  if (session.owner !== undefined && session.owner !== account) Object.assign(session, nothingFilledIn);
  Object.assign(session, { login, owner: account });
}

/** Whether `token` is the session's own. */
export function isCsrfToken(session: Session, token: string | undefined): boolean {
  const [wanted, got] = [Buffer.from(session.csrfToken), Buffer.from(token ?? "")];
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

function randomText(): string {
  return randomBytes(32).toString("base64");
}
