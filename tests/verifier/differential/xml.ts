import { DIFFERING_FILES } from "../xml/differing-files.ts";
import { writeSigners } from "../xml/played-signers.ts";
import { fillTemplate, signatureTemplate } from "../xml/xml-template.ts";
import { hasProgram } from "../../conformance/xml/verifiers.ts";
import type { Case, Family, Skip } from "./case.ts";
import { DUBIOUS, judgeFile } from "./people.ts";
import { openWorkshop } from "./workshop.ts";
import { FORM, makeXml, type XmlFile } from "./xml-makers.ts";
import { byXmldsigjs, byXmlsec, startJdk } from "./xml-peers.ts";
import { XML_CHANGES } from "./xml-variants.ts";

/** XML signatures of every maker, as they are and with each change, by xmlsec1, the JDK and xmldsigjs. */
export async function xml(): Promise<Family> {
  const workshop = openWorkshop();
  writeSigners(workshop.folder);
  workshop.write("beside.xml", "<beside/>");
  const have = { xmlsec1: hasProgram("xmlsec1", "--version"), jdk: hasProgram("javac", "-version") };
  const jdk = have.jdk ? startJdk(workshop) : undefined;
  const cases: Case[] = [];
  const add = (group: string, name: string, { text, options = {} }: XmlFile): void => {
    const file = workshop.put(text, "xml");
    cases.push({
      group,
      name,
      ours: () => judgeFile(new TextEncoder().encode(text), options),
      peers: {
        ...(have.xmlsec1 && { xmlsec1: () => byXmlsec(workshop, file) }),
        ...(jdk && { JDK: () => jdk.ask(file) }),
        // it fetches what stands beside, and knows neither curves nor PSS
        ...(/MGF1|ecdsa/.test(text) || options.content ? {} : { xmldsigjs: () => byXmldsigjs(text) }),
      },
    });
  };
  const made = await makeXml(workshop.folder, have);
  for (const { maker, name, ...one } of made) {
    add(maker, name, one);
    if (!isChanged(maker, name)) continue;
    for (const [change, how] of Object.entries(XML_CHANGES)) {
      const text = how(one.text);
      if (text !== undefined) add(maker, `${name}, ${change}`, { ...one, text });
    }
  }
  for (const { name, file, options = {} } of DIFFERING_FILES)
    add("files about which verifiers differ", name, { text: file, options: definedOnly(options) });
  for (const [name, by] of Object.entries(DUBIOUS)) {
    const filled = fillTemplate(FORM.replace("</form>", `${signatureTemplate()}</form>`), by);
    add("signers", name, { text: new TextDecoder().decode(filled) });
  }
  const skips: Skip[] = Object.entries(have).flatMap(([what, there]) =>
    there ? [] : [{ what: `XML by ${what}`, reason: "it is not on this machine", count: cases.length }],
  );
  return {
    cases,
    skips,
    close: () => {
      jdk?.close();
      workshop.remove();
    },
  };
}

/** Whose files are changed too: of some makers a few stand for all. */
function isChanged(maker: string, name: string): boolean {
  if (maker === "the JDK") return /-(enveloping-0|root-4|base64-0|chain)$/.test(name);
  return maker !== "xmlsec1" || name === "enveloped" || name === "a part";
}

const definedOnly = ({ content, parts }: NonNullable<(typeof DIFFERING_FILES)[number]["options"]>) => ({
  ...(content && { content }),
  ...(parts && { parts }),
});
