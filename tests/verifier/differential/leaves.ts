import { element, readElements, type Bytes } from "../../../formats/der/der.ts";

/** DER with one leaf changed. */
export interface ChangedLeaf {
  /** Where it stands, from the outside: places among siblings from 0, and its tag. */
  readonly name: string;
  readonly octets: Bytes;
}

/** One copy of `der` for each element that has no elements in it, with the last bit of its contents turned; extensions and OCSP answers, which stand in OCTET STRINGs, too. Empty ones are left alone. */
export function changedLeaves(der: Uint8Array): ChangedLeaf[] {
  return inside(der, "leaf ");
}

function inside(octets: Uint8Array, path: string): ChangedLeaf[] {
  const all = readElements(octets);
  return all.flatMap(({ identifier, contents }, at) => {
    const around = ({ name, octets: changed }: ChangedLeaf): ChangedLeaf => ({
      name,
      octets: Uint8Array.from(
        Buffer.concat(
          all.map((one, place) => (place === at ? element(identifier, changed) : Uint8Array.from(one.encoding))),
        ),
      ),
    });
    const nested = (identifier & 0x20) !== 0 || (identifier === 0x04 && isSequence(contents));
    if (nested) return inside(contents, `${path}${at}.`).map(around);
    if (contents.length === 0) return [];
    const last = contents.length - 1;
    const turned = Uint8Array.from(contents).with(last, (contents[last] ?? 0) ^ 1);
    return [around({ name: `${path}${at} (tag ${identifier.toString(16).padStart(2, "0")})`, octets: turned })];
  });
}

function isSequence(octets: Uint8Array): boolean {
  try {
    return octets[0] === 0x30 && readElements(octets).length === 1;
  } catch {
    return false;
  }
}
