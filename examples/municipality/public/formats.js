/** A sample of every signature format, each a call of `navigator.jpki`. What is signed is offered as a file; nothing goes to the server but timestamp requests. */
import { challenge, onClick, post, tellWhatIsMissing, texts } from "./page.js";

const { lang } = document.documentElement;

/** A document of this site, as a `Blob`. Text, bytes and files that were chosen in a form may be signed just so. */
const load = async (path) => (await fetch(`/samples/${path}`)).blob();
const notice = async () => ({ name: "道路占用の届出.txt", type: "text/plain", data: await load("notice.txt") });
const form = async () => ({ name: "補助金交付申請書.json", type: "application/json", data: await load("form.json") });
const xml = async () => ({ name: "利用申請.xml", type: "application/xml", data: await load("application.xml") });
const plan = async () => ({ name: "建築計画.pdf", type: "application/pdf", data: await load("plan.pdf") });
const map = async () => ({ name: "案内図.png", type: "image/png", data: await load("map.png") });
const temperatures = async () => ({ name: "気温.dat", type: "", data: await load("temperatures.dat") });
const kousei = async () => ({
  name: "kousei.xml",
  type: "application/xml",
  data: await load("kousei.xml"),
  references: [{ name: "届出書_01.xml", type: "application/xml", data: await load("form.xml") }],
});

/** Ten at once: what stands with a document overrides what stands with the call. */
async function several() {
  const documents = [
    await notice(),
    await form(),
    await map(),
    { ...(await notice()), format: "pkcs1" },
    { ...(await notice()), format: "cms" },
    { ...(await form()), format: "jws" },
    { ...(await xml()), format: "xmldsig" },
    { ...(await xml()), format: "xades", packaging: "enveloping" },
    { ...(await plan()), format: "pades" },
    { ...(await plan()), profile: "moj-pdf" },
  ];
  return documents.map((document, index) => ({ ...document, name: `${index + 1}_${document.name}` }));
}

/** The extension asks for a timestamp here, and nowhere else: it has no network of its own. */
const timestamp = async (request, signal) =>
  (await post("/timestamp", request, "application/timestamp-query", signal)).arrayBuffer();

/** Where a stamp is drawn, in points from the lower left corner of the page. */
const stamp = { page: 1, x: 380, y: 60, width: 150, height: 60 };

const sign = (documents, options) => navigator.jpki.sign({ lang, documents, ...options });

/** By the `id` of the sample on the page. */
const SAMPLES = {
  cades: async () => sign([await notice()], { format: "cades" }),
  "cms-enveloping": async () => sign([await notice()], { format: "cms", packaging: "enveloping" }),
  pkcs1: async () => sign([await notice()], { format: "pkcs1" }),
  jws: async () => sign([await form()], { format: "jws" }),
  "jws-detached": async () => sign([await form()], { format: "jws", packaging: "detached" }),
  xmldsig: async () => sign([await xml()], { format: "xmldsig", packaging: "enveloped" }),
  xades: async () => sign([await xml()], { format: "xades", packaging: "enveloped", timestamp }),
  "xades-detached": async () => sign([await xml()], { format: "xades", packaging: "detached" }),
  "egov-kousei": async () => sign([await kousei()], { profile: "egov-kousei" }),
  pades: async () => sign([{ ...(await plan()), pdf: { reason: "申請", stamp } }], { format: "pades", timestamp }),
  "moj-pdf": async () => sign([await plan()], { profile: "moj-pdf" }),
  image: async () => sign([await map()], { format: "cades" }),
  several: async () => sign(await several(), { format: "cades", purpose: "届出に必要な書類10件への署名", timestamp }),
  "unknown-type": async () => sign([await temperatures()], { format: "cades" }),
  // blind: the resident can't see what is signed, so only sites that were approved for it may ask
  digest: async () => {
    const { name, type, data } = await notice();
    const value = await crypto.subtle.digest("SHA-256", await data.arrayBuffer());
    return sign([{ name, type, digest: { algorithm: "SHA-256", value } }], { format: "cades" });
  },
  attributes: () =>
    navigator.jpki.readAttributes({
      lang,
      attributes: ["name", "address", "birthDate", "sex"],
      purpose: "図書館の利用者カードを作るため",
      challenge,
    }),
};

for (const place of document.querySelectorAll(".sample")) {
  onClick(place.querySelector("button"), place, texts.formats, async () => {
    place.querySelector(".result").replaceChildren();
    const result = await SAMPLES[place.id]();
    place.querySelector(".result").replaceChildren(...(result.signatures ? files(result) : attributes(result)));
  });
}

await tellWhatIsMissing(document.querySelector("main"));

/** A link for every signature file, and one for the certificate of who signed; a document that was not signed is named. */
function files({ signatures, certificate }) {
  const links = signatures.map(({ status, name, format, file }) => {
    if (status === "signed") return link(fileName(name, format), file);
    return element("p", `${name}: ${texts.formats.unsigned}`);
  });
  return [...links, link("署名者の証明書.cer", new Blob([certificate], { type: "application/pkix-cert" }))];
}

/** What the certificate says of its holder. A server must check the proof, and take from it what it believes. */
function attributes({ proof, ...values }) {
  const terms = Object.entries(texts.formats.attributes).flatMap(([name, label]) => [
    element("dt", label),
    element("dd", values[name] ?? ""),
  ]);
  return [element("dl", ...terms), link("属性の証明.jws", new Blob([proof], { type: "application/jose" }))];
}

const ENDINGS = { pkcs1: ".sig", cms: ".p7s", cades: ".p7s", jws: ".jws" };

/** `a.txt` becomes `a.txt.p7s`; XML and PDF hold the signature and keep their kind: `a.signed.pdf`. */
function fileName(name, format) {
  return format in ENDINGS ? name + ENDINGS[format] : name.replace(/(\.\w+)?$/, ".signed$1");
}

function link(name, file) {
  const anchor = element("a", name);
  anchor.href = URL.createObjectURL(file);
  anchor.download = name;
  return element("p", anchor, ` (${(file.size / 1000).toFixed(1)} kB)`);
}

function element(tag, ...children) {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}
