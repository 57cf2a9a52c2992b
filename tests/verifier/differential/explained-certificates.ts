import { rows, type Explanation } from "./explanation.ts";

const PLAIN = "openssl verify";
const STRICT = "openssl verify, strictly";
const BOTH = [PLAIN, STRICT] as const;
const LISTS = ["openssl verify -crl_check"] as const;
const ANSWERS = ["openssl ocsp"] as const;
const STAMPS = ["openssl ts"] as const;
const SHORT = "openssl takes short keys unless its security level forbids them; ours wants 2,048 bits of RSA";
const SHA1 = "collisions can be made for SHA-1, and openssl verifies it all the same";

/** Certificates, lists, answers and timestamps: openssl. */
export const EXPLAINED_CERTIFICATES: readonly Explanation[] = [
  ...rows("certificates", "refused", "accepted", [
    ["RSA of 1,024 bits", /: RSA of 1,024 bits$/, BOTH, SHORT],
    ["signed with SHA-1", /: by SHA-1$/, BOTH, SHA1],
    [
      "no keyUsage, or one that is not critical",
      /: (no keyUsage|keyUsage that is not critical)$/,
      BOTH,
      "JPKI's certificates have it, critical; one without it may be used for everything",
    ],
    [
      "another keyUsage than exactly that of its kind",
      /^for authentication: (keyEncipherment alone|nonRepudiation alone|digitalSignature and|everything|keyCertSign)|^for signing: (keyEncipherment alone|nonRepudiation alone|digitalSignature alone|digitalSignature and keyE|everything|keyCertSign)/,
      BOTH,
      "login and signature are told apart by it; openssl asks only for the bits that its purpose needs, or for none",
    ],
    [
      "for servers, mail, code or any purpose, as a login certificate",
      /^for authentication: for (servers|mail|code|any purpose)$/,
      [PLAIN],
      "without -purpose openssl does not look at extendedKeyUsage",
    ],
    [
      "no policy, or another",
      /: (no policy|another policy|the (login|signing) policy)$/,
      [PLAIN],
      "without -policy openssl does not look at policies",
    ],
    ["anyPolicy", /: any policy$/, BOTH, "anyPolicy is no statement that this is a My Number Card's"],
    [
      "critical nameConstraints",
      /: critical nameConstraints$/,
      BOTH,
      "they have no sense in a resident's certificate; openssl ignores them there",
    ],
    [
      "an authority's certificate",
      /: (CA:TRUE|the authority's own)$/,
      [PLAIN],
      "an authority signs certificates, not applications",
    ],
    [
      "CA:TRUE in a resident's certificate",
      /: CA:TRUE$/,
      [STRICT],
      "an authority signs certificates, not applications",
    ],
    [
      "broken certificatePolicies",
      /: broken policies$/,
      [PLAIN],
      "openssl reads them only when it is asked about policies",
    ],
    ["CA:FALSE written out", /: CA:FALSE, written$/, BOTH, "DER leaves out what is the default; openssl reads BER"],
    [
      "an octet behind the certificate",
      /: an octet behind it$/,
      BOTH,
      "openssl does not look behind the certificate in its PEM",
    ],
  ]),
  ...rows("certificates", "accepted", "refused", [
    [
      "in the last second of its validity",
      /: in its last second$/,
      BOTH,
      "notAfter is included (RFC 5280, 4.1.2.5); openssl lets it end a second earlier",
    ],
    [
      "no authorityKeyIdentifier",
      /: no authority key identifier$/,
      [STRICT],
      "the issuer is found by name and signature; only the identifier of another one would be wrong",
    ],
    [
      "a signing certificate with an extendedKeyUsage that is not for mail",
      /^for signing: for (clients|servers|code|any purpose)$/,
      [STRICT],
      "JPKI's signing certificates have none; openssl's purpose for signatures is mail's, ours is keyUsage and policy",
    ],
  ]),
  ...rows("revocation lists", "accepted", "refused", [
    [
      "revoked after the time that is judged",
      /: revoked a second later$/,
      LISTS,
      "a signature from before a revocation stays good; openssl does not compare the dates",
    ],
  ]),
  ...rows("revocation lists", "undecided", "accepted", [
    ["a list signed with SHA-1", /: by SHA-1$/, LISTS, SHA1],
    [
      "a list of version 1, or without nextUpdate",
      /: (of version 1|without nextUpdate)$/,
      LISTS,
      "RFC 5280, 5.1.2 wants both; without nextUpdate nobody knows when the list is too old",
    ],
  ]),
  ...rows("revocation lists", "undecided", "refused", [
    [
      "a list with one serial number twice",
      /: one serial number twice$/,
      LISTS,
      "the entries disagree about the time: such a list is not used at all, and nothing is accepted by it",
    ],
  ]),
  ...rows("OCSP answers", "accepted", "refused", [
    [
      "revoked after the time that is judged",
      /: revoked an hour later$/,
      ANSWERS,
      "a signature from before a revocation stays good; openssl does not compare the dates",
    ],
  ]),
  ...rows("OCSP answers", "undecided", "accepted", [
    ["an answer signed with SHA-1", /: with SHA-1$/, ANSWERS, SHA1],
    [
      "a responder without id-pkix-ocsp-nocheck",
      /: of a responder without nocheck$/,
      ANSWERS,
      "nobody says whether the responder's own certificate was revoked; `responderWithoutNoCheck` takes it",
    ],
    [
      "two answers about one certificate",
      /: two answers at once$/,
      ANSWERS,
      "they could disagree; openssl takes the first",
    ],
    [
      "an unknown critical extension",
      /: an unknown critical extension/,
      ANSWERS,
      "RFC 6960, 4.4 wants it understood; openssl does not look",
    ],
    [
      "an answer older than a day, though not due",
      /: an answer of the day before yesterday/,
      ANSWERS,
      "`maxAgeMilliseconds` is a day by default, whatever the responder says; openssl has -status_age for it",
    ],
    ["an octet behind the answer", /: an octet behind it$/, ANSWERS, "openssl does not look behind it"],
  ]),
  ...rows("timestamps", "accepted", "refused", [
    ["a token signed with PSS", /: PSS$/, STAMPS, "RFC 5816 allows it; openssl ts verifies PKCS #1 v1.5 alone"],
  ]),
  ...rows("timestamps", "refused", "accepted", [
    [
      "a critical extension in TSTInfo",
      /: a critical extension$/,
      STAMPS,
      "it is not known here what it restricts; openssl does not look",
    ],
    ["over or signed with SHA-1", /: (over|signed with) SHA-1$/, STAMPS, SHA1],
    [
      "a time without a zone, or that is none",
      /: at a time (without a zone|that is none)$/,
      STAMPS,
      "RFC 3161, 2.4.2 wants UTC; openssl verifies the token without reading its time",
    ],
    ["a key of 1,024 bits", /: a key: rsa-1024$/, STAMPS, SHORT],
    [
      "a root that is no authority, or is one for servers",
      /: a root (no authority|for servers)$/,
      STAMPS,
      "what openssl finds in -CAfile it trusts whatever that certificate says of itself",
    ],
    [
      "another version of SignedData or SignerInfo",
      /: leaf 0\.1\.0\.(0|4\.0\.0) /,
      STAMPS,
      "a version that does not exist; nobody signs it, and openssl does not look",
    ],
    [
      "an algorithm identifier that is none",
      /: leaf 0\.1\.0\.4\.0\.4\.0 /,
      STAMPS,
      "openssl takes the algorithm from the key where the identifier is unknown to it",
    ],
    [
      "ECDSA with a hash function of another length than the curve",
      /^openssl ts: P-\d+ and sha\d+$/,
      STAMPS,
      "ES256, ES384 and ES512 are one curve and one hash function each here, as in JWS",
    ],
  ]),
];
