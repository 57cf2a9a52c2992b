import { rows, type Explanation } from "./explanation.ts";

const PLAIN = "openssl cms";
const CADES = "openssl cms -cades";
const PKIJS = "pkijs";
const ALL = [PLAIN, CADES, PKIJS] as const;
const ESS =
  "the signing-certificate attribute is read wherever there is one; without -cades openssl does not, pkijs never does";

/** CMS and CAdES: openssl and pkijs. */
export const EXPLAINED_CMS: readonly Explanation[] = [
  ...rows("cms", "refused", "accepted", [
    [
      "octets behind the file",
      /, with an octet behind it$/,
      ALL,
      "what nobody signed may say something to another program",
    ],
    ["a SignerInfo twice", /, with its signer twice$/, ALL, "it would be two to whoever counts signers"],
    [
      "a signer named by a key identifier that two certificates have",
      /^openssl cms: by key identifier, with its certificate behind others$/,
      [PLAIN, PKIJS],
      "a renewed certificate for the same key: nothing says which of the two signed",
    ],
    [
      "digestAlgorithms without the signer's",
      /, without digest algorithms$|leaf 0\.1\.0\.1\.0\.0 /,
      [PKIJS],
      "RFC 5652, 5.1 wants it there: who digests in one pass needs it; pkijs does not look",
    ],
    [
      "another version of SignedData or SignerInfo",
      /leaf 0\.1\.0\.(0|4\.0\.0) /,
      ALL,
      "a version that does not exist; nobody signs it, and the others do not look",
    ],
    [
      "another type than SignedData outside",
      /leaf 0\.0 /,
      [PKIJS],
      "the test reads the content as SignedData without comparing the type, as pkijs's examples do",
    ],
    [
      "another content type than the signed attribute says",
      /leaf 0\.1\.0\.2\.0 |: another content type$/,
      ALL,
      "RFC 5652, 11.1 wants both to be the same; who does not compare can be shown signed attributes as content",
    ],
    [
      "another digest algorithm, without signed attributes",
      /^pkijs, each leaf: leaf 0\.1\.0\.4\.0\.2\.0 /,
      [PLAIN],
      "openssl takes the hash function that the signature algorithm names, and does not compare",
    ],
    [
      "signed attributes that are not sorted",
      /: not sorted$/,
      ALL,
      "RFC 5652, 5.3 wants DER; openssl and pkijs digest them as they stand",
    ],
    [
      "an attribute twice",
      /: one (attribute|type) twice$/,
      [PKIJS],
      "RFC 5652, 5.3 forbids it: programs take the first or the last",
    ],
    [
      "a message-digest of two values, or of another type",
      /: (two digests|a digest that is no OCTET STRING)$/,
      [PKIJS],
      "RFC 5652, 11.2 wants one OCTET STRING; pkijs takes the first value's octets",
    ],
    [
      "a signing time that is none",
      /: a time that is none$/,
      ALL,
      "what is signed must be readable; the others do not read it",
    ],
    [
      "a signing certificate that is another",
      /: another certificate (of the same key )?named( by SHA-1)?$/,
      [PLAIN, PKIJS],
      ESS,
    ],
    [
      "no signing certificate, asked for CAdES",
      /^attributes: no signing certificate$/,
      [PKIJS],
      "CAdES wants it; pkijs knows no CAdES",
    ],
    [
      "the certificate named by SHA-1 alone, asked for CAdES",
      /^attributes: the certificate named by SHA-1 alone$/,
      [CADES, PKIJS],
      "baseline signatures want signing-certificate-v2; openssl takes both, pkijs reads neither",
    ],
    [
      "no signed attributes, asked for CAdES",
      /^attributes: without attributes$/,
      [CADES, PKIJS],
      "CAdES is its signed attributes; openssl looks for the certificate only where there are some",
    ],
    ["SHA-1 or MD5", /: signed with (SHA-1|MD5)$|: SHA-1$/, [PLAIN, CADES], "collisions can be made"],
    ["SHA-1", /: signed with SHA-1$|: SHA-1$/, [PKIJS], "collisions can be made"],
    [
      "ECDSA named for an RSA key",
      /: ECDSA named for an RSA value$/,
      [PKIJS],
      "the algorithm must fit the key; pkijs takes it from the certificate",
    ],
    [
      "ECDSA with a hash function of another length than the curve",
      /: ECDSA on P-384 with SHA-256$/,
      [PLAIN, PKIJS],
      "ES256, ES384 and ES512 are one curve and one hash function each here, as in JWS",
    ],
    [
      "PSS with a salt longer than the digest",
      /: PSS with a long salt$/,
      [PLAIN, PKIJS],
      "one form of PSS is taken: one hash function throughout, and a salt of its length",
    ],
    [
      "another content given beside a file with its own",
      /: in BER by -indef, over another content$/,
      [PKIJS],
      "pkijs then ignores the content that it is given",
    ],
    ["a certificate signed with SHA-1", /^signers: a certificate by SHA-1$/, [CADES, PKIJS], "collisions can be made"],
    ["RSA of 1,024 bits", /^signers: an RSA key of 1,024 bits$/, [CADES, PKIJS], "too short"],
    [
      "a login certificate under the signing authority",
      /^signers: a login certificate of the signing authority$/,
      [PKIJS],
      "keyUsage and policy say that it is for logins; pkijs does not look",
    ],
  ]),
];
