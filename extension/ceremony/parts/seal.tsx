import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import { useWindow } from "../window-context.ts";
import { Button } from "./button.tsx";
import { SealPicture } from "./seal-picture.tsx";

/** The resident's picture and phrase above the PIN field, or a neutral hint to choose them. */
export function Seal() {
  const { preferences, openSetup } = useWindow();
  const { language } = useSpeech();
  const seal = preferences?.seal;
  if (!seal) {
    return (
      <div class="note quiet slim">
        <p>{text("seal.none")}</p>
        <Button action="choose-seal" look="text" onPress={openSetup}>
          {text("seal.choose")}
        </Button>
      </div>
    );
  }
  return (
    <section class="seal" aria-label={plain(language, "seal.label")}>
      <SealPicture picture={seal.picture} />
      <div>
        <p class="phrase">
          <span class="vh">{plain(language, `seal.${seal.picture}`)} </span>
          <bdi lang="ja">{seal.phrase}</bdi>
        </p>
        <p class="small">{text("seal.check")}</p>
      </div>
    </section>
  );
}

/** The same, small, on every other screen. */
export function SmallSeal() {
  const { preferences } = useWindow();
  const { language } = useSpeech();
  const seal = preferences?.seal;
  if (!seal) return null;
  return (
    <p class="seal-small">
      <SealPicture picture={seal.picture} />
      <span class="vh">
        {plain(language, "seal.yours")} {plain(language, `seal.${seal.picture}`)}
      </span>
      <bdi lang="ja">{seal.phrase}</bdi>
    </p>
  );
}
