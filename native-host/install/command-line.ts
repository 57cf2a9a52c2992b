import { parseArgs } from "node:util";
import { isAbsolute, resolve } from "node:path";
import { BROWSERS } from "./browsers.ts";
import type { Browser } from "./browsers.ts";
import type { DoctorLanguage } from "./doctor-texts.ts";
import type { Scope } from "./manifest-locations.ts";

/** What `kodo-hostctl` was asked to do. */
export type Command =
  | {
      readonly name: "install";
      readonly browsers: readonly Browser[];
      readonly scope: Scope;
      readonly host: string | undefined;
      readonly hostArguments: readonly string[];
    }
  | { readonly name: "uninstall"; readonly browsers: readonly Browser[]; readonly scope: Scope }
  | {
      readonly name: "doctor";
      readonly scope: Scope | undefined;
      readonly language: DoctorLanguage;
      readonly json: boolean;
    };

/** How it is used. */
export const USAGE = `kodo-hostctl install    [--browser NAME]… [--system | --user-data-dir DIR] [--virtual-card DIR] [--transcript FILE]
kodo-hostctl uninstall  [--browser NAME]… [--system | --user-data-dir DIR]
kodo-hostctl doctor     [--user-data-dir DIR] [--lang ja|en] [--json]

  --browser NAME        ${BROWSERS.join(", ")}; all of them when left out
  --system              for every account of this computer (as root or administrator)
  --user-data-dir DIR   for one profile folder of the Chromium family only
  --virtual-card DIR    let the host use the virtual card in DIR instead of card readers (TEST CARD)
  --transcript FILE     let the host append what it says to the card, PINs masked; the file holds personal data
  --host FILE           the host to install, if not the one beside this program

exit codes: 0 in order, 1 something is missing or failed, 2 not understood
`;

/** Reads the arguments behind the program's name. Throws an `Error` with a sentence for people when they make no sense. */
export function parseCommand(
  values: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const [name, ...rest] = values;
  switch (name) {
    case "install": {
      const options = parse(rest, ["browser", "system", "user-data-dir", "virtual-card", "transcript", "host"]);
      const hostArguments = (["virtual-card", "transcript"] as const).flatMap((option) => {
        const value = options[option];
        return value === undefined ? [] : [`--${option}`, resolve(value)];
      });
      const host = options.host === undefined ? undefined : resolve(options.host);
      return { name, browsers: browsersOf(options.browser), scope: scopeOf(options) ?? "user", host, hostArguments };
    }
    case "uninstall": {
      const options = parse(rest, ["browser", "system", "user-data-dir"]);
      return { name, browsers: browsersOf(options.browser), scope: scopeOf(options) ?? "user" };
    }
    case "doctor": {
      const options = parse(rest, ["user-data-dir", "lang", "json"]);
      return { name, scope: scopeOf(options), language: languageOf(options.lang, environment), json: options.json };
    }
    default:
      throw new Error(name === undefined ? "What is to be done?" : `Unknown command: ${name}`);
  }
}

interface Options {
  readonly browser: readonly string[];
  readonly system: boolean;
  readonly "user-data-dir"?: string | undefined;
  readonly "virtual-card"?: string | undefined;
  readonly transcript?: string | undefined;
  readonly host?: string | undefined;
  readonly lang?: string | undefined;
  readonly json: boolean;
}

const OPTIONS = {
  browser: { type: "string", multiple: true, default: [] as string[] },
  system: { type: "boolean", default: false },
  "user-data-dir": { type: "string" },
  "virtual-card": { type: "string" },
  transcript: { type: "string" },
  host: { type: "string" },
  lang: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

function parse(values: readonly string[], allowed: readonly (keyof Options)[]): Options {
  const { values: options, tokens } = parseArgs({ args: [...values], options: OPTIONS, strict: true, tokens: true });
  const strange = tokens.find((token) => token.kind === "option" && !allowed.includes(token.name));
  if (strange?.kind === "option") throw new Error(`Not an option of this command: --${strange.name}`);
  return options;
}

function browsersOf(names: readonly string[]): readonly Browser[] {
  const strange = names.find((name) => !BROWSERS.includes(name as Browser));
  if (strange !== undefined) throw new Error(`Unknown browser: ${strange}`);
  return names.length === 0 ? BROWSERS : BROWSERS.filter((browser) => names.includes(browser));
}

function scopeOf(options: Options): Scope | undefined {
  const folder = options["user-data-dir"];
  if (folder !== undefined && options.system) throw new Error("--system and --user-data-dir exclude each other.");
  if (folder !== undefined) return { userDataDirectory: isAbsolute(folder) ? folder : resolve(folder) };
  return options.system ? "system" : undefined;
}

function languageOf(
  wanted: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): DoctorLanguage {
  if (wanted !== undefined && wanted !== "ja" && wanted !== "en") throw new Error(`Unknown language: ${wanted}`);
  if (wanted !== undefined) return wanted;
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"];
  return (locale || Intl.DateTimeFormat().resolvedOptions().locale).startsWith("ja") ? "ja" : "en";
}
