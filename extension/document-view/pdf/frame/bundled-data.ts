import { files } from "virtual:pdf-files";

/**
 * Gives pdf.js the files that it would otherwise fetch, out of the bundle: the frame has no network, not even to the extension itself.
 * A file that is not in the bundle is an error; what needs it (a Chinese font that is not embedded, say) is then not drawn, and the
 * document counts as incomplete.
 */
export class BundledData {
  fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const file = Object.hasOwn(files, filename) ? files[filename] : undefined;
    if (file === undefined) return Promise.reject(new Error(`no ${filename} in the bundle`));
    return Promise.resolve(Uint8Array.from(atob(file), (octet) => octet.charCodeAt(0)));
  }
}
