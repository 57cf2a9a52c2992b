/** Made by tools/pdf-frame.ts: what pdf.js would otherwise fetch. */
declare module "virtual:pdf-files" {
  /** Octets by file name, in base64: character maps, two fonts of symbols, decoders. */
  export const files: Readonly<Record<string, string>>;
}

/** Made by tools/pdf-frame.ts: pdf.js's parser as one classic script. */
declare module "virtual:pdf-worker" {
  export const code: string;
}
