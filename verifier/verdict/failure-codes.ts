/** Who can do something about a failure: the resident with the card, whoever made or sent the file, the site that verifies, or time (try later). */
export type FailureGroup = "resident" | "sender" | "site" | "later";

/**
 * Everything for which a token or a signature is not accepted: a closed list, each code with the one who must act. A code without a sentence in
 * each language, or without a row in the verifier's documentation, does not build.
 */
export const FAILURE_GROUPS = {
  // what came can't be read, or not in one way only
  "too-large": "sender",
  "format-unknown": "sender",
  "file-broken": "sender",
  "file-unsupported": "sender",
  "file-ambiguous": "sender",
  "no-signature": "sender",
  "token-malformed": "sender",
  "token-version": "sender",
  "challenge-unknown": "resident",
  // what was signed is not what is there
  "content-missing": "site",
  "content-unexpected": "site",
  "content-differs": "sender",
  "reference-unresolved": "sender",
  "not-wholly-signed": "sender",
  "changed-after-signing": "sender",
  "byte-range-wrong": "sender",
  // the signature itself
  "algorithm-unsupported": "sender",
  "algorithm-weak": "sender",
  "algorithm-mismatch": "sender",
  "signed-attributes-missing": "sender",
  "signed-attributes-malformed": "sender",
  "signature-wrong": "sender",
  // the signer's certificate
  "certificate-missing": "sender",
  "certificate-unreadable": "sender",
  "certificate-not-the-signers": "sender",
  "issuer-unknown": "site",
  "issuer-not-valid": "site",
  "certificate-not-for-login": "resident",
  "certificate-not-for-signing": "resident",
  "certificate-policy": "sender",
  "certificate-extension": "sender",
  "certificate-key": "sender",
  "certificate-not-yet-valid": "resident",
  "certificate-expired": "resident",
  "certificate-revoked": "resident",
  "revocation-unknown": "later",
  "revocation-unchecked": "later",
  // timestamps
  "timestamp-wrong": "sender",
  "timestamp-authority-unknown": "site",
  "timestamp-missing": "sender",
  // proofs of attributes
  "proof-is-no-document": "site",
  "not-a-proof": "sender",
  "proof-for-another-site": "sender",
  "proof-for-another-challenge": "resident",
  "proof-for-another-purpose": "sender",
  "proof-attributes-differ": "sender",
} as const satisfies Readonly<Record<string, FailureGroup>>;

/** One of the codes of {@link FAILURE_GROUPS}. */
export type FailureCode = keyof typeof FAILURE_GROUPS;

/** All codes. */
export const FAILURE_CODES = Object.keys(FAILURE_GROUPS) as readonly FailureCode[];
