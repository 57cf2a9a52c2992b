import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { PDF_FRAME_PAGE } from "../extension/document-view/pdf/frame-protocol.ts";

const ROOT = join(import.meta.dirname, "..");
const FRAME = join(ROOT, "extension/document-view/pdf/frame");
const PDFJS = join(ROOT, "node_modules/pdfjs-dist");

/** Character maps of Japanese fonts, with those of their UTF-16 and UCS-2 names; no document was seen with the UTF-8 and UTF-32 ones. */
const JAPANESE_MAPS =
  /^(78|83pv|90|Add|Adobe-Japan1|EUC|Ext|H\.|V\.|Hankaku|Hiragana|Katakana|NWP|RKSJ|Roman|UniJIS(?!.*(UTF8|UTF32))|WP-Symbol).*\.bcmap$/;

/** What pdf.js would fetch. The system has the other standard fonts; symbols look different everywhere. */
function bundledFiles(): string[] {
  return [
    ...readdirSync(join(PDFJS, "cmaps"))
      .filter((name) => JAPANESE_MAPS.test(name))
      .map((name) => join("cmaps", name)),
    "standard_fonts/FoxitDingbats.pfb",
    "standard_fonts/FoxitSymbol.pfb",
    "wasm/jbig2.wasm",
    "wasm/openjpeg.wasm",
  ];
}

const LICENCES = [
  "LICENSE",
  "cmaps/LICENSE",
  "standard_fonts/LICENSE_FOXIT",
  "wasm/LICENSE_JBIG2",
  "wasm/LICENSE_PDFJS_JBIG2",
  "wasm/LICENSE_OPENJPEG",
  "wasm/LICENSE_PDFJS_OPENJPEG",
];

/** One classic script: a module could be loaded neither into a frame without an origin nor, in Chromium, as its worker. */
async function bundle(entries: readonly string[], plugins: Plugin[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entries.map((entry) => `import ${JSON.stringify(entry)};`).join("\n"), resolveDir: ROOT },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["chrome148", "firefox153"],
    legalComments: "none",
    logLevel: "error",
    logOverride: { "empty-import-meta": "silent" },
    plugins,
  });
  return outputFiles[0]?.text ?? "";
}

function virtualModules(worker: string): Plugin {
  const contents: Readonly<Record<string, object>> = {
    "virtual:pdf-worker": { code: worker },
    "virtual:pdf-files": {
      files: Object.fromEntries(
        bundledFiles().map((file) => [file.replace(/^.*\//, ""), readFileSync(join(PDFJS, file), "base64")]),
      ),
    },
  };
  return {
    name: "virtual-modules",
    setup(bundler) {
      bundler.onResolve({ filter: /^virtual:pdf-/ }, ({ path }) => ({ path, namespace: "virtual" }));
      bundler.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
        contents: JSON.stringify(contents[path]),
        loader: "json",
      }));
    },
  };
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The page in which a PDF is shown, and the licences of what is in it, as files for the root of the extension. Everything is in the one
 * file, and its policy allows exactly that script and that style, workers made by them, and nothing else: no address at all. Firefox
 * runs it only where it is sandboxed, for on an extension's own pages no script may stand in the page. `more` are sources that a test adds
 * to see what is inside; nothing of that is shipped.
 */
export async function buildPdfFrame(
  more: readonly string[] = [],
): Promise<{ readonly relativeDest: string; readonly contents: string }[]> {
  const worker = await bundle([join(PDFJS, "build/pdf.worker.mjs")]);
  const script = await bundle([join(FRAME, "main.ts"), ...more], [virtualModules(worker)]);
  const style = readFileSync(join(FRAME, "frame.css"), "utf8");
  // what an HTML parser would read as the script's end, or would change under its hash
  if (/<\/script|<!--|[\r\0]/i.test(script)) throw new Error("the script can't stand in a page as it is");
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    `style-src ${hashOf(style)}`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const page = `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>PDF</title>
<style>${style}</style>
</head>
<body><script>${script}</script></body>
</html>
`;
  const licences = LICENCES.map((file) => `pdfjs-dist/${file}\n\n${readFileSync(join(PDFJS, file), "utf8")}`);
  return [
    { relativeDest: PDF_FRAME_PAGE, contents: page },
    { relativeDest: "pdf-frame.LICENSES.txt", contents: licences.join("\n\n") },
  ];
}
