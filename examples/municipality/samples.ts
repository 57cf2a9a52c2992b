import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The samples at `/formats`, in the page's order, each with what it hands to `navigator.jpki` beside the document. */
export const SAMPLES = {
  cades: 'format: "cades"',
  "cms-enveloping": 'format: "cms", packaging: "enveloping"',
  pkcs1: 'format: "pkcs1"',
  jws: 'format: "jws"',
  "jws-detached": 'format: "jws", packaging: "detached"',
  xmldsig: 'format: "xmldsig", packaging: "enveloped"',
  xades: 'format: "xades", packaging: "enveloped", timestamp',
  "xades-detached": 'format: "xades", packaging: "detached"',
  "egov-kousei": 'profile: "egov-kousei", references',
  pades: 'format: "pades", pdf: { reason, stamp }, timestamp',
  "moj-pdf": 'profile: "moj-pdf"',
  image: 'format: "cades"',
  several: "documents: [ … ], timestamp",
  "unknown-type": 'format: "cades"',
  digest: 'format: "cades", digest',
  attributes: "readAttributes({ attributes, purpose, challenge })",
} as const;
/** A key of {@link SAMPLES}. */
export type SampleId = keyof typeof SAMPLES;

/** The samples' documents and their media types, served under `/samples/`. */
export const SAMPLE_DOCUMENTS = {
  "notice.txt": "text/plain; charset=utf-8",
  "form.json": "application/json",
  "application.xml": "application/xml",
  "kousei.xml": "application/xml",
  "form.xml": "application/xml",
  "plan.pdf": "application/pdf",
  "map.png": "image/png",
  "temperatures.dat": "application/octet-stream",
} as const;

/** The octets of one of {@link SAMPLE_DOCUMENTS}. */
export function readSample(name: keyof typeof SAMPLE_DOCUMENTS): Buffer {
  return readFileSync(join(import.meta.dirname, "samples", name));
}
