import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** System programs are often outside an ordinary user's PATH. */
export const SYSTEM_ENVIRONMENT = {
  ...process.env,
  PATH: [process.env["PATH"], "/usr/sbin", "/sbin"].join(delimiter),
};

const asRoot = process.getuid?.() === 0;

/** A command line that runs as root: as it is, or behind `sudo` when that asks for no password. */
export function privileged(command: string, ...args: string[]): [command: string, args: string[]] {
  return asRoot ? [command, args] : ["sudo", ["-n", command, ...args]];
}

/** Where a program is, if it is. */
function installed(program: string): boolean {
  return SYSTEM_ENVIRONMENT.PATH.split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** Why the real card service can't be started here, in words for a skipped test; `undefined` when it can. */
export function pcscdSkipReason(): string | undefined {
  const missing = ["pcscd", "unshare", "nsenter", "setpriv", "ip"].filter((program) => !installed(program));
  if (missing.length > 0) return `not installed: ${missing.join(", ")}`;
  if (!existsSync("/etc/reader.conf.d/vpcd")) return "not installed: vsmartcard-vpcd";
  const [command, args] = privileged("unshare", "-n", "true");
  try {
    execFileSync(command, args, { env: SYSTEM_ENVIRONMENT, stdio: "ignore" });
    return undefined;
  } catch {
    return "network namespaces need root, or sudo without a password";
  }
}
