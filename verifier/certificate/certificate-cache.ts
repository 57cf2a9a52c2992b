import type { CertificateKind, Trust } from "./authority.ts";
import type { ResidentCertificate } from "./resident-certificate.ts";

/** How many certificates are remembered of each kind, at the most. */
export const REMEMBERED_CERTIFICATES = 10_000;

/**
 * Two generations: what is looked up or new goes to the younger one, and when that is half of all, it becomes the older one and what was there is forgotten. So the
 * one not seen for longest goes first, without moving anything about for each that is seen: a Map that loses and gets an entry each time is slow.
 */
interface Shelf {
  young: Map<string, ResidentCertificate>;
  old: Map<string, ResidentCertificate>;
}
type Shelves = Readonly<Record<CertificateKind, Shelf>>;
const shelves = new WeakMap<Trust, Shelves>();

/** The certificate with this fingerprint, if it was accepted before under this very trust, for this purpose. */
export function recallCertificate(
  trust: Trust,
  kind: CertificateKind,
  sha256: string,
): ResidentCertificate | undefined {
  const shelf = shelves.get(trust)?.[kind];
  const young = shelf?.young.get(sha256);
  if (young || !shelf) return young;
  const old = shelf.old.get(sha256);
  if (old) put(shelf, old);
  return old;
}

/** Remembers a certificate that was accepted. What is refused is never remembered: anybody can make any number of such. */
export function rememberCertificate(trust: Trust, certificate: ResidentCertificate): void {
  const known: Shelves = shelves.get(trust) ?? { authentication: emptyShelf(), signing: emptyShelf() };
  shelves.set(trust, known);
  put(known[certificate.kind], certificate);
}

const emptyShelf = (): Shelf => ({ young: new Map(), old: new Map() });

function put(shelf: Shelf, certificate: ResidentCertificate): void {
  if (shelf.young.size >= REMEMBERED_CERTIFICATES / 2) {
    shelf.old = shelf.young;
    shelf.young = new Map();
  }
  shelf.young.set(certificate.sha256, certificate);
}
