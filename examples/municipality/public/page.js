/**
 * What every page needs around a call of `navigator.jpki`: words for the resident, requests to the server, and a button that runs one ceremony.
 * Whatever goes wrong, the page stays as it is, what was filled in stays where it is, and the resident can press the button again.
 */
export const texts = readJson("texts");
const csrfToken = document.querySelector('meta[name="csrf-token"]').content;

/** Says at once, not only after a click, when this can't work here. The API is absent where the extension is, or the site is not approved. */
export async function tellWhatIsMissing(place) {
  if (!navigator.jpki) return show(place, "alert", texts.errors.absent);
  const availability = await navigator.jpki.availability();
  if (availability !== "available") show(place, "status", texts.errors.unavailable);
}

/** Runs the card's part at a click. One click, one ceremony: a second one while it runs does nothing. What happens is said in `place`. */
export function onClick(button, place, words, work) {
  let running = false;
  button.addEventListener("click", async () => {
    if (running) return;
    if (!navigator.jpki) return show(place, "alert", texts.errors.absent);
    running = true;
    show(place, "alert", "");
    show(place, "status", words.working);
    try {
      await work();
      show(place, "status", words.done ?? "");
    } catch (error) {
      show(place, "status", "");
      show(place, "alert", error instanceof Refused ? refused(error, words) : explain(error, words));
      button.focus();
    } finally {
      running = false;
    }
  });
}

/** A sentence for an error of the API. It never tells whether the resident, the card, the PIN or the reader ended it: all of that is `dismissed`. */
function explain({ name, reason }, words) {
  if (name === "NotAllowedError") return words[reason] ?? texts.errors[reason] ?? texts.errors.other;
  return texts.errors[reason === "busy" ? "busy" : "other"];
}

/** What the server says of why, and that nothing is lost; or the page's own words. */
function refused({ message }, words) {
  return message === "" ? words.failed : `${message} ${words.stays ?? ""}`.trim();
}

/** The server did not accept what was sent. Its message is a sentence for the resident, or empty. */
class Refused extends Error {}

/** Sends something to the server, with the token that says that it comes from this page. */
export async function post(path, body, type, signal) {
  const headers = { "content-type": type, "x-csrf-token": csrfToken };
  const response = await fetch(path, { method: "POST", headers, body, signal: signal ?? null });
  if (!response.ok) {
    const sentence = response.headers.get("content-type")?.startsWith("text/plain") ? await response.text() : "";
    throw new Refused(sentence);
  }
  return response;
}

/** A challenge of the server. */
export async function challenge(signal) {
  return (await post("/challenge", "", "text/plain", signal)).text();
}

export function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** `role` is `alert` when something needs the resident, `status` otherwise. */
function show(place, role, text) {
  place.querySelector(`[role="${role}"]`).textContent = text;
}
