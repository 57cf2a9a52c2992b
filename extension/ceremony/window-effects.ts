import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { LIMITS } from "../../shared/limits.ts";

/**
 * After the window opened or got the focus back its buttons do nothing for a moment: whoever was about to click or to press Enter
 * elsewhere did not mean this window. Returns a question that is right at the moment of the press, and renders again when it changes.
 */
export function useInertMoment(): () => boolean {
  const until = useRef(performance.now() + LIMITS.inertMilliseconds);
  const [, setTurn] = useState(0);
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
  }, []);
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

/** The focus goes to the new heading when the step changes, or to the field when a PIN was refused. */
export function useStepFocus(screen: string, toField: boolean): void {
  useLayoutEffect(() => {
    document.getElementById(toField ? "pin" : "step-title")?.focus();
    window.scrollTo(0, 0);
  }, [screen, toField]);
}

const isOperable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches("input, select, textarea, button, a, summary");

/**
 * Esc ends the ceremony, unless an input method or an open list uses it. A digit or letter that is typed while the heading has the
 * focus goes to the PIN field: people begin to type as soon as they see it.
 */
export function useKeyboard(onEscape: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      const { target } = event;
      if (event.key === "Escape" && !(target instanceof HTMLSelectElement)) onEscape();
      const types = /^[0-9A-Za-z]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
      if (types && !isOperable(target)) document.getElementById("pin")?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
}
