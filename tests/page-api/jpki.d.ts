/** What docs/api.webidl adds to a page, as far as these tests use it. */
declare class JpkiError extends DOMException {
  constructor(message?: string, init?: { name?: string; reason?: string });
  readonly reason: string;
}
declare class Jpki extends EventTarget {
  availability(options?: object | null): Promise<string>;
  authenticate(options: object): Promise<Record<string, string>>;
  sign(options: object): Promise<{ signatures: { status: string; file?: Blob }[]; certificate: ArrayBuffer }>;
  readAttributes(options: object): Promise<object>;
  onavailabilitychange: ((event: Event) => unknown) | null;
}
interface Navigator {
  readonly jpki: Jpki;
}
