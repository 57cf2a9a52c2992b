import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths.ts";
import { ask, TIMESTAMP_AUTHORITY, type Verdict } from "./verdict.ts";

/** Beside the folders of the samples: the authorities that our verifier trusts, as ones for tests. */
export const TRUST = "../trust";

/** A signed file for our verifier. */
export interface OwnQuestion {
  readonly folder: string;
  readonly file: string;
  /** In the same folder: what a detached signature is over. */
  readonly content?: string | undefined;
  readonly certificate?: string | undefined;
  readonly format?: string | undefined;
  readonly part?: string | undefined;
}

/** `kodo-verify verify`. It accepts without `valid`: the virtual card's authority revokes nothing, so nobody says whether a certificate was. */
export function verifyOwn({ folder, file, ...more }: OwnQuestion): Verdict {
  const options = Object.entries(more).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return askOwn(folder, ["verify", file, ...options, "--timestamp-trust", TIMESTAMP_AUTHORITY]);
}

/** `kodo-verify attributes`. The challenge is read from the proof, because this program is not the site that gave it; a site takes its session's. */
export function verifyOwnProof(folder: string, file: string, origin: string): Verdict {
  const [, payload = ""] = readFileSync(join(folder, file), "utf8").split(".");
  const { challenge } = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { challenge: string };
  return askOwn(folder, ["attributes", file, "--origin", origin, "--challenge", challenge]);
}

function askOwn(folder: string, words: readonly string[]): Verdict {
  const all = [...words, "--test-trust", TRUST, "--accept-unknown-revocation", "--lang", "en"];
  const program = join(ROOT, "verifier/command-line/main.ts");
  const verdict = ask(process.execPath, [program, ...all], { folder, verifier: "kodo-verifier", accepting: 1 });
  const summary = verdict.words.split("\n").slice(0, verdict.accepted ? 1 : undefined);
  return {
    ...verdict,
    command: verdict.command.replace(`${process.execPath} ${program}`, "kodo-verify"),
    words: summary.join("\n"),
  };
}
