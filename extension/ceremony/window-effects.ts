import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS } from "../../shared/limits.ts";

/**
 * After the window opened, got the focus back or went on to another screen its buttons do nothing for a moment: whoever was about to
 * click or to press Enter elsewhere, or clicked twice, did not mean what lies there now. Returns a question that is right at the moment of the press, and renders again when it changes.
 */
export function useInertMoment(screen: string): () => boolean {
  const until = useRef(performance.now() + LIMITS.inertMilliseconds);
  const [, setTurn] = useState(0);
  const shown = useRef(screen);
  if (shown.current !== screen) {
    // at once, while the new screen is rendered: a second click may come before any effect
    shown.current = screen;
    until.current = performance.now() + LIMITS.inertMilliseconds;
  }
  useEffect(() => {
    let timer = setTimeout(() => setTurn((turn) => turn + 1), LIMITS.inertMilliseconds);
    const restart = (): void => {
      until.current = performance.now() + LIMITS.inertMilliseconds;
      clearTimeout(timer);
      setTurn((turn) => turn + 1);
      timer = setTimeout(() => setTurn((turn) => turn + 1), LIMITS.inertMilliseconds);
    };
    window.addEventListener("focus", restart);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("focus", restart);
    };
  }, [screen]);
  return () => performance.now() < until.current;
}

/** Title, language, and the words by which tests and drivers know the screen. */
export function useDocumentState(values: {
  readonly title: string;
  readonly lang: string;
  readonly screen: string;
  readonly card: string;
  readonly classes: string;
}): void {
  const { title, lang, screen, card, classes } = values;
  useLayoutEffect(() => {
    document.title = title;
    document.documentElement.lang = lang;
    document.body.className = classes;
    document.body.dataset["screen"] = screen;
    document.body.dataset["card"] = card;
  }, [title, lang, screen, card, classes]);
}

/** The focus goes to the new heading when the step changes or an entry was dropped, or to the field when a PIN was refused. */
export function useStepFocus(screen: string, toField: boolean, dropped: number): void {
  useLayoutEffect(() => {
    document.getElementById(toField ? "pin" : "step-title")?.focus();
    window.scrollTo(0, 0);
  }, [screen, toField, dropped]);
}

const isOperable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches("input, select, textarea, button, a, summary");

/**
 * Esc ends the ceremony, unless an input method or an open list uses it. A digit or letter that is typed while the heading has the
 * focus goes to the PIN field: people begin to type as soon as they see it. Not after an entry was dropped: what is typed then may be the
 * rest of it, and would make a PIN of its own.
 */
export function useKeyboard(onEscape: () => void, toField: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      const { target } = event;
      if (event.key === "Escape" && !(target instanceof HTMLSelectElement)) onEscape();
      const types = /^[0-9A-Za-z]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (types && toField && !isOperable(target)) document.getElementById("pin")?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
