import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { text } from "../../locales/text.tsx";
import { Button } from "../parts/button.tsx";
import { Cargo } from "../parts/cargo.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { PlaceCard } from "../parts/place-card.tsx";
import { ReviewActions } from "../parts/review-actions.tsx";
import { Who } from "../parts/who.tsx";
import { useWindow } from "../window-context.ts";

/** Who asks for a login, what goes to the site, and where the card goes. */
export function LoginReview({ record }: { record: CeremonyRecord }) {
  const { state } = useWindow();
  return (
    <Frame actions={<ReviewActions />}>
      <StepTitle>{text("review.authenticate.title")}</StepTitle>
      <Who approval={record.approval} />
      <Cargo goes={text("cargo.authenticate.goes")} stays={text("cargo.authenticate.stays")} />
      {!state.ready && <PlaceCard />}
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
