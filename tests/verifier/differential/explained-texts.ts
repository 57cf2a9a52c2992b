import { rows, type Explanation } from "./explanation.ts";

const DIGEST = ["openssl dgst and verify"] as const;
const JOSE = ["jose and openssl verify"] as const;
const SHORT = "openssl takes short keys unless its security level forbids them; ours wants 2,048 bits of RSA";
const SHA1 = "collisions can be made for SHA-1, and openssl verify takes it all the same";

/** Tokens, bare values, proofs and JWS: openssl and jose. */
export const EXPLAINED_TEXTS: readonly Explanation[] = [
  ...rows("logins", "refused", "accepted", [
    ["RSA of 1,024 bits", /: of RSA with 1,024 bits$/, DIGEST, SHORT],
    ["a certificate signed with SHA-1", /: of a certificate by SHA-1$/, DIGEST, SHA1],
  ]),
  ...rows("pkcs1", "refused", "accepted", [
    [
      "an octet behind the value",
      /, an octet behind the value$/,
      DIGEST,
      "openssl dgst reads as much of the value as the key is long",
    ],
    ["RSA of 1,024 bits", /: an RSA key of 1,024 bits$/, DIGEST, SHORT],
    ["a certificate signed with SHA-1", /: a certificate by SHA-1$/, DIGEST, SHA1],
    [
      "content that another format signs",
      /^what another signature is over: /,
      DIGEST,
      "a signature of another format, or a login, must not be shown as one over a document",
    ],
  ]),
  ...rows("proofs of attributes", "refused", "accepted", [
    [
      "attributes that the certificate does not have",
      /: (another name in it|an attribute that the certificate has not)$/,
      JOSE,
      "a proof says nothing that the certificate does not say; jose knows no certificates",
    ],
    ["a certificate signed with SHA-1", /: a certificate by SHA-1$/, JOSE, SHA1],
  ]),
  ...rows("jws", "refused", "accepted", [
    [
      "a certificate in base64url",
      /: a certificate in base64url$/,
      JOSE,
      "RFC 7515, 4.1.6 wants base64; Node's decoder takes both",
    ],
    ["more than ten certificates", /: twenty certificates$/, JOSE, "a limit: each costs time"],
    [
      "another certificate's thumbprint",
      /: another's thumbprint$/,
      JOSE,
      "x5t#S256 says that the certificate in x5c is another one; jose leaves both to the site",
    ],
    [
      "a key or a place of keys beside the certificate",
      /: (a key beside|a place of keys)$/,
      JOSE,
      "which key is meant depends on the program",
    ],
    ["a critical name twice", /: critical twice$/, JOSE, "RFC 7515, 4.1.11 forbids it"],
    [
      "b64 without crit",
      /: b64 that is not critical$/,
      JOSE,
      "RFC 7797, 6: a program that does not know b64 would read another payload",
    ],
    [
      "a token or a proof of attributes",
      /: (a token|a proof of attributes)$/,
      JOSE,
      "typ says that it is no document; what was signed for a login is none either",
    ],
    [
      "a name twice in the header or the file",
      /: (a name twice|a name twice, once escaped|payload twice)$/,
      JOSE,
      "programs take the first or the last",
    ],
    [
      "a line end behind a compact JWS",
      /: a line end$/,
      JOSE,
      "white space is no base64url; Node's decoder ignores it",
    ],
    ["flattened and general at once", /: both forms$/, JOSE, "programs take one or the other signature"],
    ["a signature twice", /: a signature twice$/, JOSE, "it would be two to whoever counts signers"],
    ["a certificate signed with SHA-1", /: a certificate by SHA-1$/, JOSE, SHA1],
  ]),
];
