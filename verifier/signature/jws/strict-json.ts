import { Refusal, refuseUnless } from "../../verdict/failure.ts";

/** A JSON object whose members are each there once; what is inside of them is held to the same. */
export type StrictObject = ReadonlyMap<string, unknown>;

/** Characters outside of texts: a JWS in JSON has some hundred, and a payload of any size is one text. */
const MOST_STRUCTURE = 1_000_000;
const DEEPEST = 32;

/**
 * Reads octets as one JSON object (RFC 8259) in UTF-8 without a mark. RFC 7515, 4 lets readers choose which of two members of one name they take: refused as
 * `file-ambiguous`, at every depth. `too-large`: nested deeper than 32, or a million characters outside of texts. Everything else that is no JSON
 * object: `file-broken`. `what` says which part it is.
 */
export function readStrictObject(octets: Uint8Array, what: string): StrictObject {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
    // before anything is built of it
    checkStructure(text, what);
    return asObject(JSON.parse(text), what);
  } catch (fault) {
    if (fault instanceof Refusal) throw fault;
    throw new Refusal("file-broken", `${what} is no JSON`);
  }
}

/** Members of a value that stood in a {@link StrictObject}. Refused: `file-broken` when it is no object. */
export function asObject(value: unknown, what: string): StrictObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Refusal("file-broken", `${what} is no JSON object`);
  }
  return new Map<string, unknown>(Object.entries(value));
}

/** Refuses objects with a name twice, compared after escapes are undone, and what is too large. Of what is no JSON, it may say anything. */
function checkStructure(text: string, what: string): void {
  // of each object or array that is open: the names so far, or nothing for an array
  const open: (Set<string> | undefined)[] = [];
  let names: Set<string> | undefined;
  let isName = false;
  let structure = 0;
  for (let at = 0; at < text.length; at++) {
    refuseUnless(++structure <= MOST_STRUCTURE, "too-large", `${what} has too many parts`);
    const character = text.charAt(at);
    if (character === "{" || character === "[") {
      open.push(names);
      refuseUnless(open.length <= DEEPEST, "too-large", `${what} is nested too deep`);
      names = character === "{" ? new Set() : undefined;
      isName = names !== undefined;
    } else if (character === "}" || character === "]") names = open.pop();
    else if (character === ",") isName = names !== undefined;
    else if (character === '"') {
      const end = endOfString(text, at);
      if (isName && names) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        refuseUnless(!names.has(name), "file-ambiguous", `a name comes twice in ${what}`);
        names.add(name);
        isName = false;
      }
      at = end;
    }
  }
}

/** Where the quotation mark is that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0) {
    let before = at - 1;
    while (text[before] === "\\") before--;
    if ((at - before) % 2 === 1) return at;
    at = text.indexOf('"', at + 1);
  }
  return text.length;
}
