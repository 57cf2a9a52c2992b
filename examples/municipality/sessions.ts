import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Application } from "./application.ts";
import type { Language } from "./texts.ts";

/** A challenge lives this long, and is used once. */
const CHALLENGE_MILLISECONDS = 5 * 60_000;
/** A login ends so long after the last request. */
const LOGIN_MILLISECONDS = 30 * 60_000;
/** The session itself, and with it what was filled in, outlives the login: whoever was called away logs in again and goes on. */
const SESSION_MILLISECONDS = 12 * 60 * 60_000;

/** The cookie: `__Host-` makes the browser insist on Secure, this host and Path=/. */
export const SESSION_COOKIE = "__Host-session";

/** What the server remembers of one visitor. In memory here; a real site keeps it where all of its machines find it. */
export interface Session {
  readonly id: string;
  /** Comes back with everything that changes something; a page of another site can't know it. */
  readonly csrfToken: string;
  expires: number;
  loginExpires: number;
  language: Language;
  challenge: { readonly text: string; readonly expires: number } | undefined;
  /** The account, after a login. */
  holder: string | undefined;
  /** The login token as it came: evidence, kept with what is submitted. */
  token: string | undefined;
  /** Whose draft and application this is: nobody else who logs in on the same computer gets to see them. */
  owner: string | undefined;
  /** What was filled in, kept until it is submitted, whatever goes wrong in between. */
  draft: Readonly<Record<string, string>>;
  /** The application that waits for its signature. */
  application: Application | undefined;
  /** The number of the last application that was submitted. */
  submitted: string | undefined;
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
      if (session.loginExpires <= now()) session.holder = session.token = undefined;
      return Object.assign(session, lifetime());
    },
    begin: (language) =>
      keep({
        ...identity(),
        language,
        challenge: undefined,
        holder: undefined,
        token: undefined,
        ...nothingFilledIn,
      }),
    renew(session) {
      sessions.delete(session.id);
      return keep({ ...session, ...identity() });
    },
    end: (session) => void sessions.delete(session.id),
  };
}

const nothingFilledIn = { owner: undefined, draft: {}, application: undefined, submitted: undefined };

/** Makes the session the holder's. What somebody else filled in before is gone. */
export function logIn(session: Session, holder: string, token: string): void {
  if (session.owner !== undefined && session.owner !== holder) Object.assign(session, nothingFilledIn);
  Object.assign(session, { holder, token, owner: holder });
}

/** A new challenge for this session, 256 random bits as base64. It replaces the one before. */
export function issueChallenge(session: Session, now: number): string {
  const text = randomText();
  session.challenge = { text, expires: now + CHALLENGE_MILLISECONDS };
  return text;
}

/** Takes the session's challenge, which is then gone whatever becomes of the login; `undefined` when there is none, or it is too old. */
export function takeChallenge(session: Session, now: number): string | undefined {
  const { challenge } = session;
  session.challenge = undefined;
  return challenge && challenge.expires > now ? challenge.text : undefined;
}

/** Whether `token` is the session's own. */
export function isCsrfToken(session: Session, token: string | undefined): boolean {
  const [wanted, got] = [Buffer.from(session.csrfToken), Buffer.from(token ?? "")];
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

function randomText(): string {
  return randomBytes(32).toString("base64");
}
