import { FIELDS, type Application, type Field } from "./application.ts";
import { html, json, type Html } from "./html.ts";
import { SAMPLES, type SampleId } from "./samples.ts";
import type { Session } from "./sessions.ts";
import type { Submission } from "./submissions.ts";
import { TEXTS } from "./texts.ts";

/** A whole page in the visitor's language. The texts of errors go along for the page's script. */
function page(session: Session, title: string, content: Html, script = "site"): string {
  const { language } = session;
  const texts = TEXTS[language];
  const other = language === "ja" ? "en" : "ja";
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="csrf-token" content="${session.csrfToken}" />
        <title>${title} - ${texts.city}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
        <script type="application/json" id="texts">
          ${json({ errors: texts.errors, login: texts.login, sign: texts.sign, formats: texts.formats })}
        </script>
        <script type="module" src="/${script}.js"></script>
      </head>
      <body>
        <header>
          <p class="city">${texts.city}</p>
          <nav>
            <a href="?lang=${other}" lang="${other}" hreflang="${other}">${texts.otherLanguage}</a>
            ${
              session.login === undefined
                ? undefined
                : html`<form method="post" action="/logout">
                    ${csrfField(session)}<button class="plain">${texts.logout}</button>
                  </form>`
            }
          </nav>
        </header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
        <footer><p>${texts.demonstration}</p></footer>
      </body>
    </html> `.text;
}

const csrfField = ({ csrfToken }: Session): Html => html`<input type="hidden" name="csrf" value="${csrfToken}" />`;

/** Where the script says what happened: an alert when something needs the resident, a status otherwise. */
const notices = html`<div class="notice" role="alert"></div>
  <p role="status"></p>`;

/** The login. */
export function loginPage(session: Session): string {
  const texts = TEXTS[session.language].login;
  const kept = Object.keys(session.draft).length > 0 ? html`<p class="notice">${texts.kept}</p>` : undefined;
  const content = html`<p>${texts.lead}</p>
    ${kept}${notices}<button type="button" class="primary" id="login">${texts.button}</button>
    <p class="aside"><a href="/formats">${texts.formats}</a></p>`;
  return page(session, texts.title, content);
}

/** The form, with what was filled in before. */
export function formPage(session: Session, wrong: readonly Field[] = []): string {
  const { form } = TEXTS[session.language];
  const content = html`<p>${form.lead}</p>
    ${wrong.length > 0 ? html`<div class="notice" role="alert">${form.check}</div>` : undefined}
    <form method="post" action="/application" novalidate>
      ${csrfField(session)} ${FIELDS.map((field) => formField(session, field, wrong.includes(field)))}
      <button class="primary">${form.next}</button>
    </form>`;
  return page(session, form.title, content);
}

function formField(session: Session, field: Field, wrong: boolean): Html {
  const { fields, form } = TEXTS[session.language];
  const { label, hint } = fields[field];
  const described = wrong ? `${field}-error ${field}-hint` : `${field}-hint`;
  return html`<div class="field">
    <label for="${field}">${label} <span class="required">${form.required}</span></label>
    <p class="hint" id="${field}-hint">${hint}</p>
    <input
      id="${field}"
      name="${field}"
      type="${field === "childBirth" ? "date" : field === "phone" ? "tel" : "text"}"
      value="${session.draft[field] ?? ""}"
      required
      aria-describedby="${described}"
      ${wrong ? html`aria-invalid="true"` : undefined}
    />
    ${wrong ? html`<p class="error" id="${field}-error">${form.wrong}</p>` : undefined}
  </div>`;
}

/** What stands in the document, and the button. The document goes to the script as it is: the table is only for reading. */
export function signPage(session: Session, { name, title, lines, document }: Application): string {
  const texts = TEXTS[session.language].sign;
  const text = new TextDecoder().decode(document);
  const content = html`<p>${texts.lead}</p>
    <table class="document" lang="ja">
      <caption>
        ${title}
      </caption>
      ${lines.map(
        ({ label, value }) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </table>
    <script type="application/json" id="document">
      ${json({ name, text })}
    </script>
    ${notices}
    <div class="actions">
      <a class="secondary" href="/application">${texts.back}</a>
      <button type="button" class="primary" id="sign">${texts.button}</button>
    </div>`;
  return page(session, texts.title, content);
}

/** What was received: who signed, when, and what was checked. */
export function receiptPage(session: Session, submission: Submission): string {
  const { application, signature, received, waitsForClerk } = submission;
  const texts = TEXTS[session.language].receipt;
  const { name, address } = signature.signer;
  const time = (date: Date): string =>
    date.toLocaleString(session.language, { timeZone: "Asia/Tokyo", dateStyle: "long", timeStyle: "medium" });
  const content = html`${signature.test ? html`<p class="note">${texts.test}</p>` : undefined}
    ${waitsForClerk ? html`<p class="note">${texts.clerk}</p>` : undefined}
    <dl>
      <dt>${texts.number}</dt>
      <dd id="number">${application.number}</dd>
      <dt>${texts.received}</dt>
      <dd>${time(received)}</dd>
      <dt>${texts.signer}</dt>
      <dd id="signer" lang="ja">${name ?? texts.unnamed}</dd>
      <dt>${texts.address}</dt>
      <dd lang="ja">${address ?? texts.unnamed}</dd>
      <dt>${texts.signed}</dt>
      <dd>${signature.claimedTime ? time(signature.claimedTime) : texts.unnamed}</dd>
    </dl>
    <h2>${texts.checked}</h2>
    <dl class="checks">
      ${signature.checks.map(
        ({ check, outcome }) =>
          html`<dt>${texts.checks[check]}</dt>
            <dd>${texts.outcomes[outcome]}</dd>`,
      )}
    </dl>
    <p>${texts.unchecked}</p>
    <p>${texts.lead}</p>
    <div class="actions">
      <a class="secondary" href="/receipt/document" download>${texts.document}</a>
      <a class="secondary" href="/receipt/signature" download>${texts.signature}</a>
    </div>`;
  return page(session, texts.title, content);
}

/** This certificate has applied before: nothing is wrong, and nothing was lost. */
export function alreadyPage(session: Session, earlier: string): string {
  const { already, receipt } = TEXTS[session.language];
  return page(
    session,
    already.title,
    html`<p>${already.lead}</p>
      <dl>
        <dt>${receipt.number}</dt>
        <dd id="earlier">${earlier}</dd>
      </dl>
      <p>${already.next}</p>`,
  );
}

/** A button for every signature format; needs no login. */
export function formatsPage(session: Session): string {
  const texts = TEXTS[session.language].formats;
  const samples = (Object.keys(SAMPLES) as SampleId[]).map((id) => {
    const { title, lead } = texts.samples[id];
    return html`<section class="sample" id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title">${title}</h2>
      <p>${lead}</p>
      <p><code lang="en">${SAMPLES[id]}</code></p>
      <button type="button" aria-describedby="${id}-title">${texts.button}</button>
      ${notices}
      <div class="result"></div>
    </section>`;
  });
  return page(
    session,
    texts.title,
    html`<p>${texts.lead}</p>
      ${notices}${samples}`,
    "formats",
  );
}

/** A page that is not there, or not any more. */
export function gonePage(session: Session): string {
  const texts = TEXTS[session.language].gone;
  return page(
    session,
    texts.title,
    html`<p>${texts.lead}</p>
      <p><a href="/">${texts.link}</a></p>`,
  );
}
