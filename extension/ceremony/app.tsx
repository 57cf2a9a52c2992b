import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { HTML_LANG, languageFor } from "../locales/languages.ts";
import { SpeechContext, type Speech } from "../locales/text.tsx";
import type { Preferences, SealPicture } from "../preferences/preferences.ts";
import { cardStatusOf, faultOf, screenOf } from "./ceremony-screen.ts";
import type { CeremonyState } from "./ceremony-state.ts";
import type { Ceremony } from "./ceremony.ts";
import { isList } from "./document-steps.ts";
import { Done } from "./screens/done.tsx";
import { LastTry, PinScreen } from "./screens/pin.tsx";
import { AttributesReview } from "./screens/attributes-review.tsx";
import { LoginReview, Opening } from "./screens/review.tsx";
import { Setup } from "./screens/setup.tsx";
import { SignReview } from "./screens/sign-review.tsx";
import { Stopping } from "./screens/stopping.tsx";
import { TimestampLacking } from "./screens/timestamp-lacking.tsx";
import { Working } from "./screens/working.tsx";
import { WindowContext, type Notice } from "./window-context.ts";
import { useDocumentState, useInertMoment, useKeyboard, useStepFocus } from "./window-effects.ts";
import { siteName, windowTitle } from "./window-title.ts";

/** What the window is made with. */
export interface AppProps {
  readonly ceremony: Ceremony;
  /** As stored; `undefined` at first use. */
  readonly storedPreferences: Preferences | undefined;
  readonly storePreferences: (preferences: Preferences) => void;
  /** The browser's language, for the time before the resident has chosen. */
  readonly browserLanguage: string;
  readonly suggestedPicture: SealPicture;
}

/** How long the status line says something that happened. */
const NOTICE_MILLISECONDS = 4_000;

function Screen({ state }: { state: CeremonyState }) {
  const screen = screenOf(state);
  const { record, request, ready, phase } = state;
  if (phase.name === "timestamp-lacking") return <TimestampLacking />;
  const fault = faultOf(screen);
  if (fault) return <Stopping key={fault} code={fault} />;
  if (!record) return <Opening />;
  if (phase.name === "working") return <Working record={record} phase={phase} />;
  if (phase.name === "done") return <Done record={record} phase={phase} />;
  if (screen === "last-try") return <LastTry record={record} />;
  if (phase.name === "pin" && ready) {
    return <PinScreen key={`${state.attempt} ${ready.card}`} record={record} ready={ready} refused={phase.problem} />;
  }
  if (phase.name !== "review") return <Opening />;
  if (request?.operation === "readAttributes") return <AttributesReview record={record} request={request} />;
  return record.operation === "sign" ? <SignReview record={record} /> : <LoginReview record={record} />;
}

const tickedCount = ({ documents }: CeremonyState): number => documents.filter(({ ticked }) => ticked).length;

/** The latest state of a ceremony. */
function useCeremonyState(ceremony: Ceremony): CeremonyState {
  const [state, setState] = useState(ceremony.state);
  useEffect(() => {
    setState(ceremony.state());
    return ceremony.subscribe(() => setState(ceremony.state()));
  }, [ceremony]);
  return state;
}

function useNotice(): [Notice | undefined, (notice: Notice) => void] {
  const [notice, setNotice] = useState<Notice>();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const notify = (said: Notice): void => {
    clearTimeout(timer.current);
    setNotice(said);
    timer.current = setTimeout(() => setNotice(undefined), NOTICE_MILLISECONDS);
  };
  return [notice, notify];
}

/** The whole window. */
export function App(props: AppProps) {
  const { ceremony, storePreferences } = props;
  const state = useCeremonyState(ceremony);
  const [notice, notify] = useNotice();
  const [preferences, setPreferences] = useState(props.storedPreferences);
  const [chosen, setChosen] = useState<Speech | undefined>();
  const [setup, setSetup] = useState(props.storedPreferences === undefined);
  const [dropped, setDropped] = useState(0);

  const hinted = languageFor(state.request?.lang, props.browserLanguage);
  const language = chosen?.language ?? preferences?.language ?? hinted;
  const furiganaWanted = chosen?.furigana ?? preferences?.furigana ?? true;
  const furigana = language === "ja-easy" && furiganaWanted;
  const speech = useMemo(() => ({ language, furigana }), [language, furigana]);

  const screen = setup ? "first-run" : screenOf(state);
  // what has only just come on the screen can't have been read
  const arrived = state.documents[state.shown]?.received !== undefined;
  const isInert = useInertMoment(`${screen} ${state.shown} ${arrived} ${tickedCount(state)}`);
  const wide = screen === "review" && state.record?.operation === "sign";
  const several = wide && isList(state);
  useDocumentState({
    title: windowTitle(state, language, setup),
    lang: HTML_LANG[language],
    screen,
    card: cardStatusOf(state),
    classes: [wide ? "wide" : "", several ? "several" : "", furigana ? "ruby" : ""].filter(Boolean).join(" "),
  });
  useStepFocus(screen, screen === "pin" && state.phase.name === "pin" && state.phase.problem !== undefined, dropped);
  useKeyboard(() => {
    if (!isInert()) ceremony.act("cancel");
  }, dropped === 0);

  const changePreferences = (changed: Preferences): void => {
    setChosen(undefined);
    setPreferences(changed);
    storePreferences(changed);
  };
  return (
    <SpeechContext.Provider value={speech}>
      <WindowContext.Provider
        value={{
          state,
          act: ceremony.act,
          submitPin: ceremony.submitPin,
          showDocument: ceremony.showDocument,
          tickDocument: ceremony.tickDocument,
          isInert,
          preferences,
          site: siteName(state, language),
          furiganaWanted,
          changePreferences,
          openSetup: () => setSetup(true),
          notice,
          notify,
          entryDropped: dropped > 0,
          dropEntry: () => setDropped((count) => count + 1),
        }}
      >
        {setup ? (
          <Setup onSpeech={setChosen} onClose={() => setSetup(false)} suggestedPicture={props.suggestedPicture} />
        ) : (
          <Screen state={state} />
        )}
      </WindowContext.Provider>
    </SpeechContext.Provider>
  );
}
