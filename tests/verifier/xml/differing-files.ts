import { createHash } from "node:crypto";
import type { ReaderOptions } from "../../../verifier/signature/found-signature.ts";
import { playResident } from "../../support/pki/played-authorities.ts";
import { AUTHORITY, SIGNER } from "./reading.ts";
import { fillTemplate, signatureTemplate, URIS, type Template } from "./xml-template.ts";

/** A file about which verifiers differ, and why ours says what it says. */
export interface DifferingFile {
  readonly name: string;
  readonly file: string;
  readonly options?: Partial<ReaderOptions>;
  readonly ours: string;
  /** Whether the others accept it. */
  readonly xmlsec1: boolean;
  readonly jdk: boolean;
  readonly reason: string;
}

const fill = (text: string): string => new TextDecoder().decode(fillTemplate(text, SIGNER));
const form = (template: Template = {}, contents = '<answers Id="a">yes</answers>'): string =>
  `<form>${contents}${signatureTemplate(template)}</form>`;
const good = fill(form());
const part = fill(form({ references: [{ uri: "#a", transforms: [URIS.exclusive] }] }));
const intoSignature = (file: string, contents: string): string =>
  file.replace("</ds:Signature>", `<ds:Object>${contents}</ds:Object></ds:Signature>`);
const other = playResident("signing", { issuer: AUTHORITY, person: "taro" });
const x509 = (...all: { certificate: Uint8Array }[]): string =>
  `<ds:KeyInfo><ds:X509Data>${all.map((one) => `<ds:X509Certificate>${Buffer.from(one.certificate).toString("base64")}</ds:X509Certificate>`).join("")}</ds:X509Data></ds:KeyInfo>`;
const renewed = playResident("signing", { issuer: AUTHORITY, key: SIGNER.key, person: "renewed" });

const xades = (type: string, signer = SIGNER): string =>
  fill(
    form({
      id: "s",
      references: [
        { uri: "", transforms: [URIS.enveloped] },
        { uri: "#p", type },
      ],
      objects:
        '<ds:Object><x:QualifyingProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#" Target="#s"><x:SignedProperties Id="p"><x:SignedSignatureProperties>' +
        `<x:SigningCertificateV2><x:Cert><x:CertDigest><ds:DigestMethod Algorithm="${URIS.sha256}"/><ds:DigestValue>` +
        `${createHash("sha256").update(signer.certificate).digest("base64")}</ds:DigestValue></x:CertDigest></x:Cert></x:SigningCertificateV2>` +
        "</x:SignedSignatureProperties></x:SignedProperties></x:QualifyingProperties></ds:Object>",
    }),
  );
const manifest = (digest: string): string =>
  fill(
    signatureTemplate({
      references: [{ uri: "#m", type: "http://www.w3.org/2000/09/xmldsig#Manifest" }, { uri: "#o" }],
      objects:
        `<ds:Object Id="o">yes</ds:Object><ds:Object><ds:Manifest Id="m"><ds:Reference URI="#o"><ds:DigestMethod Algorithm="${URIS.sha256}"/>` +
        `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:Manifest></ds:Object>`,
    }),
  );
const XPATH =
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>';

/** Files made so that a verifier that only follows references takes them, and a few that only some can read. */
export const DIFFERING_FILES: readonly DifferingFile[] = [
  {
    name: "a sound enveloped signature",
    file: good,
    ours: "whole",
    xmlsec1: true,
    jdk: true,
    reason: "no difference: shows that the others are asked rightly",
  },
  {
    name: "a changed character",
    file: good.replace("yes", "yet"),
    ours: "content: content-differs",
    xmlsec1: false,
    jdk: false,
    reason: "no difference",
  },
  {
    name: "a signature over a part",
    file: part,
    ours: "coverage: not-wholly-signed",
    xmlsec1: true,
    jdk: true,
    reason: "the others say that the references hold, not what they cover; ask for the part by its ID",
  },
  {
    name: "a signed part moved into an Object, another in its place",
    file: intoSignature(
      part.replace('<answers Id="a">yes</answers>', "<answers>no</answers>"),
      '<answers Id="a">yes</answers>',
    ),
    options: { parts: ["a"] },
    ours: "coverage: not-wholly-signed",
    xmlsec1: true,
    jdk: true,
    reason: "signature wrapping: what is asked for must not stand inside of a Signature",
  },
  {
    name: "an unsigned Object in an enveloped signature",
    file: intoSignature(good, "<answers>no</answers>"),
    ours: "coverage: not-wholly-signed",
    xmlsec1: true,
    jdk: true,
    reason: "the enveloped-signature transform leaves the whole Signature out: anything can be put there",
  },
  {
    name: "a style sheet beside a signed root",
    file: `<?xml-stylesheet href="x"?>${fill(form({ references: [{ uri: "#f", transforms: [URIS.enveloped] }] }).replace("<form>", '<form Id="f">'))}`,
    ours: "coverage: not-wholly-signed",
    xmlsec1: true,
    jdk: true,
    reason: "an ID covers the element and nothing outside; a style sheet decides what people see",
  },
  {
    name: "one ID at two elements",
    file: part.replace("<form>", '<form><x ID="a"/>'),
    options: { parts: ["a"] },
    ours: "file-ambiguous",
    xmlsec1: true,
    jdk: true,
    reason: "which of the two is meant depends on what a program takes for an ID",
  },
  {
    name: "an ID in a namespace that equals the signed one",
    file: part.replace("<form>", '<form><x w:Id="a" xmlns:w="urn:w"/>'),
    options: { parts: ["a"] },
    ours: "content: file-ambiguous",
    xmlsec1: false,
    jdk: true,
    reason: "as above: to WS-Security programs this is an ID",
  },
  {
    name: "a comment in DigestValue",
    file: good.replace("<ds:DigestValue>", "<ds:DigestValue><!-- -->"),
    ours: "form: file-ambiguous",
    xmlsec1: true,
    jdk: true,
    reason: "programs read the text before the comment, behind it, or both",
  },
  {
    name: "a comment in X509Certificate",
    file: good.replace("</ds:X509Certificate>", "<!-- --></ds:X509Certificate>"),
    ours: "form: file-ambiguous",
    xmlsec1: true,
    jdk: true,
    reason: "as above",
  },
  {
    name: "an unknown attribute in SignedInfo",
    file: fill(form().replace("<ds:SignedInfo>", '<ds:SignedInfo x="1">')),
    ours: "form: file-broken",
    xmlsec1: true,
    jdk: true,
    reason: "SignedInfo is read as its schema says: what is unknown could mean something to another program",
  },
  {
    name: "RSA with SHA-1",
    file: fill(form({ method: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" })),
    ours: "form: algorithm-weak",
    xmlsec1: true,
    jdk: true,
    reason:
      "collisions can be made (the JDK refuses it in its secure mode, which forbids files beside the signature too)",
  },
  {
    name: "a digest by SHA-1",
    file: fill(
      form({
        references: [{ uri: "", transforms: [URIS.enveloped], digest: "http://www.w3.org/2000/09/xmldsig#sha1" }],
      }),
    ),
    ours: "form: algorithm-weak",
    xmlsec1: true,
    jdk: true,
    reason: "as above",
  },
  {
    name: "RSA-PSS",
    file: fill(form({ method: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1" })),
    ours: "whole",
    xmlsec1: false,
    jdk: true,
    reason: "xmlsec1 1.2 does not know it",
  },
  {
    name: "an XPath transform",
    file: fill(
      form({ references: [{ uri: "", transforms: [XPATH] }] }).replace("<ds:DigestValue>", `$&${digestOf(good)}`),
    ),
    ours: "form: file-unsupported",
    xmlsec1: true,
    jdk: true,
    reason: "an expression can leave out anything",
  },
  {
    name: "an enveloped-signature transform of an Object of the signature",
    file: fill(
      signatureTemplate({
        references: [{ uri: "#o", transforms: [URIS.enveloped] }],
        objects: '<ds:Object Id="o">no</ds:Object>',
      }),
    ),
    ours: "content: file-ambiguous",
    xmlsec1: false,
    jdk: true,
    reason: "to xmlsec1 it leaves nothing (and the digest of nothing is always right), to the JDK everything",
  },
  {
    name: "a Manifest with a wrong digest",
    file: manifest("AAAA"),
    ours: "content: content-differs",
    xmlsec1: true,
    jdk: true,
    reason: "XML Signature leaves Manifests to the application; ours wants all of them right",
  },
  {
    name: "signed properties without their Type",
    file: xades("urn:x"),
    ours: "coverage: not-wholly-signed",
    xmlsec1: true,
    jdk: true,
    reason: "XAdES wants the Type; without it they are an Object that is not signed. The others know no XAdES",
  },
  {
    name: "signed properties that name another certificate of the same key",
    file: xades("http://uri.etsi.org/01903#SignedProperties", renewed),
    ours: "form: certificate-not-the-signers",
    xmlsec1: true,
    jdk: true,
    reason: "as above: the certificate in KeyInfo was exchanged",
  },
  {
    name: "two certificates that are no chain",
    file: fill(form({ keyInfo: x509(SIGNER, other) })),
    ours: "form: file-ambiguous",
    xmlsec1: true,
    jdk: true,
    reason: "nothing says whose signature it is; the others try them, or are told to take the first",
  },
  {
    name: "base64 with bits left over",
    file: fill(
      signatureTemplate({
        references: [{ uri: "#o", transforms: [URIS.base64] }],
        objects: '<ds:Object Id="o">aGVsbG9=</ds:Object>',
      }),
    ),
    ours: "content: content-differs",
    xmlsec1: true,
    jdk: true,
    reason: "only one text stands for given octets",
  },
  {
    name: "base64 around elements",
    file: fill(
      signatureTemplate({
        references: [{ uri: "#o", transforms: [URIS.base64] }],
        objects: '<ds:Object Id="o">aGVs<x/>bG8=</ds:Object>',
      }),
    ),
    ours: "content: file-ambiguous",
    xmlsec1: true,
    jdk: true,
    reason: "only the text is signed: the elements can be others",
  },
  {
    name: "a document type",
    file: `<!DOCTYPE form>${good}`,
    ours: "file-unsupported",
    xmlsec1: true,
    jdk: true,
    reason: "entities, default attributes and IDs would depend on it",
  },
  {
    name: "a relative namespace name",
    file: fill(form().replace("<form>", '<form xmlns:x="y">')),
    ours: "file-unsupported",
    xmlsec1: false,
    jdk: false,
    reason: "no difference: Canonical XML 1.0, 2.1",
  },
  {
    name: "a percent-encoded ID, as e-Gov has it",
    file: fill(
      `<form><a ID="構成"/>${signatureTemplate({ references: [{ uri: `#${encodeURIComponent("構成")}` }] })}</form>`,
    ),
    options: { parts: ["構成"] },
    ours: "parts",
    xmlsec1: false,
    jdk: true,
    reason:
      "xmlsec1 looks for the ID as it is written; so does the JDK unless its dereferencer decodes, as the test's does",
  },
];

/** Digest of the document less its signature. */
function digestOf(file: string): string {
  return createHash("sha256")
    .update(file.replace(/<ds:Signature .*<\/ds:Signature>/, ""))
    .digest("base64");
}
