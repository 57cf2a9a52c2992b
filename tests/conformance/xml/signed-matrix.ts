import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CANONICALIZATIONS, type Canonicalization } from "../../../formats/xml/canonicalization.ts";
import type { Packaging, SigningFormat } from "../../../shared/protocol/signing-formats.ts";
import { sourceFile, type TestSigner } from "./test-signer.ts";
import { TRICKY_DOCUMENTS, type TrickyDocument } from "./tricky-documents.ts";
import type { IdAttribute } from "./verifiers.ts";

/** A signature file in the test's folder. */
export interface SignedDocument {
  readonly document: TrickyDocument;
  readonly file: string;
  readonly format: SigningFormat;
  readonly packaging: Packaging;
  readonly canonicalization: Canonicalization;
  /** Whether only a part of the document is signed. */
  readonly partly: boolean;
}

/** All of them, and what xmlsec1 must be told about IDs. */
export interface SignedMatrix {
  readonly signed: readonly SignedDocument[];
  readonly ids: readonly IdAttribute[];
}

/** Every tricky document × six canonicalisations × XMLDSig and XAdES × packagings, and with its target; detached once for each format. */
export async function signTrickyDocuments(
  folder: string,
  signer: TestSigner,
  methods: readonly Canonicalization[] = CANONICALIZATIONS,
): Promise<SignedMatrix> {
  const signed: SignedDocument[] = [];
  for (const [number, document] of TRICKY_DOCUMENTS.entries()) {
    const source = sourceFile(`document-${number}.xml`, document.bytes);
    writeFileSync(join(folder, source.name), document.bytes);
    for (const [method, canonicalization] of methods.entries())
      for (const format of ["xmldsig", "xades"] as const)
        for (const way of ["enveloped", "enveloping", "detached", "target"] as const) {
          const partly = way === "target";
          if ((partly && !document.target) || (way === "detached" && method > 0)) continue;
          const refused = document.inheritsBase && canonicalization.kind === "inclusive-1.1";
          if (refused && (partly || way === "enveloped")) continue;
          const packaging = partly ? "enveloped" : way;
          const target = partly ? document.target?.id : undefined;
          const xml = { canonicalization: canonicalization.uri, target };
          const { file: bytes } = await signer.sign({ file: source, format, packaging, xml });
          const file = `signed-${number}-${method}-${format}-${way}.xml`;
          writeFileSync(join(folder, file), bytes);
          signed.push({ document, file, format, packaging, canonicalization, partly });
        }
  }
  const ids = TRICKY_DOCUMENTS.flatMap(({ target }) => (target ? [`${target.attribute} ${target.element}`] : []));
  return { signed, ids: [...new Set(ids)].map((id) => id.split(" ") as [string, string]) };
}

/** A changed copy of a signature file. */
export interface ChangedDocument {
  readonly file: string;
  readonly what: string;
}

/**
 * Copies in which one character was exchanged: in SignedInfo, in the signed properties, in the document where all of it is signed, and in the
 * certificate's hash. Only of files in UTF-8, and one method and format of each document, or this would be the longest test of all.
 */
export function tamper(folder: string, signed: readonly SignedDocument[]): ChangedDocument[] {
  const chosen = signed.filter(
    ({ file, packaging }, index) => packaging !== "detached" && index % 31 === 0 && !file.endsWith("target.xml"),
  );
  return chosen.flatMap(({ file, document }) => {
    const text = readFileSync(join(folder, file), "latin1");
    const places = [
      // a letter or digit of the document: not of a tag's name, or it would not be well-formed, and not in a comment
      document.name.includes("comment") ? undefined : /(?<=<a>|<b>|<氏名[^>]*>)[a-z0-9]/.exec(text),
      /(?<=<ds:DigestValue>)./.exec(text),
      /(?<=<ds:SignatureValue>)./.exec(text),
      /(?<=<xades:SigningTime>)./.exec(text),
      /(?<=<xades:MimeType>)./.exec(text),
      /(?<=<xades:IssuerSerialV2>M)./.exec(text),
    ];
    return places.flatMap((place, number) => {
      if (!place) return [];
      const other = place[0] === "2" ? "3" : "2";
      const copy = `changed-${number}-${file}`;
      const bytes = Buffer.from(text.slice(0, place.index) + other + text.slice(place.index + 1), "latin1");
      writeFileSync(join(folder, copy), bytes);
      return [{ file: copy, what: `${document.name}: ${place[0]} at ${place.index}` }];
    });
  });
}
