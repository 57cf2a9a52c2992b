import type { Explanation } from "./explanation.ts";
import { EXPLAINED_CERTIFICATES } from "./explained-certificates.ts";
import { EXPLAINED_CMS } from "./explained-cms.ts";
import { EXPLAINED_PDF } from "./explained-pdf.ts";
import { EXPLAINED_TEXTS } from "./explained-texts.ts";
import { EXPLAINED_XML } from "./explained-xml.ts";

/** Every difference that there is; each row stands in docs/verifying.md too. One that no case needs is an error. */
export const EXPLAINED: readonly Explanation[] = [
  ...EXPLAINED_CERTIFICATES,
  ...EXPLAINED_TEXTS,
  ...EXPLAINED_CMS,
  ...EXPLAINED_XML,
  ...EXPLAINED_PDF,
];
