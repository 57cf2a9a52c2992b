import { existsSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BROWSERS } from "./browsers.ts";
import { USAGE, parseCommand } from "./command-line.ts";
import type { Command } from "./command-line.ts";
import { nothingMissing, reportJson, reportText } from "./doctor-report.ts";
import { examineRoad } from "./doctor.ts";
import { installHost } from "./install-host.ts";
import { ownSurroundings } from "./surroundings.ts";
import { uninstallHost } from "./uninstall-host.ts";

/** The host beside this program: bundled (`kodo-host.mjs`), or its source. */
function ownHost(): string {
  const self = fileURLToPath(import.meta.url);
  return extname(self) === ".ts" ? join(dirname(self), "../main.ts") : join(dirname(self), "kodo-host.mjs");
}

async function run(command: Command): Promise<number> {
  const surroundings = ownSurroundings();
  switch (command.name) {
    case "install": {
      const { browsers, scope, hostArguments } = command;
      const host = command.host ?? ownHost();
      if (!existsSync(host)) throw new Error(`There is no host at ${host}`);
      const plan = { node: process.execPath, host, arguments: hostArguments };
      for (const written of installHost({ browsers, scope, plan, surroundings })) console.log(written);
      return 0;
    }
    case "uninstall": {
      const { browsers, scope } = command;
      const withLauncher = browsers.length === BROWSERS.length;
      for (const gone of uninstallHost({ browsers, scope, withLauncher, surroundings })) console.log(gone);
      return 0;
    }
    case "doctor": {
      const scopes = command.scope === undefined ? (["user", "system"] as const) : [command.scope];
      const findings = await examineRoad({ scopes, host: ownHost(), surroundings });
      process.stdout.write((command.json ? reportJson : reportText)(findings, command.language));
      return nothingMissing(findings) ? 0 : 1;
    }
  }
}

/** `undefined`: not understood, and said so. */
function understood(values: readonly string[]): Command | undefined {
  try {
    return parseCommand(values, process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return undefined;
  }
}

const values = process.argv.slice(2);
if (values.includes("--help") || values.includes("-h")) {
  process.stdout.write(USAGE);
} else {
  const command = understood(values);
  try {
    process.exitCode = command === undefined ? 2 : await run(command);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
