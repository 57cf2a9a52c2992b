import type { ComponentChildren } from "preact";

/** A reader, lying flat. */
const reader = (
  <>
    <g transform="translate(0 9) matrix(1 0 -.42 .5 0 0)">
      <rect width="124" height="92" rx="14" fill="#949494" />
    </g>
    <g transform="matrix(1 0 -.42 .5 0 0)">
      <rect class="soft" width="124" height="92" rx="14" fill="#f2f2f2" stroke="#666" stroke-width="2" />
      <rect
        x="14"
        y="14"
        width="96"
        height="64"
        rx="8"
        fill="none"
        stroke="#949494"
        stroke-width="2"
        stroke-dasharray="7 6"
      />
    </g>
  </>
);

/** A card, lying flat, chip to the left. */
const card = (
  <g transform="matrix(1 0 -.42 .5 0 0)">
    <rect class="soft" width="92" height="60" rx="6" fill="#fff" stroke="#0017c1" stroke-width="2.5" />
    <path class="soft" d="M1.2 42h89.6v12a5 5 0 0 1-5 5H6.2a5 5 0 0 1-5-5Z" fill="#c5d7fb" />
    <rect x="10" y="13" width="19" height="16" rx="3" fill="#ffd43d" stroke="#927200" stroke-width="1.5" />
    <path d="M10 21h6m7 0h6M19.5 13v4m0 8v4" stroke="#927200" stroke-width="1.5" />
    <path d="M38 16h34M38 26h24" stroke="#0017c1" stroke-width="4" stroke-linecap="round" />
  </g>
);

const blue = { fill: "none", stroke: "#0017c1", "stroke-linecap": "round", "stroke-linejoin": "round" } as const;

interface Drawing {
  readonly viewBox: string;
  readonly content: ComponentChildren;
}

const DRAWINGS = {
  "place-card": {
    viewBox: "0 0 168 122",
    content: (
      <>
        <g transform="translate(42 62)">{reader}</g>
        <g transform="translate(58 69) matrix(1 0 -.42 .5 0 0)">
          <rect width="92" height="60" rx="6" fill="#0017c1" opacity=".12" />
        </g>
        <g transform="translate(58 8)">{card}</g>
        <path {...blue} d="M92 46v22m-9-9 9 10 9-10" stroke-width="4" />
      </>
    ),
  },
  working: {
    viewBox: "0 0 258 128",
    content: (
      <>
        <path d="M178 88C206 86 210 62 240 60" fill="none" stroke="#666" stroke-width="3.5" stroke-linecap="round" />
        <g transform="translate(78 62)">{reader}</g>
        <g transform="translate(92.5 65)">{card}</g>
        <g fill="none" stroke="#197a4b" stroke-width="3.5" stroke-linecap="round">
          <path d="M110 46c10-8 28-8 38 0M101 36c15-13 41-13 56 0M92 26c20-18 54-18 74 0" />
        </g>
      </>
    ),
  },
  "no-reader": {
    viewBox: "0 0 342 112",
    content: (
      <>
        <g transform="translate(42 44)">{reader}</g>
        <path d="M146 70C166 68 162 54 180 54" fill="none" stroke="#666" stroke-width="3.5" stroke-linecap="round" />
        <rect class="soft" x="180" y="45" width="24" height="18" rx="3" fill="#fff" stroke="#666" stroke-width="2.5" />
        <rect x="204" y="49" width="11" height="10" fill="#e6e6e6" stroke="#666" stroke-width="2" />
        <path {...blue} d="M222 54h14" stroke-width="3.5" stroke-dasharray="0.1 7" />
        <rect
          class="soft"
          x="252"
          y="20"
          width="76"
          height="54"
          rx="5"
          fill="#e8f1fe"
          stroke="#0017c1"
          stroke-width="3"
        />
        <path
          class="soft"
          d="M246 80h88l4 9H242Z"
          fill="#c5d7fb"
          stroke="#0017c1"
          stroke-width="3"
          stroke-linejoin="round"
        />
      </>
    ),
  },
  bridge: {
    viewBox: "0 0 320 132",
    content: (
      <>
        <path class="soft" d="M0 92h96v12H0ZM224 92h96v12h-96Z" fill="#c5d7fb" />
        <path {...blue} d="M2 92h90M228 92h90" stroke-width="4" />
        <path {...blue} d="M96 92v28M224 92v28" stroke-width="3" />
        <path {...blue} class="lane" d="M98 92h126" stroke-width="3" stroke-dasharray="9 9" />
        <path {...blue} d="M98 92C116 62 206 62 224 92" stroke-width="3" stroke-dasharray="9 9" />
        <path d="M98 122q8-6 16 0t16 0 16 0 16 0 16 0 16 0 16 0 14 0" fill="none" stroke="#97d3ff" stroke-width="3" />
        <rect class="soft" x="12" y="28" width="68" height="52" rx="7" fill="#fff" stroke="#333" stroke-width="2.5" />
        <path d="M12 42h68" stroke="#333" stroke-width="2.5" />
        <path d="M26 54h40M26 65h26" stroke="#949494" stroke-width="4" stroke-linecap="round" />
        <rect
          class="soft"
          x="244"
          y="60"
          width="64"
          height="20"
          rx="5"
          fill="#f2f2f2"
          stroke="#333"
          stroke-width="2.5"
        />
        <g transform="translate(270 26) scale(.55)">{card}</g>
      </>
    ),
  },
} as const satisfies Readonly<Record<string, Drawing>>;

/** The name of a picture. */
export type PictureName = keyof typeof DRAWINGS;

/** A picture beside words that say the same: hidden from assistive technology. */
export function Picture({ name }: { name: PictureName }) {
  const { viewBox, content } = DRAWINGS[name];
  return (
    <svg class="art" viewBox={viewBox} aria-hidden="true" focusable="false">
      {content}
    </svg>
  );
}
