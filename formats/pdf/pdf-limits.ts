/** What a PDF may cost us, whatever it says of itself; anything over is refused as broken. */
export const PDF_LIMITS = {
  /** Arrays and dictionaries inside each other. */
  nesting: 100,
  /** References that lead to references. */
  hops: 20,
  /** Cross-reference sections: one a revision, two where it is linearised or hybrid. */
  sections: 500,
  /** Cross-reference entries, all sections together. */
  entries: 1_000_000,
  /** The highest object number (ISO 32000-1, annex C). */
  objectNumber: 8_388_607,
  /** Octets that all streams together may inflate to. */
  inflated: 128 * 1024 * 1024,
  /** Octets that are read as objects, all together and as often as they are read. */
  parsed: 64 * 1024 * 1024,
  /** Values in the objects that are read. */
  values: 1_000_000,
  /** Octets of a name, a number or a keyword. */
  token: 4096,
  /** Octets of a literal string. */
  string: 1024 * 1024,
  /** Characters of a fully qualified field name. */
  fieldName: 1024,
  /** Nodes of the page tree, and of the field tree. */
  treeNodes: 100_000,
  /** Levels of the page tree, and of the field tree. */
  treeDepth: 100,
  /** How far from the end of the file `startxref` may stand. */
  tail: 2048,
} as const;
