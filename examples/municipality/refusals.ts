import type { Failure, Sentences } from "../../verifier/index.ts";
import type { Office } from "./office.ts";
import type { Reply } from "./routes.ts";
import type { Session } from "./sessions.ts";

/** Not accepted: the code for the log, a sentence in the visitor's language for the page. */
export function refuse({ log }: Office, { language }: Session, code: string, sentences: Sentences): Reply {
  log(`refused: ${code}`);
  return { status: 400, type: "text/plain; charset=utf-8", body: sentences[language] };
}

/** The same for what the verifier found; without a failure the page says a sentence of its own. */
export function refuseFor(office: Office, session: Session, failure: Failure | undefined): Reply {
  if (failure) return refuse(office, session, failure.code, failure.sentences);
  office.log("refused: not as this site wants it");
  return { status: 400 };
}
