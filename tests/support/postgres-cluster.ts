import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Pool } from "pg";

/** Where Debian puts its versions; elsewhere they are in the PATH. */
const DEBIAN_VERSIONS = "/usr/lib/postgresql";

/** The folder with `initdb` and `postgres`, the newest version first. */
function programsFolder(): string | undefined {
  const versions = existsSync(DEBIAN_VERSIONS) ? readdirSync(DEBIAN_VERSIONS) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((one) => join(DEBIAN_VERSIONS, one, "bin"));
  return [...newestFirst, ...(process.env["PATH"] ?? "").split(delimiter)].find((folder) =>
    ["initdb", "postgres"].every((program) => existsSync(join(folder, program))),
  );
}

/** PostgreSQL refuses root: somebody without rights runs it then. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string, user: string): number => Number(execFileSync("id", [flag, user], { encoding: "utf8" }));
  return { uid: idOf("-u", "nobody"), gid: idOf("-g", "nobody") };
}

/** Why there is no PostgreSQL for a test, in words for a skipped one; `undefined` when there is. */
export function postgresSkipReason(): string | undefined {
  if (process.platform === "win32") return "needs a Unix socket";
  return programsFolder() === undefined ? "not installed: PostgreSQL's server (initdb, postgres)" : undefined;
}

/** A running server of its own. */
export interface PostgresCluster {
  /** Connections to it, 20 unless told. */
  pool(connections?: number): Pool;
  /** Ends connections and server, and takes its files away. */
  stop(): Promise<void>;
}

/** Starts a server in a new temporary folder, with its Unix socket alone (no port), and without the care that data for keeping needs. */
export async function startPostgres(): Promise<PostgresCluster> {
  const programs = programsFolder();
  if (programs === undefined) throw new Error(postgresSkipReason());
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), "pg-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const options = { ...user, cwd: folder, env: { LC_ALL: "C", PATH: process.env["PATH"] ?? "" } };

  const initialize = ["-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"];
  execFileSync(join(programs, "initdb"), initialize, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  const settings = [
    "listen_addresses=",
    `unix_socket_directories=${folder}`,
    "max_connections=50",
    "shared_buffers=16MB",
  ];
  const careless = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
  const flags = [...settings, ...careless].flatMap((setting) => ["-c", setting]);
  const server = spawn(join(programs, "postgres"), ["-D", data, ...flags], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const log: Buffer[] = [];
  server.stderr.on("data", (piece: Buffer) => log.push(piece));
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const killWithUs = (): boolean => server.kill("SIGQUIT");
  process.once("exit", killWithUs);

  const pools: Pool[] = [];
  const pool = (connections = 20): Pool => {
    const made = new Pool({ host: folder, user: "tests", database: "postgres", max: connections });
    pools.push(made);
    return made;
  };
  async function stop(): Promise<void> {
    await Promise.all(pools.map((one) => one.end()));
    // waits for the last connection's goodbye, which the pool does not; a client that a test kept is not waited for
    server.kill("SIGTERM");
    const impatience = globalThis.setTimeout(killWithUs, 5_000);
    await ended;
    clearTimeout(impatience);
    process.removeListener("exit", killWithUs);
    rmSync(folder, { recursive: true, force: true });
  }

  const first = pool(1);
  for (let attempt = 0; ; attempt++) {
    try {
      await first.query("SELECT 1");
      return { pool, stop };
    } catch (cause) {
      if (attempt < 300 && server.exitCode === null) {
        await setTimeout(50);
        continue;
      }
      await stop();
      throw new Error(`PostgreSQL did not start: ${Buffer.concat(log).toString()}`, { cause });
    }
  }
}
