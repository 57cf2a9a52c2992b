/** What is read of an event: a mouse, pen, finger or key did it, or a script pretends so. */
type GestureEvent = Pick<KeyboardEvent & PointerEvent, "type" | "isTrusted" | "key" | "repeat" | "pointerType">;

/**
 * Counts the resident's gestures from now on, before any listener of the page can stop their events. One gesture is one key stroke,
 * press of a mouse button, or touch, as HTML's "activation triggering input event" has them: keydown (not Escape, not while held),
 * pointerdown of a mouse, pointerup of anything else. The `mousedown` that browsers add to each of the latter two belongs to the same
 * gesture; one that comes alone is an assistive technology pressing a button, which sends no pointer events.
 */
export function countGestures(page: Pick<Window, "addEventListener">): () => number {
  let gestures = 0;
  let mouseDownFollows = false;
  const see = ({ type, isTrusted, key, repeat, pointerType }: GestureEvent): void => {
    if (!isTrusted) return;
    if (type === "keydown") {
      if (key !== "Escape" && !repeat) gestures++;
    } else if (type === "mousedown") {
      if (!mouseDownFollows) gestures++;
      mouseDownFollows = false;
    } else if ((type === "pointerdown") === (pointerType === "mouse")) {
      gestures++;
      mouseDownFollows = true;
    }
  };
  for (const type of ["keydown", "mousedown", "pointerdown", "pointerup"])
    page.addEventListener(type, (event) => see(event as KeyboardEvent & PointerEvent), true);
  return () => gestures;
}
