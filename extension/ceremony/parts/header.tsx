import { LANGUAGES, LANGUAGE_NAMES, HTML_LANG, plain, type Language } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import { useWindow } from "../window-context.ts";
import { Brand } from "./brand.tsx";
import { Button } from "./button.tsx";
import { SmallSeal } from "./seal.tsx";

/** The national help line for everything about the card. */
const HELPLINE = "0120-95-0178";

/** The language of the window. A choice is kept; until then the page's hint counts. */
function LanguageMenu() {
  const { language } = useSpeech();
  const { preferences, changePreferences, furiganaWanted } = useWindow();
  const choose = (chosen: Language): void =>
    changePreferences({ ...preferences, language: chosen, furigana: furiganaWanted });
  return (
    <select
      class="language"
      data-action="language"
      aria-label={plain(language, "language.label")}
      value={language}
      onChange={(event) => choose(LANGUAGES.find((name) => name === event.currentTarget.value) ?? "ja")}
    >
      {LANGUAGES.map((name) => (
        <option key={name} value={name} lang={HTML_LANG[name]}>
          {LANGUAGE_NAMES[name]}
        </option>
      ))}
    </select>
  );
}

/** Readings on or off: of やさしい日本語 only. */
function FuriganaSwitch() {
  const { language, furigana } = useSpeech();
  const { preferences, changePreferences } = useWindow();
  if (language !== "ja-easy") return null;
  return (
    <Button
      action="furigana"
      look="text"
      pressed={furigana}
      onPress={() => changePreferences({ ...preferences, language, furigana: !furigana })}
    >
      {text("furigana.label")}
    </Button>
  );
}

/** Mark, seal, language and help, in the same place on every screen. The large seal replaces the small one where there is room. */
export function Header(props: { largeSeal: boolean; helpOpen: boolean; onHelp: () => void; setup: boolean }) {
  return (
    <header class="bar">
      <Brand />
      {!props.setup && <LanguageMenu />}
      {!props.setup && <FuriganaSwitch />}
      <Button action="help" look="text" expanded={props.helpOpen} onPress={props.onHelp}>
        {text("help")}
      </Button>
      {!props.largeSeal && !props.setup && <SmallSeal />}
    </header>
  );
}

/** Who can help, and what nobody will ever ask. */
export function HelpPanel() {
  const { state, site } = useWindow();
  const phone = state.record?.approval.organisation.phone;
  return (
    <div class="note info help-panel">
      <div class="stack">
        {phone !== undefined && (
          <p>
            {text("office.label", { site })} <b class="nowrap">{phone}</b>
          </p>
        )}
        <p>
          {text("help.helpline")} <b class="nowrap">{HELPLINE}</b>
        </p>
        <p>{text("help.fraud")}</p>
        <p class="small">{text("help.road")}</p>
      </div>
    </div>
  );
}

/** The same help line under a stopping screen. */
export function Helpline() {
  return (
    <p class="small">
      {text("help.helpline")} <b class="nowrap">{HELPLINE}</b>
    </p>
  );
}
