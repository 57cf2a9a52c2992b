import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { ATTRIBUTE_NAMES } from "../../../shared/protocol/document-options.ts";
import type { CeremonyRequest } from "../../../shared/protocol/ceremony-messages.ts";
import { text } from "../../locales/text.tsx";
import { Cargo } from "../parts/cargo.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Note } from "../parts/note.tsx";
import { PlaceCard } from "../parts/place-card.tsx";
import { ReviewActions } from "../parts/review-actions.tsx";
import { Who } from "../parts/who.tsx";
import { useWindow } from "../window-context.ts";

/** Who asks to be told something of the resident, and exactly what; with a proof, that the whole certificate goes along. */
export function AttributesReview(props: {
  record: CeremonyRecord;
  request: Extract<CeremonyRequest, { operation: "readAttributes" }>;
}) {
  const { state, site } = useWindow();
  const { attributes, purpose, challenge } = props.request;
  const proof = challenge !== undefined;
  return (
    <Frame actions={<ReviewActions />}>
      <StepTitle>{text("review.readAttributes.title")}</StepTitle>
      <Who approval={props.record.approval} purpose={purpose} />
      <Cargo
        goes={
          <ul class="attributes">
            {ATTRIBUTE_NAMES.filter((name) => attributes.includes(name)).map((name) => (
              <li key={name}>{text(`attribute.${name}`)}</li>
            ))}
            {proof && <li class="whole">{text("cargo.proof.goes")}</li>}
          </ul>
        }
        stays={text(proof ? "cargo.proof.stays" : "cargo.readAttributes.stays")}
      />
      {proof ? (
        <Note tone="warn" heading="h2" title={text("attributes.proof.title")}>
          <p>{text("attributes.proof.text")}</p>
        </Note>
      ) : (
        <p class="small">{text("attributes.only", { site })}</p>
      )}
      <p class="small">{text("attributes.pin")}</p>
      {!state.ready && <PlaceCard />}
    </Frame>
  );
}
