/** The application's side of `navigator.jpki`: two buttons, two calls. */
import { challenge, onClick, post, readJson, tellWhatIsMissing, texts } from "./page.js";

const main = document.querySelector("main");
const login = document.getElementById("login");
const sign = document.getElementById("sign");

if (login) {
  onClick(login, main, texts.login, async () => {
    const token = await navigator.jpki.authenticate({
      lang: document.documentElement.lang,
      // a function, not a text: it is asked for after the PIN is typed, so that the server's five minutes do not run while somebody looks for it
      challenge,
    });
    await goOn(await post("/login", JSON.stringify(token), "application/json"));
  });
}

if (sign) {
  onClick(sign, main, texts.sign, async () => {
    const { name, text } = readJson("document");
    const { signatures } = await navigator.jpki.sign({
      lang: document.documentElement.lang,
      documents: [{ name, type: "application/json", data: text }],
      format: "cades",
    });
    // only the signature goes to the server: it has the document, and checks against its own
    await goOn(await post("/application/signature", signatures[0].file, "application/pkcs7-signature"));
  });
}

if (login ?? sign) await tellWhatIsMissing(main);

/** Goes where the server says. A redirect: the login has ended meanwhile; its page says so, and what was filled in is there again afterwards. */
async function goOn(response) {
  location.assign(response.redirected ? response.url : await response.text());
}
