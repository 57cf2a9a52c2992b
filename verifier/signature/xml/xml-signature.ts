import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { readSignedInfo, type SignedInfo } from "./signed-info.ts";
import { attributesOf, ChildElements, octetsOf } from "./strict-elements.ts";

/** The parts of a Signature (XML Signature 1.1, 4.2). */
export interface XmlSignature {
  readonly element: XmlElement;
  readonly id: string | undefined;
  readonly signedInfo: SignedInfo;
  readonly signatureValue: XmlElement;
  readonly value: Uint8Array;
  readonly keyInfo: XmlElement | undefined;
  readonly objects: readonly XmlElement[];
}

/** Reads a Signature strictly: SignedInfo, one SignatureValue, KeyInfo, Objects, in this order and nothing else. */
export function readSignature(element: XmlElement): XmlSignature {
  const { Id: id } = attributesOf(element, "Id");
  const children = new ChildElements(element);
  const signedInfo = readSignedInfo(children.next("SignedInfo"));
  const signatureValue = children.next("SignatureValue");
  attributesOf(signatureValue, "Id");
  const keyInfo = children.optional("KeyInfo");
  const objects = children.all("Object");
  children.end();
  for (const object of objects) attributesOf(object, "Id", "MimeType", "Encoding");
  return { element, id, signedInfo, signatureValue, value: octetsOf(signatureValue), keyInfo, objects };
}
