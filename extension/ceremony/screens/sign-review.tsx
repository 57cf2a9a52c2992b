import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { text } from "../../locales/text.tsx";
import type { CeremonyState } from "../ceremony-state.ts";
import { canGoOn, isList, signable } from "../document-steps.ts";
import { Button } from "../parts/button.tsx";
import { Cargo } from "../parts/cargo.tsx";
import { chosenDocuments } from "../parts/chosen-documents.ts";
import { DocumentConfirmation } from "../parts/document-confirmation.tsx";
import { DocumentList } from "../parts/document-list.tsx";
import { DocumentDetails, DocumentPanel } from "../parts/document-panel.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Who } from "../parts/who.tsx";
import { useWindow } from "../window-context.ts";

/** A single document that nobody here sees. */
const isBlind = (state: CeremonyState): boolean => !isList(state) && state.documents[0]?.delivery === "digest";

/** How many signatures going on would make, on the button itself. */
function NextLabel() {
  const { state } = useWindow();
  if (isList(state)) {
    const count = chosenDocuments(state).length;
    return count === 0 ? text("action.next") : text("action.next.count", { count });
  }
  return text(isBlind(state) ? "action.next.blind" : "action.next");
}

function Actions() {
  const { act, state, notify } = useWindow();
  const goOn = (): void => {
    if (canGoOn(state)) act("next");
    else notify(isList(state) && chosenDocuments(state).length === 0 ? "documents.none" : "documents.wait");
  };
  return (
    <>
      <Button action="cancel" look="outline" onPress={() => act("cancel")}>
        {text("action.cancel")}
      </Button>
      <Button action="next" look="solid" onPress={goOn}>
        <NextLabel />
      </Button>
    </>
  );
}

/** What happens to documents without a tick. */
function Unsigned() {
  const { state } = useWindow();
  const chosen = chosenDocuments(state).length;
  const left = signable(state).length - chosen;
  return chosen > 0 && left > 0 ? <p class="small">{text("documents.unsigned", { left })}</p> : null;
}

/** Who asks, for what, and what goes to the site. */
function Request({ record }: { record: CeremonyRecord }) {
  const { state } = useWindow();
  const { request } = state;
  return (
    <>
      <Who approval={record.approval} purpose={request?.operation === "sign" ? request.purpose : undefined} />
      <Cargo goes={text("cargo.sign.goes")} stays={text("cargo.sign.stays")} />
    </>
  );
}

/** Who asks for a signature, and the documents themselves: one beside the decision, several as a list beside the open one. */
export function SignReview({ record }: { record: CeremonyRecord }) {
  const { state } = useWindow();
  const { documents, shown } = state;
  const document = documents[shown];
  if (!document) return null;
  if (!isList(state)) {
    return (
      <Frame actions={<Actions />} stacked={isBlind(state)}>
        <div class="side">
          <StepTitle>{text("review.sign.title")}</StepTitle>
          <Request record={record} />
          <DocumentDetails document={document} />
        </div>
        <DocumentPanel document={document} index={shown} total={1} />
      </Frame>
    );
  }
  return (
    <Frame actions={<Actions />}>
      <div class="band">
        <StepTitle>{text("documents.title", { count: documents.length })}</StepTitle>
        <Request record={record} />
      </div>
      <div class="side">
        <p class="small">{text("documents.how")}</p>
        <DocumentList />
        <Unsigned />
      </div>
      <DocumentPanel document={document} index={shown} total={documents.length}>
        <DocumentDetails document={document} />
        <DocumentConfirmation />
      </DocumentPanel>
    </Frame>
  );
}
