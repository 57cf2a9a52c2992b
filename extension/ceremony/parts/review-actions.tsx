import { text } from "../../locales/text.tsx";
import { useWindow } from "../window-context.ts";
import { Button } from "./button.tsx";

/** Leave, or go on to the PIN. */
export function ReviewActions() {
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
