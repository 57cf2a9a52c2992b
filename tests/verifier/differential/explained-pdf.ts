import { rows, type Explanation } from "./explanation.ts";

const PDFSIG = "pdfsig -nocert";
const CUT = "openssl cms, cut out";
const BOTH = [PDFSIG, CUT] as const;

/** PDF: pdfsig, and openssl on what is cut out of the file. */
export const EXPLAINED_PDF: readonly Explanation[] = [
  ...rows("pdf", "accepted", "refused", [
    [
      "a later revision that does only what is allowed",
      /^changes that are allowed: |, a later revision that adds an object$/,
      BOTH,
      "ours reads what later revisions did; here the others are asked whether the whole file is signed",
    ],
  ]),
  ...rows("pdf", "refused", "accepted", [
    [
      "octets behind the signature in /Contents",
      /: contents: octets behind the signature$/,
      [CUT],
      "only zeros may fill the rest; who cuts the value out does not see what is behind it",
    ],
    [
      "signed by somebody else before",
      /^our signer: pyhanko-certified-p[23]/,
      [PDFSIG],
      "a file is as good as its worst signature, and that one's certificate is of no authority of JPKI; pdfsig is not asked about chains",
    ],
    [
      "a certificate that is out of its time, of nobody who is trusted, or for logins",
      /^signers: (a certificate (of tomorrow|that signs itself)|an expired certificate|an authority of the same name|a login certificate)/,
      [PDFSIG],
      "-nocert asks about no certificate: NSS wants a database, and refuses the critical policies of JPKI's certificates",
    ],
    [
      "later stamps that together take more than a quarter of a page",
      /: stamps side by side/,
      BOTH,
      "a stamp of that size is a new page; the last signature covers the whole file, and the others are asked for no more",
    ],
    ["a certificate signed with SHA-1", /^signers: a certificate by SHA-1$/, BOTH, "collisions can be made"],
  ]),
];
