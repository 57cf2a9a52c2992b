import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Preferences } from "../preferences/preferences.ts";
import type { TextKey } from "../locales/text-types.ts";
import type { Ceremony } from "./ceremony.ts";
import type { CeremonyState } from "./ceremony-state.ts";

/** What the status line may say once, between its own states. */
export type Notice = Extract<
  TextKey,
  "action.copied" | "pin.cleared" | "documents.none" | "documents.open-first" | "documents.wait"
>;

/** What every part of the window may see and do. */
export interface CeremonyWindow {
  readonly state: CeremonyState;
  readonly act: Ceremony["act"];
  readonly submitPin: Ceremony["submitPin"];
  readonly showDocument: Ceremony["showDocument"];
  readonly tickDocument: Ceremony["tickDocument"];
  /** True for a moment after the window opened or got the focus back: what is pressed then was meant for something else. */
  readonly isInert: () => boolean;
  readonly preferences: Preferences | undefined;
  /** The organisation behind the origin, in the window's language; empty until it is known. */
  readonly site: string;
  /** Whether readings are wanted where the language has them; kept while another language is shown. */
  readonly furiganaWanted: boolean;
  readonly changePreferences: (preferences: Preferences) => void;
  /** Shows the choice of language, picture and phrase. */
  readonly openSetup: () => void;
  /** Says something once in the status line. */
  readonly notice: Notice | undefined;
  readonly notify: (notice: Notice) => void;
  /** A PIN that was half typed went away with its card: the resident is told, and begins anew by going to the field. */
  readonly entryDropped: boolean;
  readonly dropEntry: () => void;
}

/** Filled by {@link App}. */
export const WindowContext = createContext<CeremonyWindow | undefined>(undefined);

/** The window that a component stands in. */
export function useWindow(): CeremonyWindow {
  const found = useContext(WindowContext);
  if (!found) throw new Error("outside a ceremony window");
  return found;
}
