import { concatBytes } from "../../../shared/encoding/bytes.ts";
import type { Bytes } from "../../../formats/der/der.ts";
import { readTree, siblings, writeTree, type DerNode } from "./der-tree.ts";

/** A whole number from 0 to `below` − 1. */
export type RandomNumbers = (below: number) => number;

/** The same numbers for the same seed (xorshift32). */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Octets that mean something to a reader of DER: tags, long lengths, ends of ranges. */
const TELLING = [0x00, 0x01, 0x02, 0x03, 0x04, 0x06, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xa0, 0xa1, 0xff];
const telling = (random: RandomNumbers): number => TELLING[random(TELLING.length)] ?? 0;

const splice = (octets: Bytes, at: number, removed: number, ...inserted: number[]): Bytes =>
  concatBytes(octets.subarray(0, at), Uint8Array.from(inserted), octets.subarray(at + removed));

/** Octets changed without a look at what they mean. */
const BLIND: readonly ((octets: Bytes, random: RandomNumbers) => Bytes)[] = [
  (octets, random) => {
    const at = random(octets.length);
    return splice(octets, at, 1, (octets[at] ?? 0) ^ (1 << random(8)));
  },
  (octets, random) => splice(octets, random(octets.length), 1, telling(random)),
  (octets, random) => splice(octets, random(octets.length + 1), 0, random(256)),
  (octets, random) => splice(octets, random(octets.length), 1 + random(8)),
  (octets, random) => octets.slice(0, random(octets.length)),
  (octets, random) =>
    splice(octets, random(octets.length + 1), 0, ...new Array<number>(1 + random(300)).fill(telling(random))),
];

/** One node among its siblings changed; every length around it fits again. */
const STRUCTURAL: readonly ((nodes: DerNode[], at: number, other: DerNode[], random: RandomNumbers) => void)[] = [
  (nodes, at) => void nodes.splice(at, 1),
  (nodes, at) => void nodes.splice(at, 0, ...nodes.slice(at, at + 1)),
  (nodes, at, _, random) => void nodes.push(...nodes.splice(at, 1 + random(2))),
  (nodes, at, other, random) => {
    const lists = siblings(other);
    const list = lists[random(lists.length)] ?? [];
    void nodes.splice(at, random(2), ...list.slice(random(list.length || 1)).slice(0, 1));
  },
  (nodes, at, _, random) => {
    const node = nodes[at];
    if (node)
      nodes[at] = {
        ...node,
        identifier: random(2) === 0 ? telling(random) & 0xfe : node.identifier ^ (1 << random(8)),
      };
  },
  (nodes, at, _, random) => {
    const node = nodes[at];
    if (node === undefined) return;
    const contents = Array.isArray(node.contents) ? concatBytes(...node.contents.map(writeTree)) : node.contents;
    nodes[at] = { ...node, contents: contents.length > 0 ? blind(contents, random) : Uint8Array.of(telling(random)) };
  },
];

const blind = (octets: Bytes, random: RandomNumbers): Bytes => BLIND[random(BLIND.length)]?.(octets, random) ?? octets;

function structural(octets: Bytes, other: Bytes, random: RandomNumbers): Bytes {
  const tree = readTree(octets);
  if (tree === undefined) return blind(octets, random);
  const lists = siblings(tree).filter(({ length }) => length > 0);
  const nodes = lists[random(lists.length)] ?? tree;
  STRUCTURAL[random(STRUCTURAL.length)]?.(nodes, random(nodes.length), readTree(other) ?? [], random);
  return concatBytes(...tree.map(writeTree));
}

/** One to three mutations of `octets`, three of four with the structure in view; `other` lends elements. */
export function mutate(octets: Bytes, other: Bytes, random: RandomNumbers): Bytes {
  let changed = octets;
  for (let left = 1 + random(3); left > 0 && changed.length > 0; left--)
    changed = random(4) === 0 ? blind(changed, random) : structural(changed, other, random);
  return changed;
}
