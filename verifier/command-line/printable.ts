/**
 * Text of a file for a terminal: control characters (escape sequences among them), line and paragraph separators, and what changes the direction of text are written as
 * `\u{…}`. A file names its own fields and parts, so it could otherwise write over what is printed about it.
 */
export const printable = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
