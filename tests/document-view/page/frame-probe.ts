/** What a probe inside the frame finds. */
export interface FrameInside {
  readonly origin: string;
  /** Members of `chrome` and `browser`. */
  readonly api: readonly string[];
  /** What came of trying to get out. */
  readonly escapes: Readonly<Record<string, string>>;
  readonly pages: readonly InsidePage[];
  /** Elements that lead somewhere or take input, and elements that only markup of the document could have made. */
  readonly live: number;
  readonly width: number;
}

/** One page of the frame. */
export interface InsidePage {
  readonly name: string;
  /** What is read aloud. */
  readonly text: string;
  /** What can be selected on the picture; absent while there is none. */
  readonly pieces?: readonly string[];
  /** How many of the picture's pixels are dark; absent while there is no picture. */
  readonly dark?: number;
  readonly canvas?: readonly [number, number];
  /** The structure as roles, `heading1(…)`, with the words in it. */
  readonly structure: string;
  readonly box: readonly [number, number];
}

const outcome = async (attempt: () => unknown): Promise<string> => {
  try {
    const value = await attempt();
    return value === null ? "null" : typeof value;
  } catch {
    return "refused";
  }
};

/** Tries everything against `site`, which counts what reaches it: a name that does not resolve would prove nothing. */
async function escapes(site: string): Promise<Record<string, string>> {
  return {
    network: await outcome(() => fetch(site, { mode: "no-cors" })),
    image: await outcome(() => Object.assign(document.createElement("img"), { src: `${site}x.png` }).decode()),
    socket: await outcome(
      () =>
        new Promise((resolve, reject) =>
          Object.assign(new WebSocket(site.replace("http", "ws")), { onopen: resolve, onerror: reject }),
        ),
    ),
    eval: await outcome(() => (0, eval)("({})") as unknown),
    storage: await outcome(() => localStorage),
    parent: await outcome(() => parent.document),
    top: await outcome(() => (top ?? parent).location.href),
    window: await outcome(() => {
      if (open(site) === null) throw new Error("no window");
    }),
    script: await outcome(() => {
      const script = document.body.appendChild(document.createElement("script"));
      script.textContent = "globalThis.gotIn = true";
      script.remove();
      if (!("gotIn" in globalThis)) throw new Error("did not run");
    }),
    peer: await outcome(() => new RTCPeerConnection()),
    innerPeer: await outcome(() => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      try {
        const inner = frame.contentWindow as unknown as { RTCPeerConnection: new () => object };
        return new inner.RTCPeerConnection();
      } finally {
        frame.remove();
      }
    }),
    beacon: await outcome(() => {
      // it is let go without a word where it is refused
      navigator.sendBeacon(site);
      throw new Error("counted by the site");
    }),
    frame: await outcome(
      () =>
        new Promise((_, reject) => {
          const frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { src: site }));
          setTimeout(() => {
            frame.remove();
            reject(new Error("counted by the site"));
          }, 500);
        }),
    ),
    worker: await outcome(async () => {
      const code = `fetch(${JSON.stringify(site)}, { mode: "no-cors" }).then(() => postMessage(1), () => postMessage(0))`;
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
      const got = await new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
      if (got === 0) throw new Error("no network");
    }),
  };
}

function darkPixels(canvas: HTMLCanvasElement): number {
  const small = document.createElement("canvas");
  small.width = 300;
  small.height = 400;
  const context = small.getContext("2d");
  if (!context) return -1;
  context.drawImage(canvas, 0, 0, small.width, small.height);
  const { data } = context.getImageData(0, 0, small.width, small.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if ((data[at + 1] ?? 255) < 128 && data[at + 3] === 255) dark += 1;
  return dark;
}

function structureOf(node: Node): string {
  if (!(node instanceof Element)) return node.textContent ?? "";
  const inner = [...node.childNodes].map(structureOf).join("");
  const role = node.getAttribute("role");
  const label = node.getAttribute("aria-label");
  if (role === null) return inner;
  return `${role}${node.getAttribute("aria-level") ?? ""}(${label === null ? "" : `[${label}]`}${inner})`;
}

function insidePage(page: HTMLElement): InsidePage {
  const canvas = page.querySelector("canvas");
  const tree = page.querySelector(".words:not(p)");
  const pieces = page.querySelector(".textLayer");
  const { width, height } = page.querySelector(".sheet")?.getBoundingClientRect() ?? new DOMRect();
  return {
    name: page.getAttribute("aria-label") ?? "",
    text: [...page.querySelectorAll(".remark:not([hidden]), .words, li")].map((one) => one.textContent).join("|"),
    ...(pieces
      ? { pieces: [...pieces.querySelectorAll("[role=presentation]:not(br)")].map((one) => one.textContent) }
      : {}),
    structure: tree ? structureOf(tree) : "",
    box: [Math.round(width), Math.round(height)],
    ...(canvas ? { dark: darkPixels(canvas), canvas: [canvas.width, canvas.height] as const } : {}),
  };
}

addEventListener("message", (event: MessageEvent<unknown>) => {
  const { probe, leave } = (event.data ?? {}) as { readonly probe?: string; readonly leave?: string };
  if (leave !== undefined) location.href = leave;
  if (probe === undefined) return;
  const { chrome, browser } = globalThis as unknown as Readonly<Record<string, object | undefined>>;
  // what a frame that was taken over would try on the window; it was heard once, and is so on its port alone
  for (const data of [{ type: "ready" }, { type: "failed", reason: "broken" }, { type: "height", height: 9 }, null]) {
    parent.postMessage(data, "*");
  }
  void (probe === "" ? Promise.resolve({}) : escapes(probe)).then((found) => {
    const inside: FrameInside = {
      origin: globalThis.origin,
      api: [...Object.keys(chrome ?? {}), ...Object.keys(browser ?? {})],
      escapes: found,
      pages: [...document.querySelectorAll<HTMLElement>(".page")].map(insidePage),
      live: document.querySelectorAll("a, input, button, textarea, select, form, img, iframe, object, embed").length,
      width: document.documentElement.clientWidth,
    };
    event.ports[0]?.postMessage(inside);
  });
});
