import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { LIMITS } from "../../../shared/limits.ts";
import { ATTRIBUTE_NAMES } from "../../../shared/protocol/document-options.ts";
import type { Attributes } from "../../../shared/protocol/page-messages.ts";
import { formatCalendarDate, formatDate, plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { Phase } from "../ceremony-state.ts";
import { Button } from "../parts/button.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Icon } from "../parts/icon.tsx";
import { Note } from "../parts/note.tsx";
import { SignedCopy } from "../parts/signed-copy.tsx";
import { SiteWords } from "../parts/words.tsx";
import { useWindow } from "../window-context.ts";

type DonePhase = Extract<Phase, { name: "done" }>;

/** What was handed over, with its values, as they stand in the certificate. */
function HandedOver({ attributes }: { attributes: Attributes }) {
  const { language } = useSpeech();
  const { sex, proof, nameSubstitutes, addressSubstitutes } = attributes;
  const substituted = [...(nameSubstitutes ?? []), ...(addressSubstitutes ?? [])].length > 0;
  return (
    <>
      <dl class="handed-over">
        {ATTRIBUTE_NAMES.filter((name) => attributes[name] !== undefined).map((name) => (
          <div key={name}>
            <dt>{text(`attribute.${name}`)}</dt>
            <dd>
              {name === "sex" && sex !== undefined && text(`sex.${sex}`)}
              {name === "birthDate" && formatCalendarDate(language, attributes.birthDate ?? "")}
              {(name === "name" || name === "address") && (
                <SiteWords words={attributes[name] ?? ""} limit={LIMITS.documentNameCharacters} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {substituted && <p class="small">{text("done.substitutes")}</p>}
      {proof !== undefined && (
        <Note tone="info">
          <p>{text("done.proof")}</p>
        </Note>
      )}
    </>
  );
}

/** What was to be signed and is not, and why. */
function Unsigned({ phase: { unsigned, broken } }: { phase: DonePhase }) {
  const { state } = useWindow();
  const { language } = useSpeech();
  return (
    <Note tone="warn" heading="h2" title={text("done.unsigned")}>
      <ul class="bullets">
        {unsigned.map((index) => (
          <li key={index}>
            <SiteWords words={state.documents[index]?.name ?? ""} limit={LIMITS.documentNameCharacters} />
          </li>
        ))}
      </ul>
      {broken !== undefined && <p>{text("done.why", { reason: plain(language, `${broken}.title`) })}</p>}
      <p>{text("done.unsigned.next")}</p>
    </Note>
  );
}

function Sign({ partial }: { partial: boolean }) {
  if (partial) {
    return (
      <span class="partial-sign">
        <Icon name="warn" />
      </span>
    );
  }
  return (
    <svg class="seal-of-success" viewBox="0 0 88 88" aria-hidden="true" focusable="false">
      <circle class="soft" cx="44" cy="44" r="42" fill="#e6f5ec" />
      <circle cx="44" cy="44" r="31" fill="#197a4b" />
      <path
        d="m30 45 10 10 19-21"
        fill="none"
        stroke="#fff"
        stroke-width="6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

function Sentence({ phase, operation }: { phase: DonePhase; operation: CeremonyRecord["operation"] }) {
  const { site } = useWindow();
  const { files, unsigned } = phase;
  if (unsigned.length > 0) {
    return <p>{text("done.partial.text", { count: files.length, left: unsigned.length, site })}</p>;
  }
  if (files.length > 1) return <p>{text("done.count", { count: files.length, site })}</p>;
  return <p>{text(`done.${operation}.text`, { site })}</p>;
}

/** The result is with the page already; here it is only said, and the resident's own copy offered. */
export function Done({ record: { operation }, phase }: { record: CeremonyRecord; phase: DonePhase }) {
  const { act, site } = useWindow();
  const { language } = useSpeech();
  const { files, validity, at, unsigned, attributes } = phase;
  const partial = unsigned.length > 0;
  const date = validity && formatDate(language, validity.notAfter);
  return (
    <Frame
      actions={
        <Button action="close" look="solid" onPress={() => act("close")}>
          {text("action.return", { site })}
        </Button>
      }
    >
      <div class="hero">
        <Sign partial={partial} />
        <StepTitle>{text(partial ? "done.partial.title" : `done.${operation}.title`)}</StepTitle>
        <Sentence phase={phase} operation={operation} />
      </div>
      {attributes && <HandedOver attributes={attributes} />}
      {partial && <Unsigned phase={phase} />}
      {files.length > 0 && (
        <section class="stack" aria-labelledby="copy-title">
          <h2 id="copy-title">{text("done.copy")}</h2>
          <ul class="copies">
            {files.map((signed) => (
              <SignedCopy key={signed.document} signed={signed} at={at} />
            ))}
          </ul>
        </section>
      )}
      {validity?.verdict === "soon" && date !== undefined && (
        <Note tone="info">
          <p>{text("done.soon", { date })}</p>
        </Note>
      )}
      {validity?.verdict === "valid" && date !== undefined && operation !== "authenticate" && (
        <p class="small support">{text("done.valid", { date })}</p>
      )}
    </Frame>
  );
}
