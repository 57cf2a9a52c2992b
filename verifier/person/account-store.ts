import type { CertificateKind } from "../certificate/authority.ts";

/** That a certificate belongs to an account. Holds no personal data in the clear: keys and keyed hashes, and the certificate's dates. */
export interface Binding {
  /** `personKey` of the certificate. It belongs to one account for ever, also after it was replaced. */
  readonly certificate: string;
  readonly account: string;
  readonly kind: CertificateKind;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `identityKey` and `addressedIdentityKey` of a signing certificate's holder, where they can be compared. */
  readonly identity?: string;
  readonly addressedIdentity?: string;
  readonly boundAt: Date;
  /** When another certificate took its place; absent while it is current. */
  readonly replacedAt?: Date;
}

/** One step from what is expected to what shall be. */
export interface BindingChange {
  readonly account: string;
  readonly kind: CertificateKind;
  /** The certificate that is current now, `undefined` for none. */
  readonly expected: string | undefined;
  /** What becomes current; without it nothing changes here, and `expected` must still hold. */
  readonly next?: Binding;
}

/**
 * Where bindings are kept. An account has at most one current certificate of each kind, and a certificate one account: the store itself holds that,
 * against any number of callers at once. Rejects only for faults of its own (no connection).
 */
export interface AccountStore {
  /** The binding of a certificate, current or replaced. */
  binding(certificate: string): Promise<Binding | undefined>;
  /** All bindings of an account, those bound first at the beginning. */
  bindings(account: string): Promise<readonly Binding[]>;
  /** Current bindings of signing certificates with this `identity`: ten at most. */
  signersLike(identity: string): Promise<readonly Binding[]>;
  /**
   * Compare and set: all changes together, or none and `false`. None where the current certificate of an account is not what is expected, or
   * where the next one belongs to another account or is current already. One that the same account had before becomes current again.
   * What is replaced stays, with `replacedAt` = `boundAt` of the next. At most one change for each kind.
   */
  change(changes: readonly BindingChange[]): Promise<boolean>;
  /** Forgets an account and all of its certificates, which can then be bound again, to any account. */
  remove(account: string): Promise<void>;
}
