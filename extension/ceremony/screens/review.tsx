import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { text } from "../../locales/text.tsx";
import { Button } from "../parts/button.tsx";
import { Cargo } from "../parts/cargo.tsx";
import { DocumentDetails, DocumentView } from "../parts/document-view.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Picture } from "../parts/picture.tsx";
import { Who } from "../parts/who.tsx";
import { useWindow } from "../window-context.ts";

function Actions() {
  const { act } = useWindow();
  return (
    <>
      <Button action="cancel" look="outline" onPress={() => act("cancel")}>
        {text("action.cancel")}
      </Button>
      <Button action="next" look="solid" onPress={() => act("next")}>
        {text("action.next")}
      </Button>
    </>
  );
}

/** Where the card goes, while none is there. */
function PlaceCard() {
  return (
    <section class="guide" aria-labelledby="guide-title">
      <Picture name="place-card" />
      <div>
        <h2 id="guide-title">{text("guide.title")}</h2>
        <p class="small">{text("guide.text")}</p>
      </div>
    </section>
  );
}

/** Who asks for a login, what goes to the site, and where the card goes. */
export function LoginReview({ record }: { record: CeremonyRecord }) {
  const { state } = useWindow();
  return (
    <Frame actions={<Actions />}>
      <StepTitle>{text("review.authenticate.title")}</StepTitle>
      <Who approval={record.approval} />
      <Cargo operation="authenticate" />
      {!state.ready && <PlaceCard />}
    </Frame>
  );
}

/** Who asks for a signature, and the documents themselves. */
export function SignReview({ record }: { record: CeremonyRecord }) {
  const { state } = useWindow();
  const purpose = state.request?.operation === "sign" ? state.request.purpose : undefined;
  return (
    <Frame actions={<Actions />}>
      <div class="side">
        <StepTitle>{text("review.sign.title")}</StepTitle>
        <Who approval={record.approval} purpose={purpose} />
        <Cargo operation="sign" />
        <DocumentDetails documents={state.documents} />
      </div>
      <DocumentView documents={state.documents} />
    </Frame>
  );
}

/** The moment before the request is there. */
export function Opening() {
  const { act } = useWindow();
  return (
    <Frame
      actions={
        <Button action="cancel" look="outline" onPress={() => act("cancel")}>
          {text("action.cancel")}
        </Button>
      }
    >
      <StepTitle>{text("opening.title")}</StepTitle>
    </Frame>
  );
}
