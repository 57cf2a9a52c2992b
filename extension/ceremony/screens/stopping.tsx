import { FAULT_GROUPS, type FaultCode } from "../../../shared/errors.ts";
import { LIMITS } from "../../../shared/limits.ts";
import { formatDate } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import { faultDateOf } from "../ceremony-screen.ts";
import { keyOf } from "../ceremony-state.ts";
import { Button } from "../parts/button.tsx";
import { CodeLine, OfficePhone, StoppedDetail } from "../parts/code-line.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Helpline } from "../parts/header.tsx";
import { Icon } from "../parts/icon.tsx";
import { Picture, type PictureName } from "../parts/picture.tsx";
import { SiteWords } from "../parts/words.tsx";
import { useWindow } from "../window-context.ts";

/** A picture where one helps to understand what to do. */
function pictureOf(code: FaultCode): PictureName | undefined {
  if (code === "reader-none" || code === "pcsc-unavailable") return "no-reader";
  if (FAULT_GROUPS[code] === "setup") return "bridge";
  return FAULT_GROUPS[code] === "card" ? "place-card" : undefined;
}

/** What happened, how it came, what to do now. */
function Explanation({ code }: { code: FaultCode }) {
  const { state } = useWindow();
  const { language } = useSpeech();
  const picture = pictureOf(code);
  const at = faultDateOf(state, code);
  const sentence =
    code === "certificate-expired" || code === "certificate-not-yet-valid"
      ? at !== undefined && text(`${code}.sentence`, { date: formatDate(language, at) })
      : text(`${code}.sentence`);
  return (
    <div class={picture ? "hero" : "stack"}>
      {!picture && (
        <span class="stop-sign">
          <Icon name={code === "pin-blocked" ? "stays" : "bad"} />
        </span>
      )}
      <StepTitle>{text(`${code}.title`)}</StepTitle>
      {picture && <Picture name={picture} />}
      <p>{sentence}</p>
      <p>
        <b>{text(`${code}.next`)}</b>
      </p>
      {code === "card-none" && <p class="small">{text("guide.insert")}</p>}
    </div>
  );
}

/** The two ways out of a locked PIN. */
function BlockedWays({ signing }: { signing: boolean }) {
  return (
    <section class="stack" aria-labelledby="ways-title">
      <h2 id="ways-title">{text("blocked.ways")}</h2>
      <ul class="ways">
        <li class="stack">
          <h3>
            <Icon name="phone" />
            {text("blocked.kiosk.title")}
          </h3>
          <p>{text(signing ? "blocked.kiosk.signing" : "blocked.kiosk.authentication")}</p>
          <p>{text("blocked.kiosk.hours")}</p>
        </li>
        <li class="stack">
          <h3>
            <Icon name="office" />
            {text("blocked.office.title")}
          </h3>
          <p>{text("blocked.office.text")}</p>
          <OfficePhone />
        </li>
      </ul>
    </section>
  );
}

/** Which of the documents it is about. */
function StoppedDocument() {
  const { state } = useWindow();
  const { phase, documents } = state;
  const named = phase.name === "stopped" && phase.document !== undefined ? documents[phase.document] : undefined;
  if (!named) return null;
  return (
    <div class="file">
      <Icon name="file" />
      <div>
        <p class="small support">{text("code.document")}</p>
        <p class="name">
          <SiteWords words={named.name} limit={LIMITS.documentNameCharacters} />
        </p>
      </div>
    </div>
  );
}

/** A fault, with one next step. What hands can mend goes on by itself once it is mended. */
export function Stopping({ code }: { code: FaultCode }) {
  const { act, state } = useWindow();
  const group = FAULT_GROUPS[code];
  const mends = group === "setup" || group === "card";
  // what is missing is looked for without being asked
  const retries = state.phase.name === "interrupted" && state.host.status === "open";
  const otherMeans = (
    <Button
      action="other-means"
      look={group === "credential" ? "solid" : retries ? "text" : "outline"}
      onPress={() => act("other-means")}
    >
      {text("action.other-means")}
    </Button>
  );
  const signing = state.record ? keyOf(state.record.operation) === "signing" : false;
  return (
    <Frame
      actions={
        <>
          <Button action={mends ? "cancel" : "close"} look="outline" onPress={() => act(mends ? "cancel" : "close")}>
            {text(mends ? "action.cancel" : "action.close")}
          </Button>
          {retries ? (
            <Button action="retry" look="solid" onPress={() => act("retry")}>
              {text("action.retry")}
            </Button>
          ) : (
            code !== "page-gone" && otherMeans
          )}
        </>
      }
    >
      <Explanation code={code} />
      <StoppedDocument />
      {code === "pin-blocked" ? <BlockedWays signing={signing} /> : !mends && <OfficePhone />}
      {code !== "card-none" && <CodeLine code={code} />}
      <StoppedDetail />
      {retries && <p>{otherMeans}</p>}
      {group === "credential" && <Helpline />}
    </Frame>
  );
}
