import { DIFFERING_FILES } from "../xml/differing-files.ts";
import { rows, type Explanation, type Row } from "./explanation.ts";

const XMLSEC = "xmlsec1";
const JDK = "JDK";
const XMLDSIGJS = "xmldsigjs";
const ALL = [XMLSEC, JDK, XMLDSIGJS] as const;
const NO_ID = "xmlsec1 looks for the percent-encoded ID as it is written";

/** What xmldsigjs, which the list of differing files does not ask, says of those. */
const XMLDSIGJS_AGREES = new Set(["one ID at two elements", "an XPath transform"]);
const XMLDSIGJS_ALONE: readonly Row[] = [
  ["a relative namespace name", /: a relative namespace name$/, [XMLDSIGJS], "Canonical XML 1.0, 2.1 refuses it"],
];

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Reasons of the files that were made so that verifiers differ: they stand where the files do. */
function differing(): Explanation[] {
  return DIFFERING_FILES.flatMap(({ name, ours, xmlsec1, jdk, reason }) => {
    const isTaken = ours === "whole" || ours === "parts";
    const others = [
      ...(xmlsec1 !== isTaken ? [XMLSEC] : []),
      ...(jdk !== isTaken ? [JDK] : []),
      ...((isTaken ? name.startsWith("a percent") : jdk) && !XMLDSIGJS_AGREES.has(name) ? [XMLDSIGJS] : []),
    ];
    if (others.length === 0) return [];
    const cases = new RegExp(`^files about which verifiers differ: ${escaped(name)}$`);
    const row: Row = [name, cases, others, reason];
    return isTaken ? rows("xml", "accepted", "refused", [row]) : rows("xml", "refused", "accepted", [row]);
  });
}

/** XML signatures: xmlsec1, the JDK and xmldsigjs. */
export const EXPLAINED_XML: readonly Explanation[] = [
  ...rows("xml", "refused", "accepted", [
    [
      "an Object in the Signature that nobody signed",
      /, an unsigned Object$/,
      ALL,
      "the others say that the references hold, not that nothing else is in the file",
    ],
    [
      "the signed part in an Object of the Signature, another in its place",
      /, the signed part in an Object, another in its place$/,
      ALL,
      "signature wrapping: what is asked for must not stand inside of a Signature",
    ],
    [
      "the signed document in an Object of its Signature, another around it",
      /, the signed document in an Object of its Signature$/,
      ALL,
      "signature wrapping: what is signed is not the document that stands there",
    ],
    [
      "another root around a root that is signed by its ID",
      /, the document around another$/,
      ALL,
      "what stands around is not signed",
    ],
    [
      "a style sheet in front of a root that is signed by its ID",
      /: the root by its ID, a style sheet in front$/,
      [XMLSEC, JDK, XMLDSIGJS],
      "an ID covers the element and nothing outside; a style sheet decides what people see",
    ],
    [
      "a style sheet in front of a document that is signed as a whole",
      /, a style sheet in front$/,
      [XMLDSIGJS],
      "it is in the canonical form (Canonical XML, 2.1), which xmldsigjs makes of the root alone",
    ],
    [
      "one ID twice",
      /, one ID twice, the evil one in front$/,
      [JDK],
      "which of the two is meant depends on the program; the JDK's resolver takes the last",
    ],
    [
      "a Signature twice",
      /, the Signature twice$/,
      ALL,
      "it would be two to whoever counts signers; and an enveloped one leaves only itself out, not its copy",
    ],
    [
      "a comment in DigestValue or X509Certificate",
      /, a comment in (DigestValue|X509Certificate)$/,
      ALL,
      "programs read the text before the comment, behind it, or both",
    ],
    ["a document type", /, a document type$/, ALL, "entities, default attributes and IDs would depend on it"],
    [
      "an entity of the document's own",
      /, an entity for the answer$/,
      [JDK],
      "the same; the JDK expands it unless it is told not to",
    ],
    ["a certificate signed with SHA-1", /^signers: a certificate by SHA-1$/, ALL, "collisions can be made"],
    ["RSA of 1,024 bits", /^signers: an RSA key of 1,024 bits$/, ALL, "too short"],
    [
      "a login certificate under the signing authority",
      /^signers: a login certificate of the signing authority$/,
      ALL,
      "keyUsage and policy say that it is for logins; the others do not look",
    ],
    [
      "a certificate that is expired or not valid yet",
      /^signers: (an expired certificate|a certificate of tomorrow)$/,
      [JDK, XMLDSIGJS],
      "both leave certificates to the site; the tests ask the JDK's for the authority's signature alone",
    ],
    [
      "a certificate of nobody who is trusted",
      /^signers: (a certificate that signs itself|an authority of the same name|a login certificate)$/,
      [XMLDSIGJS],
      "xmldsigjs leaves certificates to the site",
    ],
    ...XMLDSIGJS_ALONE,
  ]),
  ...rows("xml", "accepted", "refused", [
    ["kousei.xml, as e-Gov has it", /^our signer: kousei\.xml/, [XMLSEC], NO_ID],
    ["RSA-PSS", /^the JDK: jdk-pss-/, [XMLSEC], "xmlsec1 1.2 does not know it"],
    ["Canonical XML 1.1", /^the JDK: jdk-\w+-[23]$/, [XMLDSIGJS], "xmldsigjs does not know it"],
  ]),
  ...differing(),
];
