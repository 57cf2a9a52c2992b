import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import { Application, Parse, SignedXml } from "xmldsigjs";
import type { SignatureOptions } from "../../../verifier/signature/verify-signature.ts";
import { signFile, source } from "../../fuzz/verifier/fuzz-people.ts";
import { signWithJdk, signWithXmlsec } from "../xml/played-signers.ts";
import { fillTemplate, signatureTemplate, URIS, type Template } from "../xml/xml-template.ts";
import { HANAKO } from "./people.ts";

/** A signed XML file, and what a caller says of it. */
export interface XmlFile {
  readonly text: string;
  readonly options?: Partial<SignatureOptions>;
}

/** A sound one, and who made it. */
export interface MadeXml extends XmlFile {
  readonly maker: string;
  readonly name: string;
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const text = (octets: Uint8Array): string => new TextDecoder().decode(octets);
/** What is signed; where a template signs it, `SIGNATURE` stands for the Signature. */
export const FORM = '<form Id="root"><answers Id="a">yes</answers><amount>50,000</amount></form>';
const withSignature = (signature: string): string => FORM.replace("</form>", `${signature}</form>`);
const inA = { parts: ["a"] } as const;

/** How templates are signed, by xmlsec1 and by the tests' maker. */
const TEMPLATES: Readonly<Record<string, Template & { readonly partly?: boolean }>> = {
  enveloped: {},
  "enveloped, exclusive": {
    canonicalization: URIS.exclusive,
    references: [{ uri: "", transforms: [URIS.enveloped, URIS.exclusive] }],
  },
  "the root by its ID": { references: [{ uri: "#root", transforms: [URIS.enveloped] }] },
  "SHA-512": {
    method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    references: [{ uri: "", transforms: [URIS.enveloped], digest: "http://www.w3.org/2001/04/xmlenc#sha512" }],
  },
  "a part": { references: [{ uri: "#a", transforms: [URIS.exclusive] }], partly: true },
};

/** Sound files of every maker that is on this machine. */
export async function makeXml(folder: string, have: { readonly xmlsec1: boolean; readonly jdk: boolean }) {
  const made: MadeXml[] = await byOurSigner();
  for (const [name, { partly, ...template }] of Object.entries(TEMPLATES)) {
    const options = partly ? inA : {};
    const filled = fillTemplate(withSignature(signatureTemplate(template)), HANAKO);
    made.push({ maker: "the tests' maker", name, text: text(filled), options });
    if (!have.xmlsec1) continue;
    const keyInfo = "<ds:KeyInfo><ds:X509Data/></ds:KeyInfo>";
    const empty = withSignature(signatureTemplate({ keyInfo, ...template }));
    made.push({ maker: "xmlsec1", name, text: byXmlsec(folder, empty), options });
  }
  if (have.jdk) made.push(...byJdk(folder));
  made.push(...(await byXmldsigjs()));
  return made;
}

async function byOurSigner(): Promise<MadeXml[]> {
  const made: MadeXml[] = [];
  for (const format of ["xmldsig", "xades"] as const) {
    const sign = async (name: string, more: object, options = {}): Promise<void> => {
      const file = await signFile(HANAKO, format, utf8(FORM), more);
      made.push({ maker: "our signer", name: `${format}, ${name}`, text: text(file), options });
    };
    await sign("enveloped", {});
    await sign("enveloping", { packaging: "enveloping" });
    await sign("a part", { xml: { target: "a" } }, inA);
    if (format === "xades") await sign("with a timestamp", { timestamped: true });
  }
  const beside = await source("beside.xml", utf8("<beside/>"));
  const kousei = '<DOC><構成情報 ID="構成情報">一</構成情報><その他/></DOC>';
  const plan = { profile: "egov-kousei", packaging: "enveloped", references: [beside] } as const;
  const file = await signFile(HANAKO, "xmldsig", utf8(kousei), plan);
  const content = new Map([["beside.xml", utf8("<beside/>")]]);
  made.push({ maker: "our signer", name: "kousei.xml", text: text(file), options: { parts: ["構成情報"], content } });
  return made;
}

function byXmlsec(folder: string, template: string): string {
  const { write, read } = inFolder(folder);
  write("template.xml", template);
  signWithXmlsec(folder, "rsa", "template.xml", "made.xml");
  return read("made.xml");
}

function byJdk(folder: string): MadeXml[] {
  const { write, read } = inFolder(folder);
  write("source.xml", FORM);
  return signWithJdk(folder).map((name) => ({ maker: "the JDK", name: name.replace(/\.xml$/, ""), text: read(name) }));
}

async function byXmldsigjs(): Promise<MadeXml[]> {
  // what it reads with; what can't be read is an error, and no line on the console
  class QuietParser extends DOMParser {
    constructor() {
      super({
        onError: (level: string, message: string): void => {
          if (level !== "warning") throw new Error(message);
        },
      });
    }
  }
  Object.assign(globalThis, { DOMParser: QuietParser, XMLSerializer });
  Application.setEngine("node", crypto);
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const der = HANAKO.key.privateKey.export({ type: "pkcs8", format: "der" });
  const key = await crypto.subtle.importKey("pkcs8", Uint8Array.from(der), algorithm, true, ["sign"]);
  const made: MadeXml[] = [];
  for (const [name, reference] of Object.entries({
    enveloped: { hash: "SHA-256", uri: "", transforms: ["enveloped", "c14n"] },
    "enveloped, exclusive": { hash: "SHA-512", uri: "", transforms: ["enveloped", "exc-c14n"] },
    "a part": { hash: "SHA-256", uri: "#a", transforms: ["exc-c14n"] },
  } as const)) {
    const document = Parse(FORM);
    const signer = new SignedXml();
    const x509 = [Buffer.from(HANAKO.certificate).toString("base64")];
    const references = [{ ...reference, transforms: [...reference.transforms] }];
    await signer.Sign(algorithm, key, document, { x509, references });
    const signature = signer.XmlSignature.GetXml();
    if (!signature) throw new RangeError("no signature");
    document.documentElement.appendChild(document.importNode(signature, true));
    const options = name === "a part" ? inA : {};
    made.push({ maker: "xmldsigjs", name, text: new XMLSerializer().serializeToString(document as never), options });
  }
  return made;
}

const inFolder = (folder: string) => ({
  write: (name: string, octets: string): void => writeFileSync(join(folder, name), octets),
  read: (name: string): string => readFileSync(join(folder, name), "utf8"),
});
