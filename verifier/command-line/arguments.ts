import { parseArgs } from "node:util";
import { VERIFIED_FORMATS, type VerifiedFormat } from "../signature/found-signature.ts";
import { UsageError } from "./exit-codes.ts";
import { readLanguage, type Language } from "./words.ts";

/** How the outcome is told. */
export interface OutputArguments {
  readonly json: boolean;
  readonly language: Language;
}

/** Whom to trust, who answers about revocation, and which time counts. Paths as they were typed. */
export interface JudgingArguments {
  readonly trust: string | undefined;
  readonly testTrust: string | undefined;
  readonly timestampTrust: string | undefined;
  /** Files and folders; none means that the caller accepts that revocation is unknown. */
  readonly lists: readonly string[];
  readonly at: Date | undefined;
}

/** What a token or a proof of attributes was made for. */
export interface ExpectedArguments {
  readonly origin: string;
  readonly challenge: string;
}

/** What `kodo-verify` was asked to do. `-` as a file is standard input. */
export type Command =
  | { readonly name: "help" }
  | ({
      readonly name: "verify";
      readonly file: string;
      readonly contents: readonly string[];
      readonly certificate: string | undefined;
      readonly format: VerifiedFormat | undefined;
      readonly parts: readonly string[] | undefined;
    } & JudgingArguments &
      OutputArguments)
  | ({ readonly name: "recheck"; readonly file: string } & JudgingArguments & OutputArguments)
  | ({ readonly name: "token"; readonly file: string } & ExpectedArguments & JudgingArguments & OutputArguments)
  | ({ readonly name: "attributes"; readonly file: string; readonly purpose: string | undefined } & ExpectedArguments &
      JudgingArguments &
      OutputArguments);

/** The command of one name, with its options. */
export type CommandNamed<Name extends Command["name"]> = Extract<Command, { readonly name: Name }>;

const OUTPUT = { json: { type: "boolean" }, lang: { type: "string" } } as const;
const LISTS = {
  trust: { type: "string" },
  "test-trust": { type: "string" },
  crl: { type: "string", multiple: true },
} as const;
const JUDGING = {
  ...LISTS,
  "timestamp-trust": { type: "string" },
  at: { type: "string" },
  "accept-unknown-revocation": { type: "boolean" },
} as const;
const EXPECTED = { origin: { type: "string" }, challenge: { type: "string" } } as const;
const OPTIONS = {
  verify: {
    ...OUTPUT,
    ...JUDGING,
    content: { type: "string", multiple: true },
    certificate: { type: "string" },
    format: { type: "string" },
    part: { type: "string", multiple: true },
  },
  recheck: { ...OUTPUT, ...LISTS },
  token: { ...OUTPUT, ...JUDGING, ...EXPECTED },
  attributes: { ...OUTPUT, ...JUDGING, ...EXPECTED, purpose: { type: "string" } },
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the words behind the program's name. Throws {@link UsageError} when they make no sense: nothing is guessed, and no option is read over. */
export function parseCommand(words: readonly string[], environment: Environment): Command {
  const [name = "help", ...rest] = words;
  if (["help", "--help", "-h"].includes(name) || rest.includes("--help") || rest.includes("-h"))
    return { name: "help" };
  switch (name) {
    case "verify": {
      const { values, file } = read("verify", rest);
      return {
        name,
        file,
        contents: values.content ?? [],
        certificate: values.certificate,
        format: readFormat(values.format),
        parts: values.part,
        ...judging(values),
        ...output(values, environment),
      };
    }
    case "recheck": {
      const { values, file } = read("recheck", rest);
      if (!values.crl) throw new UsageError("Give --crl with newer revocation lists.");
      return { name, file, ...judging(values), ...output(values, environment) };
    }
    case "token": {
      const { values, file } = read("token", rest);
      return { name, file, ...expected(values), ...judging(values), ...output(values, environment) };
    }
    case "attributes": {
      const { values, file } = read("attributes", rest);
      const { purpose } = values;
      return { name, file, purpose, ...expected(values), ...judging(values), ...output(values, environment) };
    }
    default:
      throw new UsageError(`There is no command ${JSON.stringify(name)}.`);
  }
}

function read<Name extends keyof typeof OPTIONS>(name: Name, words: readonly string[]) {
  const options: (typeof OPTIONS)[Name] = OPTIONS[name];
  const { values, positionals, tokens } = parse(words, options);
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    // of an option that is given twice, the reader of a script may have meant either
    if (seen.has(token.name) && !["crl", "content", "part"].includes(token.name))
      throw new UsageError(`${token.rawName} is given twice.`);
    seen.add(token.name);
  }
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError("Which file? Give its name, or - for standard input.");
  if (others.length > 0) throw new UsageError(`One file at a time: ${others.join(" ")} is too much.`);
  return { values, file };
}

function parse<Options extends (typeof OPTIONS)[keyof typeof OPTIONS]>(words: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

interface OutputValues {
  readonly json?: boolean | undefined;
  readonly lang?: string | undefined;
}

function output({ json = false, lang }: OutputValues, environment: Environment): OutputArguments {
  const language = readLanguage(lang, environment);
  if (language === undefined) throw new UsageError("--lang is one of ja, ja-easy, en.");
  return { json, language };
}

interface JudgingValues {
  readonly trust?: string | undefined;
  readonly "test-trust"?: string | undefined;
  readonly "timestamp-trust"?: string | undefined;
  readonly crl?: string[] | undefined;
  readonly at?: string | undefined;
  readonly "accept-unknown-revocation"?: boolean | undefined;
}

function judging(values: JudgingValues): JudgingArguments {
  const { trust, "test-trust": testTrust, "timestamp-trust": timestampTrust, crl: lists = [], at } = values;
  const accepts = values["accept-unknown-revocation"] ?? false;
  if (trust === undefined && testTrust === undefined)
    throw new UsageError("Whom to trust? Give --trust with the folder of J-LIS's certificates, or --test-trust.");
  if (lists.length === 0 && !accepts)
    throw new UsageError(
      "Give --crl with revocation lists, or --accept-unknown-revocation if you may not have them: then nothing is called valid.",
    );
  if (lists.length > 0 && accepts) throw new UsageError("--crl and --accept-unknown-revocation exclude each other.");
  return { trust, testTrust, timestampTrust, lists, at: readTime(at) };
}

function expected({ origin, challenge }: { origin?: string | undefined; challenge?: string | undefined }) {
  if (origin === undefined)
    throw new UsageError("--origin is missing: your site's own, such as https://www.example.jp");
  if (challenge === undefined) throw new UsageError("--challenge is missing: the text that your site gave.");
  return { origin, challenge };
}

/** ISO 8601 with date, time and offset: nothing else says one moment only. */
function readTime(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ||
    Number.isNaN(time.getTime())
  )
    throw new UsageError("--at is a time such as 2026-04-01T09:00:00+09:00.");
  return time;
}

function readFormat(text: string | undefined): VerifiedFormat | undefined {
  if (text === undefined) return undefined;
  const format = VERIFIED_FORMATS.find((each) => each === text);
  if (format === undefined) throw new UsageError(`--format is one of ${VERIFIED_FORMATS.join(", ")}.`);
  return format;
}
