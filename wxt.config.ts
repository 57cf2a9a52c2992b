import preact from "@preact/preset-vite";
import type { Plugin } from "vite";
import { defineConfig } from "wxt";
import { manifestFor } from "./extension/manifest.ts";
import { buildPdfFrame } from "./tools/pdf-frame.ts";

/**
 * WXT wraps every unlisted script in a logger for a console that nobody of ours reads; every approved page would load it. Here the
 * script is its `main`, called.
 */
const bareScripts: Plugin = {
  name: "bare-scripts",
  transform: {
    filter: { id: /virtual:wxt-unlisted-script-entrypoint/ },
    handler: (code) => `${/^import definition from .*$/m.exec(code)?.[0] ?? ""}\ndefinition.main();`,
  },
};

/**
 * Two builds from one source (`--mode public` or `--mode managed`) for two browsers: see `extension/manifest.ts`.
 * Nothing is imported behind the reader's back (`imports: false`); every file says where its names come from.
 */
export default defineConfig({
  srcDir: "extension",
  publicDir: "extension/public",
  outDir: ".output",
  outDirTemplate: "{{browser}}-{{mode}}",
  imports: false,
  vite: () => ({
    plugins: [preact(), bareScripts],
    build: { sourcemap: false, rolldownOptions: { treeshake: { propertyReadSideEffects: false } } },
  }),
  hooks: {
    // not an entrypoint: WXT makes modules of several files, which a frame without an origin can't load, and no such page for Firefox
    "build:publicAssets": async (_, files) => void files.push(...(await buildPdfFrame())),
  },
  manifest: ({ browser, mode }) => manifestFor(browser, mode),
});
