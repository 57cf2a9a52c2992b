/** Sizes and times that every hop enforces before it parses. Units are in the names. */
export * as LIMITS from "./limit-values.ts";
