/**
 * The page's side of `navigator.jpki`: two buttons. Whatever goes wrong, the page stays as it is, what was filled in stays where it is, and the
 * resident can press the button again.
 */
const texts = readJson("texts");
const csrfToken = document.querySelector('meta[name="csrf-token"]').content;

onClick("login", texts.login, async () => {
  const token = await navigator.jpki.authenticate({
    lang: document.documentElement.lang,
    // a function, not a text: it is asked for after the PIN is typed, so that the server's five minutes do not run while somebody looks for it
    challenge: async (signal) => (await post("/challenge", "", "text/plain", signal)).text(),
  });
  return post("/login", JSON.stringify(token), "application/json");
});

onClick("sign", texts.sign, async () => {
  const { name, text } = readJson("document");
  const { signatures } = await navigator.jpki.sign({
    lang: document.documentElement.lang,
    documents: [{ name, type: "text/plain; charset=utf-8", data: text }],
    format: "cades",
  });
  // only the signature goes to the server: it has the document, and checks against its own
  return post("/application/signature", signatures[0].file, "application/pkcs7-signature");
});

tellWhatIsMissing();

/** Says at once, not only after a click, when this can't work here. The API is absent where the extension is, or the site is not approved. */
async function tellWhatIsMissing() {
  if (!document.querySelector("#login, #sign")) return;
  if (!navigator.jpki) return show("alert", texts.errors.absent);
  const availability = await navigator.jpki.availability();
  if (availability !== "available") show("status", texts.errors.unavailable);
}

/** Runs the card's part at a click, then goes where the server says. One click, one ceremony: a second one while it runs does nothing. */
function onClick(id, words, work) {
  const button = document.getElementById(id);
  let running = false;
  button?.addEventListener("click", async () => {
    if (running) return;
    if (!navigator.jpki) return show("alert", texts.errors.absent);
    running = true;
    show("alert", "");
    show("status", words.working);
    try {
      const response = await work();
      // a redirect: the login has ended meanwhile; its page says so, and what was filled in is there again afterwards
      location.assign(response.redirected ? response.url : await response.text());
    } catch (error) {
      show("status", "");
      show("alert", error instanceof Refused ? words.failed : explain(error));
      button.focus();
    } finally {
      running = false;
    }
  });
}

/** A sentence for an error of the API. It never tells whether the resident, the card, the PIN or the reader ended it: all of that is `dismissed`. */
function explain({ name, reason }) {
  if (name === "NotAllowedError") return texts.errors[reason] ?? texts.errors.other;
  return texts.errors[reason === "busy" ? "busy" : "other"];
}

/** The server did not accept what was sent. */
class Refused extends Error {}

async function post(path, body, type, signal) {
  const headers = { "content-type": type, "x-csrf-token": csrfToken };
  const response = await fetch(path, { method: "POST", headers, body, signal: signal ?? null });
  if (!response.ok) throw new Refused(path);
  return response;
}

function show(id, text) {
  document.getElementById(id).textContent = text;
}

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}
