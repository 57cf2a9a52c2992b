import type { CertificateKind } from "./authority.ts";

/**
 * SHA-256 of the certificates of JPKI's authorities (DER, lower-case hex), as J-LIS publishes them: generations 01 (2015) and 03 (2023) of each
 * kind. Generation 02 (2019) has no pin here, because its certificates could not be had to compare: who has them from J-LIS gives their fingerprints as
 * `pins` to `createTrust`, and until then residents' certificates of that generation are refused as `issuer-unknown`.
 */
export const PINS: Readonly<Record<CertificateKind, readonly string[]>> = {
  authentication: [
    "4dcfc4ca0aaf9fb2a3081b3f0c991c320b3acc008667a341eeaec5af1d58ca7d",
    "64114f29620c24ed2631d46476a040e7ee740d956089c00b036a6a8118c322b5",
  ],
  signing: [
    "19645405a1fe14377434bd55957628ac4038557c542403a2243f21c706fc9355",
    "d227f6cde11d35c5252178f106f843d24651944975413b539fa2fb68dbfa365f",
  ],
};

/** Policies of residents' certificates of JPKI: on cards. Those of certificates in phones are the caller's to add, until they are published. */
export const POLICIES: Readonly<Record<CertificateKind, readonly string[]>> = {
  authentication: ["1.2.392.200149.8.5.1.3.30"],
  signing: ["1.2.392.200149.8.5.1.1.20"],
};

/** Further policies that only test cards have. */
export const TEST_POLICIES: Readonly<Record<CertificateKind, readonly string[]>> = {
  authentication: [],
  signing: ["1.2.392.200149.8.5.1.0.20"],
};
