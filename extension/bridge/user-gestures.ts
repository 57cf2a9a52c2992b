/** What is read of an event: a mouse, pen, finger or key did it, or a script pretends so. */
export type GestureEvent = Pick<Event, "type" | "isTrusted"> & {
  readonly key?: string;
  readonly repeat?: boolean;
  readonly pointerType?: string;
};

/** The events to listen to, in the capture phase, before any listener of the page can stop them. */
export const GESTURE_EVENTS = ["keydown", "pointerdown", "pointerup", "mousedown"] as const;

/** Counts the resident's gestures. */
export interface GestureCounter {
  readonly see: (event: GestureEvent) => void;
  /** How many there were. */
  readonly count: () => number;
}

/**
 * One gesture is one key stroke, press of a mouse button, or touch, as HTML's "activation triggering input event" has them: keydown
 * (not Escape, not while held), pointerdown of a mouse, pointerup of anything else. The `mousedown` that browsers add to each of the
 * latter two is the same gesture; one that comes alone is an assistive technology pressing a button, which sends no pointer events.
 */
export function createGestureCounter(): GestureCounter {
  let gestures = 0;
  let mouseDownFollows = false;
  return {
    see({ type, isTrusted, key, repeat, pointerType }) {
      if (!isTrusted) return;
      const pointer = type === (pointerType === "mouse" ? "pointerdown" : "pointerup") && pointerType !== undefined;
      const stroke = type === "keydown" && key !== "Escape" && repeat !== true;
      const press = type === "mousedown" && !mouseDownFollows;
      if (pointer || stroke || press) gestures += 1;
      if (type !== "keydown") mouseDownFollows = pointer || (mouseDownFollows && type !== "mousedown");
    },
    count: () => gestures,
  };
}
