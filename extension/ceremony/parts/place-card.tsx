import { text } from "../../locales/text.tsx";
import { Picture } from "./picture.tsx";

/** Where the card goes, while none is there. */
export function PlaceCard() {
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
