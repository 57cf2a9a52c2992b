import { elementsOf } from "../../../formats/xml/element-ids.ts";
import type { XmlElement } from "../../../formats/xml/xml-tree.ts";
import { refuseUnless } from "../../verdict/failure.ts";

/**
 * Throws `file-unsupported` where a namespace name has no scheme: Canonical XML 1.0, 2.1, has implementations fail on relative ones, and those that go on
 * differ in what they make of them.
 */
export function requireAbsoluteNamespaces(root: XmlElement): void {
  for (const { declarations } of elementsOf(root))
    for (const namespace of declarations.values()) {
      const absolute = namespace === "" || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(namespace);
      refuseUnless(absolute, "file-unsupported", "a namespace name that is no absolute URI");
    }
}
