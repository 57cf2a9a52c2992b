import preact from "@preact/preset-vite";
import { defineConfig } from "wxt";
import { manifestFor } from "./extension/manifest.ts";

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
  vite: () => ({ plugins: [preact()], build: { sourcemap: false } }),
  manifest: ({ browser, mode }) => manifestFor(browser, mode),
});
