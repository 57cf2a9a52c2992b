import * as v from "valibot";
import { LIMITS } from "../limits.ts";

/** What `sign()` may say about one document beyond its format; the same on every hop. */
const optionText = v.pipe(v.string(), v.maxLength(LIMITS.optionCharacters * 2));
const number = v.pipe(v.number(), v.finite());

/** `JpkiXmlOptions` of docs/api.webidl. */
export const xmlOptionsSchema = v.strictObject({
  canonicalization: v.optional(v.pipe(v.string(), v.maxLength(128))),
  target: v.optional(optionText),
});

/** `JpkiPdfOptions` of docs/api.webidl; the stamp in points from the lower left corner of the page as displayed; whether the page has that place is for the format to say. */
export const pdfOptionsSchema = v.strictObject({
  field: v.optional(optionText),
  reason: v.optional(optionText),
  location: v.optional(optionText),
  stamp: v.optional(
    v.strictObject({
      page: number,
      x: number,
      y: number,
      width: number,
      height: number,
    }),
  ),
});

const shortText = v.pipe(v.string(), v.maxLength(64));

/** Name and declared media type of a file, in the site's words. */
export const fileWordsEntries = {
  name: v.pipe(v.string(), v.maxLength(LIMITS.documentNameCharacters * 2)),
  type: v.pipe(v.string(), v.maxLength(LIMITS.mediaTypeCharacters)),
};

/** Format, profile and packaging as asked for, and what they take. */
export const formatEntries = {
  format: v.optional(shortText),
  profile: v.optional(shortText),
  packaging: v.optional(shortText),
  xml: v.optional(xmlOptionsSchema),
  pdf: v.optional(pdfOptionsSchema),
};

/** The attributes that `readAttributes()` can ask for, in the order in which they are shown. */
export const ATTRIBUTE_NAMES = ["name", "address", "birthDate", "sex"] as const;
/** One of {@link ATTRIBUTE_NAMES}. */
export type AttributeName = (typeof ATTRIBUTE_NAMES)[number];

/** A choice of {@link ATTRIBUTE_NAMES}, each at most once. */
export const attributeNamesSchema = v.pipe(
  v.array(v.picklist(ATTRIBUTE_NAMES)),
  v.minLength(1),
  v.maxLength(ATTRIBUTE_NAMES.length),
  v.check((names) => new Set(names).size === names.length, "an attribute twice"),
);
