import { plain, type Language } from "../locales/languages.ts";
import { faultOf, screenOf } from "./ceremony-screen.ts";
import type { CeremonyState } from "./ceremony-state.ts";

/** What the step is called, in the window's title. */
function stepName(state: CeremonyState, language: Language): string {
  const screen = screenOf(state);
  const operation = state.record?.operation ?? "authenticate";
  const fault = faultOf(screen);
  if (fault) return plain(language, `${fault}.title`);
  switch (screen) {
    case "review":
      return plain(language, operation === "sign" ? "step.document" : "step.review");
    case "last-try":
      return plain(language, "last-try.title");
    case "pin":
      return plain(language, "step.pin");
    case "working":
      return plain(language, `working.${operation}.title`);
    case "done":
      return plain(language, "step.done");
    default:
      return plain(language, "opening.title");
  }
}

/** The window's title: operation and step, and whether all of it is a test. Without markup and readings. */
export function windowTitle(state: CeremonyState, language: Language, setup: boolean): string {
  const operation = plain(language, `operation.${state.record?.operation ?? "authenticate"}`);
  const title = setup
    ? plain(language, "title.setup")
    : plain(language, "title", { operation, step: stepName(state, language) });
  return state.test ? plain(language, "title.test", { title }) : title;
}

/** The organisation's name in the window's language; empty until the record is known. */
export function siteName({ record }: CeremonyState, language: Language): string {
  const organisation = record?.approval.organisation;
  return (language === "en" ? organisation?.en : organisation?.ja) ?? "";
}
