import { execFileSync } from "node:child_process";
import { HOST_CONTROL } from "./paths.ts";

/** What the installed host is to use in place of card readers, and where it records what it says to the card. */
export interface HostOptions {
  readonly virtualCard?: string;
  readonly transcript?: string;
}

/** Installs the built host for one profile folder, with the command that people use. */
export function installHostFor(profile: string, { virtualCard, transcript }: HostOptions): void {
  const options = [
    ...(virtualCard === undefined ? [] : ["--virtual-card", virtualCard]),
    ...(transcript === undefined ? [] : ["--transcript", transcript]),
  ];
  control("install", profile, options);
}

/** Takes it away again. */
export function uninstallHostFrom(profile: string): void {
  control("uninstall", profile, []);
}

function control(command: string, profile: string, options: readonly string[]): void {
  execFileSync(process.execPath, [
    HOST_CONTROL,
    command,
    "--browser",
    "chromium",
    "--user-data-dir",
    profile,
    ...options,
  ]);
}
