import type { ComponentChildren } from "preact";

const line = { fill: "none", stroke: "currentColor", "stroke-linecap": "round", "stroke-linejoin": "round" } as const;
const white = { ...line, stroke: "#fff", "stroke-width": "2.2" } as const;

/** Drawn on a field of 24 units, in the colour of the text around. */
const DRAWINGS = {
  check: <path {...line} stroke-width="4" d="m4 12.5 5 5L20 6.5" />,
  goes: <path {...line} stroke-width="2.6" d="M3 12h16m-6-6 6.5 6L13 18" />,
  stays: (
    <>
      <rect x="4" y="10" width="16" height="11" rx="2.5" fill="currentColor" />
      <path {...line} stroke-width="2.4" d="M7.5 10V7.5a4.5 4.5 0 0 1 9 0V10" />
    </>
  ),
  card: (
    <>
      <rect {...line} stroke-width="2" x="2" y="4.5" width="20" height="15" rx="2.5" />
      <rect x="5.5" y="8.5" width="5" height="4" rx="1" fill="currentColor" />
      <path {...line} stroke-width="2" d="M13.5 10.5h5M5.5 16h13" />
    </>
  ),
  found: (
    <>
      <circle cx="12" cy="12" r="10" fill="currentColor" />
      <path {...white} d="m7.5 12.4 3 3 6-6.6" />
    </>
  ),
  warn: (
    <>
      <path d="M12 2.5 23 21.5H1Z" fill="currentColor" />
      <path {...white} d="M12 9v6m0 3.2v.1" />
    </>
  ),
  bad: (
    <>
      <path d="M7.5 1.5h9l6 6v9l-6 6h-9l-6-6v-9Z" fill="currentColor" />
      <path {...white} d="m8.2 8.2 7.6 7.6m0-7.6-7.6 7.6" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="10" fill="currentColor" />
      <path {...white} d="M12 11v6m0-9.7v.1" />
    </>
  ),
  work: (
    <>
      <circle {...line} stroke-width="3.5" cx="12" cy="12" r="9" stroke-opacity=".25" />
      <path {...line} stroke-width="3.5" d="M12 3a9 9 0 0 1 9 9" />
    </>
  ),
  save: <path {...line} stroke-width="2.4" d="M12 3v12m-5-4.5 5 5 5-5M4 20h16" />,
  phone: (
    <path
      {...line}
      stroke-width="2"
      d="M8.5 2h7A2.5 2.5 0 0 1 18 4.5v15a2.5 2.5 0 0 1-2.5 2.5h-7A2.5 2.5 0 0 1 6 19.5v-15A2.5 2.5 0 0 1 8.5 2Zm2 16.8h3"
    />
  ),
  office: <path {...line} stroke-width="2" d="M3 10 12 4l9 6M5 10v9m4.7-9v9m4.6-9v9M19 10v9M3 20h18" />,
  file: (
    <path
      {...line}
      stroke-width="1.6"
      d="M5 2.5h9.5L19.5 7.5v14H5Zm9.5 0v5h5M8.5 11.5h7m-7 3.5h3m1.5 2.8 1.8 1.8 3.5-3.8"
    />
  ),
} as const satisfies Readonly<Record<string, ComponentChildren>>;

/** The name of a drawing. */
export type IconName = keyof typeof DRAWINGS;

/** A small drawing beside words that say the same: hidden from assistive technology. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={name === "work" ? "icon spin" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {DRAWINGS[name]}
    </svg>
  );
}
