import { element, readElements, type Bytes } from "../../../formats/der/der.ts";

/** DER as a tree that can be changed and written again, with lengths that fit. */
export interface DerNode {
  identifier: number;
  contents: Bytes | DerNode[];
}

/** Reads as deep as there are elements, also inside of OCTET STRINGs (extensions, the TSTInfo). What is no DER is one leaf's contents. */
export function readTree(source: Uint8Array): DerNode[] | undefined {
  try {
    return readElements(source).map(({ identifier, contents }) => {
      const nested = (identifier & 0x20) !== 0 || (identifier === 0x04 && contents[0] === 0x30);
      return { identifier, contents: (nested && readTree(contents)) || Uint8Array.from(contents) };
    });
  } catch {
    return undefined;
  }
}

/** Writes it again. */
export const writeTree = ({ identifier, contents }: DerNode): Bytes =>
  Array.isArray(contents) ? element(identifier, ...contents.map(writeTree)) : element(identifier, contents);

/** Every list of siblings in a tree, however deep. */
export function siblings(nodes: DerNode[]): DerNode[][] {
  return [nodes, ...nodes.flatMap(({ contents }) => (Array.isArray(contents) ? siblings(contents) : []))];
}
