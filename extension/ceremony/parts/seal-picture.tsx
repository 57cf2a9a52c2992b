import type { ComponentChildren } from "preact";
import type { SealPicture as PictureName } from "../../preferences/preferences.ts";

/** Eight pictures that differ in outline and not in colour alone, on a field of 56 units. */
const PICTURES: Readonly<Record<PictureName, ComponentChildren>> = {
  persimmon: (
    <>
      <circle cx="28" cy="28" r="28" fill="#fff0b3" />
      <ellipse cx="28" cy="32" rx="17" ry="15" fill="#e25100" />
      <ellipse cx="22.5" cy="34" rx="4" ry="7" fill="#fff" opacity=".22" />
      <path d="M28 20c-3-5-9-5-13-3 3 5 8 6 13 4 5 2 10 1 13-4-4-2-10-2-13 3Z" fill="#197a4b" />
      <path d="M28 20v-8" stroke="#604b00" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  mountain: (
    <>
      <circle cx="28" cy="28" r="28" fill="#c0e4ff" />
      <path d="M5 44 24 13q4-5 8 0l19 31q-10 10-23 10T5 44Z" fill="#00418a" />
      <path d="m18 23 6-10q4-5 8 0l6 10-4 4-3-4-3 5-3-5-3 4Z" fill="#fff" />
    </>
  ),
  boat: (
    <>
      <circle cx="28" cy="28" r="28" fill="#e1f6ff" />
      <path d="M27 8v30" stroke="#604b00" stroke-width="3" stroke-linecap="round" />
      <path d="M30 10q14 8 15 24H30ZM24 15q-9 7-11 19h11Z" fill="#fff" stroke="#0017c1" stroke-width="2" />
      <path d="M8 37h40l-6 10H15Z" fill="#ce0000" />
      <path d="M6 50q5.5-4 11 0t11 0 11 0 11 0" fill="none" stroke="#0066be" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  tree: (
    <>
      <circle cx="28" cy="28" r="28" fill="#e6f5ec" />
      <path d="M24 34h8v16h-8Z" fill="#604b00" />
      <path d="M28 6 42 22h-6l10 13H10l10-13h-6Z" fill="#115a36" />
    </>
  ),
  fish: (
    <>
      <circle cx="28" cy="28" r="28" fill="#d9e6ff" />
      <path d="M8 28q11-14 26-6l12-8q-3 14 0 28l-12-8Q19 42 8 28Z" fill="#ce0000" />
      <circle cx="17" cy="26" r="2.6" fill="#fff" />
      <path d="M25 21q5 7 0 14" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" />
    </>
  ),
  teacup: (
    <>
      <circle cx="28" cy="28" r="28" fill="#ffeee2" />
      <path d="M13 22h30l-3 22q-1 4-5 4H21q-4 0-5-4Z" fill="#115a36" />
      <path d="M14 28h28" stroke="#fff" stroke-width="3" />
      <path d="M22 7q-4 4 0 8M33 7q-4 4 0 8" fill="none" stroke="#8b3200" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  kite: (
    <>
      <circle cx="28" cy="28" r="28" fill="#e8f1fe" />
      <path d="M28 6 44 23 28 40 12 23Z" fill="#ffd43d" stroke="#604b00" stroke-width="2" />
      <path d="M28 6v34M12 23h32" stroke="#604b00" stroke-width="2" />
      <path d="M28 40q-8 4 0 7t0 6" fill="none" stroke="#ce0000" stroke-width="3" stroke-linecap="round" />
    </>
  ),
  moon: (
    <>
      <circle cx="28" cy="28" r="28" fill="#000060" />
      <path d="M36 9A20 20 0 1 0 47 34 16 16 0 0 1 36 9Z" fill="#ffd43d" />
      <path d="M41 15l1.5 3.5L46 20l-3.5 1.5L41 25l-1.5-3.5L36 20l3.5-1.5Z" fill="#fff" />
    </>
  ),
};

/** One of the pictures; its name or its group says which, so it is hidden from assistive technology itself. */
export function SealPicture({ picture }: { picture: PictureName }) {
  return (
    <svg class="pic" viewBox="0 0 56 56" aria-hidden="true" focusable="false">
      {PICTURES[picture]}
    </svg>
  );
}
