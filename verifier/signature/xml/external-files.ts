import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import type { DetachedContent } from "../found-signature.ts";
import { percentDecoded } from "./document-ids.ts";

/** What a Reference to something outside of the document leads to: octets, or only their SHA-256. */
export interface ExternalFile {
  /** The name under which it was given; empty for the one content without a name. */
  readonly name: string;
  readonly content: Uint8Array | { readonly sha256: Uint8Array };
}

/** The files beside the signature. Only what the caller gave is ever read: nothing is fetched. */
export class ExternalFiles {
  readonly #given: DetachedContent | undefined;
  /** What the one content was taken for. */
  #only: string | undefined;

  constructor(given: DetachedContent | undefined) {
    this.#given = given;
  }

  /** Whether the caller gave anything. */
  get any(): boolean {
    return this.#given !== undefined && !(this.#given instanceof Map && this.#given.size === 0);
  }

  /** Octets of all that the caller gave. */
  get octets(): number {
    const given = this.#given;
    if (given instanceof Uint8Array) return given.length;
    if (!(given instanceof Map)) return 0;
    return [...(given as ReadonlyMap<string, Uint8Array>).values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** Names of all that the caller gave, that of {@link ExternalFile}. */
  get names(): readonly string[] {
    if (!this.any) return [];
    return this.#given instanceof Map ? [...(this.#given as ReadonlyMap<string, Uint8Array>).keys()] : [""];
  }

  /**
   * The file that a URI names, or the content that a Reference without a URI leaves to the caller. Throws `reference-unresolved` for a URI that is no plain
   * relative name, `content-missing` for what was not given, and `file-ambiguous` where the name as written and as decoded are two files, or one content would
   * be two.
   */
  find(uri: string | undefined): ExternalFile {
    const given = this.#given;
    const name = uri === undefined ? "" : fileName(uri);
    if (given === undefined) throw new Refusal("content-missing", "a file beside the signature was not given");
    if (given instanceof Map) {
      const files = given as ReadonlyMap<string, Uint8Array>;
      const content = uri === undefined ? undefined : files.get(name);
      if (!content) throw new Refusal("content-missing", "a file with the name that is signed was not given");
      refuseUnless(name === uri || !files.has(uri ?? ""), "file-ambiguous", "a file name that is another when decoded");
      return { name, content };
    }
    refuseUnless(this.#only === undefined || this.#only === name, "content-missing", "several files are signed");
    this.#only = name;
    return { name: "", content: given as Uint8Array | { readonly sha256: Uint8Array } };
  }
}

/** A relative path without what could lead elsewhere, percent-decoded once. */
function fileName(uri: string): string {
  const name = percentDecoded(uri);
  const plain = !/^[A-Za-z][A-Za-z0-9+.-]*:|[?#]/.test(uri) && name !== undefined && name !== "";
  if (!plain) throw new Refusal("reference-unresolved", "a reference to something that is not given as a file");
  const path = name.split(/[/\\]/);
  refuseUnless(
    !path.some((step) => /^\.{0,2}$/.test(step)),
    "reference-unresolved",
    "a reference that leads elsewhere",
  );
  return name;
}
