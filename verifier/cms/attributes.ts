import { compareOctets, type DerView } from "../../formats/der/der.ts";
import { DerFields, openDer } from "../../formats/der/der-fields.ts";

/** Attributes (RFC 5652, 5.3) by the dotted form of their type: the values of each, at least one. */
export type Attributes = ReadonlyMap<string, readonly DerView[]>;

/**
 * Reads the element that holds signed attributes, whatever its tag: in DER, so sorted (X.690, 11.6), as their digest is over DER; each type once, as
 * 11 says of those that are looked at. Throws `RangeError`.
 */
export function readSignedAttributes(element: Uint8Array): Attributes {
  const found = new Map<string, readonly DerView[]>();
  const list = openDer(element, element[0]);
  let before: Uint8Array = new Uint8Array();
  while (!list.done) {
    const attribute = list.next(0x30);
    if (compareOctets(before, attribute.encoding) > 0) throw new RangeError("attributes not in DER order");
    before = attribute.encoding;
    const { type, values } = readAttribute(attribute);
    if (found.has(type)) throw new RangeError(`two attributes ${type}`);
    const sorted = values.every((value, at) => compareOctets(values[at - 1]?.encoding ?? none, value.encoding) <= 0);
    if (!sorted) throw new RangeError(`values of ${type} not in DER order`);
    found.set(type, values);
  }
  return found;
}
const none = new Uint8Array();

/** The one value of an attribute that may have no more; `undefined` where it isn't there. Throws `RangeError`. */
export function onlyValue(attributes: Attributes, type: string): DerView | undefined {
  const [value, ...more] = attributes.get(type) ?? [];
  if (more.length > 0) throw new RangeError(`more than one value of ${type}`);
  return value;
}

/** All values of one type among unsigned attributes, which have no order and may come several times. Throws `RangeError`. */
export function valuesOf(element: Uint8Array, wanted: string): DerView[] {
  const found: DerView[] = [];
  for (const list = openDer(element, element[0]); !list.done;) {
    const { type, values } = readAttribute(list.next(0x30));
    if (type === wanted) found.push(...values);
  }
  return found;
}

function readAttribute({ contents }: DerView): { type: string; values: DerView[] } {
  const fields = new DerFields(contents);
  const type = fields.objectIdentifier();
  const set = fields.inside(0x31);
  fields.end();
  const values: DerView[] = [];
  do values.push(set.any());
  while (!set.done);
  return { type, values };
}
