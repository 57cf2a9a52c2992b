import { basename } from "node:path";
import type { JudgingOptions } from "../judgement/judging-options.ts";
import { sourceOf, type CrlSource } from "../revocation/crl/crl-source.ts";
import type { JudgingArguments } from "./arguments.ts";
import { InputError } from "./exit-codes.ts";
import { readDerFiles } from "./input.ts";
import { trustOf } from "./trust-folders.ts";

/** Says what nobody must miss, beside the outcome: a sentence without a line's end. */
export type Warn = (sentence: string) => void;

/** What every verification is told, from the words of a command. Throws `InputError` for folders and lists that can't be used. */
export function judgingOptions(words: JudgingArguments, warn: Warn): JudgingOptions {
  const { lists, at } = words;
  const trust = trustOf(words);
  return {
    trust,
    revocation: lists.length === 0 ? "accept-unknown" : listsOf(lists, trust, warn),
    ...(at && { at }),
  };
}

/**
 * The revocation lists of files and folders. One that can't be used is warned of, because what it says of a certificate would be missed in silence; without any that can, it is an
 * `InputError`.
 */
export function listsOf(paths: readonly string[], trust: JudgingOptions["trust"], warn: Warn): CrlSource {
  const named = paths.flatMap((path) =>
    readDerFiles(path, "revocation list").map(({ path: file, der }) => ({ name: basename(file), list: der })),
  );
  const source = sourceOf(named, { trust });
  const sentences = source.rejected.map(({ name, why, detail }) => `${name} is not used: ${why}, ${detail}.`);
  if (source.lists.length === 0) throw new InputError(`No list can be used. ${sentences.join(" ")}`);
  for (const sentence of sentences) warn(sentence);
  return source;
}
