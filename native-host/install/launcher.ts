import * as v from "valibot";

/** What a launcher starts. Paths are absolute. */
export interface LaunchPlan {
  /** The Node program. */
  readonly node: string;
  /** The host's file. */
  readonly host: string;
  /** Our own arguments, before those that the browser appends (`--virtual-card <folder>`). */
  readonly arguments: readonly string[];
}

const MARK = "kodo-host launcher:";

/**
 * The launcher's text. Browsers start one program without arguments of our choice, hence a script. It carries its plan in a comment,
 * by which `uninstall` and `doctor` know it again. A developer's NODE_OPTIONS must not change what the host does or prints.
 */
export function launcherScript(plan: LaunchPlan, platform: string): string {
  const record = `${MARK} ${JSON.stringify(plan)}`;
  const words = [plan.node, plan.host, ...plan.arguments];
  if (platform === "win32") {
    const lines = ["@echo off", `rem ${record}`, "set NODE_OPTIONS=", `${words.map(quoteForBatch).join(" ")} %*`];
    return lines.map((line) => `${line}\r\n`).join("");
  }
  const lines = ["#!/bin/sh", `# ${record}`, "unset NODE_OPTIONS", `exec ${words.map(quoteForShell).join(" ")} "$@"`];
  return lines.map((line) => `${line}\n`).join("");
}

const planSchema = v.object({ node: v.string(), host: v.string(), arguments: v.array(v.string()) });

/** The plan of a launcher that {@link launcherScript} wrote; `undefined` for any other text. */
export function readLauncher(text: string): LaunchPlan | undefined {
  const line = text.split(/\r?\n/)[1];
  const at = line?.indexOf(MARK) ?? -1;
  if (line === undefined || at < 0) return undefined;
  try {
    return v.parse(planSchema, JSON.parse(line.slice(at + MARK.length)));
  } catch {
    return undefined;
  }
}

function quoteForShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A path holds no quotation mark on Windows; a percent sign would begin a variable. */
function quoteForBatch(word: string): string {
  return `"${word.replaceAll("%", "%%")}"`;
}
