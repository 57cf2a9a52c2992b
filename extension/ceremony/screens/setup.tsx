import { useState } from "preact/hooks";
import { HTML_LANG, LANGUAGE_NAMES, LANGUAGES } from "../../locales/languages.ts";
import { text, useSpeech, type Speech } from "../../locales/text.tsx";
import {
  isDigitsAlone,
  SEAL_PHRASE_CHARACTERS,
  SEAL_PICTURES,
  type SealPicture as PictureName,
} from "../../preferences/preferences.ts";
import { Button } from "../parts/button.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { SealPicture } from "../parts/seal-picture.tsx";
import { useWindow } from "../window-context.ts";

/** Language, and readings where the language has them. */
function LanguageChoice({ onSpeech }: { onSpeech: (speech: Speech) => void }) {
  const { language } = useSpeech();
  const { furiganaWanted: furigana } = useWindow();
  return (
    <fieldset class="choice">
      <legend>{text("setup.language")}</legend>
      <div class="langs">
        {LANGUAGES.map((name) => (
          <label key={name} lang={HTML_LANG[name]}>
            <input
              type="radio"
              name="language"
              value={name}
              checked={name === language}
              onChange={() => onSpeech({ language: name, furigana })}
            />
            <span>{LANGUAGE_NAMES[name]}</span>
          </label>
        ))}
      </div>
      {language === "ja-easy" && (
        <label class="check">
          <input
            type="checkbox"
            name="furigana"
            checked={furigana}
            onChange={(event) => onSpeech({ language, furigana: event.currentTarget.checked })}
          />
          <span>{text("furigana.label")}</span>
        </label>
      )}
    </fieldset>
  );
}

function PictureChoice({ chosen, onChoose }: { chosen: PictureName; onChoose: (picture: PictureName) => void }) {
  return (
    <fieldset class="choice">
      <legend>{text("setup.picture")}</legend>
      <div class="pictures">
        {SEAL_PICTURES.map((name) => (
          <label key={name}>
            <input type="radio" name="picture" value={name} checked={name === chosen} onChange={() => onChoose(name)} />
            <SealPicture picture={name} />
            <span>{text(`seal.${name}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/**
 * Asked once, at first use: language, picture and phrase. The picture begins with one at random, because what everybody leaves as it
 * was would be easy to imitate.
 */
export function Setup(props: {
  onSpeech: (speech: Speech) => void;
  onClose: () => void;
  suggestedPicture: PictureName;
}) {
  const { preferences, changePreferences, furiganaWanted: furigana } = useWindow();
  const { language } = useSpeech();
  const [picture, setPicture] = useState(preferences?.seal?.picture ?? props.suggestedPicture);
  const [phrase, setPhrase] = useState(preferences?.seal?.phrase ?? "");
  const [refused, setRefused] = useState(false);

  const finish = (): void => {
    const words = Array.from(phrase.trim()).slice(0, SEAL_PHRASE_CHARACTERS).join("");
    if (isDigitsAlone(words)) {
      setRefused(true);
      document.getElementById("phrase")?.focus();
      return;
    }
    changePreferences({ language, furigana, seal: { picture, phrase: words } });
    props.onClose();
  };
  const later = (): void => {
    changePreferences({ ...preferences, language, furigana });
    props.onClose();
  };
  return (
    <Frame
      setup
      actions={
        <>
          <Button action="setup-later" look="outline" onPress={later}>
            {text("action.setup.later")}
          </Button>
          <Button action="setup-done" look="solid" onPress={finish}>
            {text("action.setup.done")}
          </Button>
        </>
      }
    >
      <StepTitle>{text("setup.title")}</StepTitle>
      <LanguageChoice onSpeech={props.onSpeech} />
      <PictureChoice chosen={picture} onChoose={setPicture} />
      <div class="field">
        <label for="phrase">{text("setup.phrase")}</label>
        <input
          id="phrase"
          type="text"
          lang="ja"
          value={phrase}
          autocomplete="off"
          aria-invalid={refused ? "true" : undefined}
          aria-describedby={refused ? "phrase-error phrase-help" : "phrase-help"}
          onInput={(event) => setPhrase(event.currentTarget.value)}
        />
        {refused && (
          <p class="error-text" id="phrase-error">
            {text("setup.phrase.digits")}
          </p>
        )}
        <p class="small support" id="phrase-help">
          {text("setup.phrase.help")}
        </p>
      </div>
      <p class="small">{text("setup.why")}</p>
    </Frame>
  );
}
