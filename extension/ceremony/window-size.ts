import { browser } from "wxt/browser";
import type { Ceremony } from "./ceremony.ts";

/** A place on the screen, in logical pixels. */
export interface ScreenRectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The share of the screen that a window with documents may take. */
const SHARE = 0.8;
/** Lines of text and pages get no easier to read beyond this. */
const WIDEST = 1_400;

/** The middle of the screen, for reading: 80 % of it at most, and never smaller than what is there already. */
export function readingRectangle(screen: ScreenRectangle, current: { width: number; height: number }): ScreenRectangle {
  const width = Math.max(current.width, Math.min(Math.round(screen.width * SHARE), WIDEST));
  const height = Math.max(current.height, Math.round(screen.height * SHARE));
  return {
    width,
    height,
    left: screen.left + Math.max(0, Math.round((screen.width - width) / 2)),
    top: screen.top + Math.max(0, Math.round((screen.height - height) / 2)),
  };
}

/** Makes the window as large as reading needs, once it is known that there are documents. Where the browser does not let it, it stays. */
export function growForDocuments(ceremony: Ceremony): void {
  const stop = ceremony.subscribe(() => {
    const { record } = ceremony.state();
    if (!record) return;
    stop();
    if (record.operation !== "sign") return;
    const { availWidth, availHeight } = screen;
    // where the screen begins is known to browsers, and to TypeScript's library not
    const { availLeft = 0, availTop = 0 } = screen as { availLeft?: number; availTop?: number };
    const room = { left: availLeft, top: availTop, width: availWidth, height: availHeight };
    const size = readingRectangle(room, { width: window.outerWidth, height: window.outerHeight });
    void browser.windows
      .getCurrent()
      .then(({ id }) => (id === undefined ? undefined : browser.windows.update(id, size)))
      .catch(() => undefined);
  });
}
