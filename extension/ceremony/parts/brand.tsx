import { text } from "../../locales/text.tsx";

/** The mark: a road under a bridge. Not a government's sign. */
export function Brand() {
  return (
    <p class="brand">
      <svg class="mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <rect class="plate" width="48" height="48" rx="13" fill="#0017c1" />
        <path class="way" d="M18.5 14h11L41 41H7Z" fill="#fff" />
        <path class="dash" d="M24 24v4M24 33.5v6" stroke="#0017c1" stroke-width="3.6" stroke-linecap="round" />
        <path class="gap" d="M4 25C11 16 17 12.5 24 12.5S37 16 44 25" fill="none" stroke="#0017c1" stroke-width="9" />
        <path
          class="arch"
          d="M5.5 22.5C12 14 18 10.5 24 10.5S36 14 42.5 22.5"
          fill="none"
          stroke="#fff"
          stroke-width="4.2"
          stroke-linecap="round"
        />
      </svg>
      <span>{text("app.name")}</span>
    </p>
  );
}
