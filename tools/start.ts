import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MUNICIPALITY_HOST, startMunicipality } from "../examples/municipality/server.ts";
import { CARD_FILE } from "../native-host/virtual-card/card-file.ts";
import { openRoadBrowser } from "./road/browser.ts";
import { showJourney } from "./road/headless-journey.ts";
import { MUNICIPALITY_APPROVAL, MUNICIPALITY_ORIGIN } from "./road/municipality-journey.ts";
import { ROOT } from "./road/paths.ts";
import { prepareVirtualCard } from "./road/virtual-card-folder.ts";

/**
 * `npm start`: the municipality's site, a Chromium with the extension, and the host with a virtual card. Without a display it goes through the whole
 * journey by itself and ends; with one it leaves the browser to whoever sits before it.
 */
const { values: options } = parseArgs({
  options: {
    /** Also where there is a display. */
    headless: { type: "boolean", default: false },
    /** The computer's card readers in place of the virtual card. */
    reader: { type: "boolean", default: false },
    /** A folder with the certificates of JPKI's authorities, for real cards. */
    authorities: { type: "string" },
    /** A folder with authorities for tests in place of the virtual card's: `authentication-ca-*.pem`, `signing-ca-*.pem`. */
    "test-authorities": { type: "string" },
  },
});

const say = (line: string): void => console.log(line);
const hasDisplay = Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]) || process.platform !== "linux";
const headless = options.headless || !hasDisplay;

if (headless && options.reader) {
  say("A card of your own needs somebody who types its PIN: --reader needs a display.");
  process.exit(2);
}
// the journey takes an ordinary card with all its tries; for people it is kept from one start to the next, as a card is
const card = join(ROOT, "out", headless ? "journey-card" : "virtual-card");
if (headless) rmSync(join(card, "state.json"), { force: true });
const virtualAuthorities = await prepareVirtualCard(
  card,
  headless || !existsSync(join(card, CARD_FILE)) ? { person: "ordinary", present: true } : undefined,
);
const { authorities } = options;
// whoever puts a real card on a reader trusts no authority that anybody can make, unless they name one
const virtual = options.reader && authorities !== undefined ? undefined : virtualAuthorities;
const testAuthorities = options["test-authorities"] ?? virtual;
const site = await startMunicipality({ authorities, testAuthorities, log: (line) => say(`  the site says: ${line}`) });
try {
  if (headless) process.exitCode = await showJourney({ site, card, authorities: virtualAuthorities, say });
  else await showBrowser();
} finally {
  await site.close();
}

/** Leaves the browser to whoever sits before it, until it is closed. */
async function showBrowser(): Promise<void> {
  const road = await openRoadBrowser({
    sites: { [MUNICIPALITY_HOST]: site.port },
    approvals: [MUNICIPALITY_APPROVAL],
    host: options.reader ? {} : { virtualCard: card },
    headless: false,
  });
  const closed = new Promise<void>((resolve) => road.browser.once("disconnected", () => resolve()));
  const [blank] = await road.browser.pages();
  await road.open(MUNICIPALITY_ORIGIN);
  await blank?.close();
  say(`The browser shows ${MUNICIPALITY_ORIGIN}. Log in, fill in the form, sign it.`);
  say(`Samples of every signature format are at ${MUNICIPALITY_ORIGIN}/formats.`);
  if (options.reader) {
    say("It uses the card readers of this computer. Put your My Number Card on the reader.");
    if (options.authorities === undefined)
      say("The site trusts test cards only, until --authorities names a folder with the authorities' certificates.");
  } else {
    say("It uses a virtual card. Its PINs are in examples/municipality/README.md; what lies on the reader stands in");
    say(`${join("out", "virtual-card", CARD_FILE)}, which may be edited while the browser runs.`);
  }
  say("Close the browser to end.");
  await closed;
  await road.close();
}
