/**
 * An XML 1.0 document without a document type, as the window shows it and as the signature digests it: one tree for both. Offsets count
 * UTF-16 units in {@link XmlDocument.text}.
 */
export interface XmlDocument {
  /** The decoded document, exactly: line ends as they came, without a byte order mark. */
  readonly text: string;
  /** Canonical name of the encoding, for the resident ("UTF-8", "UTF-16LE", "SHIFT_JIS" …). */
  readonly encoding: string;
  /** Comments and processing instructions around the root, and the root, in document order. */
  readonly children: readonly (XmlElement | XmlComment | XmlInstruction)[];
  readonly root: XmlElement;
}

/** Anything in a document. */
export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction;

/** An element; `start` is at its `<`, `end` behind the `>` that ends it. */
export interface XmlElement {
  readonly kind: "element";
  readonly parent: XmlElement | undefined;
  /** As written, with its prefix. */
  readonly name: string;
  /** Empty without a prefix. */
  readonly prefix: string;
  readonly localName: string;
  /** Empty for none. */
  readonly namespace: string;
  /** As written, in that order, without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  /** The namespaces declared at this very element: prefix (empty for the default) to name (empty to undeclare). */
  readonly declarations: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly start: number;
  /** Behind the `>` of the start tag (or of the empty-element tag). */
  readonly contentStart: number;
  /** At the `<` of the end tag; equal to `contentStart` for an empty-element tag. */
  readonly contentEnd: number;
  readonly end: number;
  /** Whether it is written `<a/>`. */
  readonly selfClosing: boolean;
}

/** An attribute that is no namespace declaration. */
export interface XmlAttribute {
  readonly name: string;
  readonly prefix: string;
  readonly localName: string;
  readonly namespace: string;
  /** References resolved, normalised (XML 1.0, 3.3.3, CDATA). */
  readonly value: string;
}

/** Character data: references resolved, line ends normalised; a CDATA section stands by itself. */
export interface XmlText {
  readonly kind: "text";
  readonly value: string;
  readonly cdata: boolean;
  readonly start: number;
  readonly end: number;
}

/** `<!-- value -->`, its value without the delimiters. */
export interface XmlComment {
  readonly kind: "comment";
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** `<?target value?>`; the XML declaration is not one. */
export interface XmlInstruction {
  readonly kind: "instruction";
  readonly target: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}
