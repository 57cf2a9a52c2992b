import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalize, CANONICALIZATIONS } from "../../../formats/xml/canonicalization.ts";
import { elementsOf } from "../../../formats/xml/element-ids.ts";
import { parseXml } from "../../../formats/xml/xml-parser.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { SIGNER, verdicts } from "../../../tests/verifier/xml/reading.ts";
import {
  fillTemplate,
  referenceTemplate,
  signatureTemplate,
  URIS,
  type Template,
} from "../../../tests/verifier/xml/xml-template.ts";

const { enveloped } = URIS;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const around = (signature: string): string => `<form xmlns="urn:f"><answers Id="a">yes</answers>${signature}</form>`;
const filled = (template: Template = {}, place = around): Uint8Array =>
  fillTemplate(place(signatureTemplate(template)), SIGNER);

describe("limits", () => {
  const digest =
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue>';
  it("1,000 references and no more", async () => {
    const reference = `<ds:Reference URI="#a">${digest}</ds:Reference>`;
    expect(await verdicts(filled({ referenceMarkup: reference.repeat(1000) }))).toEqual(["content: content-differs"]);
    expect(await verdicts(filled({ referenceMarkup: reference.repeat(1001) }))).toEqual(["form: too-large"]);
  });

  it("five transforms", async () => {
    const transforms = Array.from({ length: 6 }, () => enveloped);
    expect(await verdicts(filled({ references: [{ uri: "", transforms }] }))).toEqual(["form: too-large"]);
  });

  it("a hundred signatures", async () => {
    expect(await verdicts(`<a>${signatureTemplate().repeat(101)}</a>`)).toEqual(["too-large"]);
    expect(await verdicts(`<a>${signatureTemplate().repeat(100)}</a>`)).toHaveLength(100);
  });

  it("the same big text in each of many elements around it is too much, in one element asked for often it is not", async () => {
    const depth = 200;
    const open = Array.from({ length: depth }, (_, at) => `<a Id="i${at}">`).join("");
    const nested = (signature: string): string =>
      `<r>${open}${"x".repeat(400_000)}${"</a>".repeat(depth)}${signature}</r>`;
    const [method] = CANONICALIZATIONS;
    const elements = [...elementsOf(parseXml(utf8(nested(""))).root)].slice(1);
    const reference = (element: XmlElement | undefined): string => {
      if (!element || !method) throw new RangeError("nothing to digest");
      const octets = canonicalize(element, method);
      const value = createHash("sha256").update(octets).digest("base64");
      const uri = element.attributes[0]?.value ?? "";
      return referenceTemplate({ uri: `#${uri}` }).replace("></ds:DigestValue", `>${value}</ds:DigestValue`);
    };
    const sound = (referenceMarkup: string): Promise<string[]> => verdicts(filled({ referenceMarkup }, nested));
    expect(await sound(reference(elements[0]).repeat(900))).toEqual(["coverage: not-wholly-signed"]);
    expect(await sound(elements.map(reference).join(""))).toEqual(["content: too-large"]);
  });
});
