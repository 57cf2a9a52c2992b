import { h, render } from "preact";
import { App } from "../../../extension/ceremony/app.tsx";
import type { CeremonyEvent, UserAction } from "../../../extension/ceremony/ceremony-state.ts";
import type { Ceremony } from "../../../extension/ceremony/ceremony.ts";
import { step } from "../../../extension/ceremony/ceremony-machine.ts";
import { LANGUAGES, type Language } from "../../../extension/locales/languages.ts";
import type { Preferences } from "../../../extension/preferences/preferences.ts";
import "../../../extension/styles/ceremony.css";
import { SCENES } from "./scenes.ts";

/** What was done to the shown scene, for the tests. */
interface GalleryLog {
  done: string[];
  stored: Preferences[];
}

/** The real window over a prepared state. What is done to it is noted in `gallery.done`, what it stores in `gallery.stored`. */
function show(name: string, language: Language, furigana: boolean): void {
  const scene = SCENES[name];
  if (!scene) throw new Error(`no scene ${name}`);
  const log: GalleryLog = { done: [], stored: [] };
  const preferences: Record<typeof scene.preferences, Preferences | undefined> = {
    seal: { language, furigana, seal: { picture: "persimmon", phrase: "おばあちゃんの柿" } },
    later: { language, furigana },
    none: undefined,
  };
  let state = scene.state;
  const listeners = new Set<() => void>();
  function dispatch(event: CeremonyEvent, said: string): void {
    const taken = step(state, event);
    state = taken.state;
    log.done.push(said, ...taken.effects.map((effect) => `→ ${effect.type}`));
    for (const listener of listeners) listener();
  }
  const act = (type: UserAction): void => dispatch({ type }, type);
  const ceremony: Ceremony = {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    act,
    showDocument: (index) => dispatch({ type: "show-document", index }, `show ${index}`),
    tickDocument: (index, ticked) =>
      dispatch({ type: "tick-document", index, ticked }, `${ticked ? "tick" : "untick"} ${index}`),
    submitPin: (pin) => {
      log.done.push(`PIN of ${pin.length} characters`);
      act("pin-submitted");
    },
  };
  render(null, document.body);
  render(
    h(App, {
      ceremony,
      storedPreferences: preferences[scene.preferences],
      storePreferences: (changed) => log.stored.push(changed),
      browserLanguage: language === "en" ? "en" : "ja",
      suggestedPicture: "boat",
    }),
    document.body,
  );
  Object.assign(globalThis, { gallery: Object.assign(log, { show }) });
}

const query = new URLSearchParams(location.search);
const language = LANGUAGES.find((name) => name === query.get("language")) ?? "ja";
show(query.get("scene") ?? "review", language, query.get("furigana") !== "off");
