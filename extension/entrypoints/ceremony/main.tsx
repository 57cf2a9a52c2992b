import { render } from "preact";
import { browser } from "wxt/browser";
import { App } from "../../ceremony/app.tsx";
import { browserSurroundings } from "../../ceremony/browser-surroundings.ts";
import { startCeremony } from "../../ceremony/ceremony.ts";
import { growForDocuments } from "../../ceremony/window-size.ts";
import { readPreferences, SEAL_PICTURES, writePreferences } from "../../preferences/preferences.ts";
import "../../styles/ceremony.css";

const ceremony = startCeremony(browserSurroundings(location.hash.slice(1)));
growForDocuments(ceremony);
const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
render(
  <App
    ceremony={ceremony}
    storedPreferences={await readPreferences(browser.storage.local)}
    storePreferences={(preferences) => void writePreferences(browser.storage.local, preferences)}
    browserLanguage={navigator.language}
    suggestedPicture={SEAL_PICTURES[random % SEAL_PICTURES.length] ?? "persimmon"}
  />,
  document.body,
);
