/**
 * The first thing that `npm start` and `npm test` run, in plain JavaScript for whatever Node (20 or newer) is there: installs what is missing, says
 * so, builds what is older than its sources, and hands over to the task's own file under the toolchain's own Node.
 *
 * Usage: `node tools/setup.mjs start|test|bench|conformance|differential|fuzz|screenshots [arguments]`; with `--only-install` before it, nothing is built or run.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const words = process.argv.slice(2);
const onlyInstall = words[0] === "--only-install";
const [task = "", ...rest] = onlyInstall ? words.slice(1) : words;
const TASKS = {
  start: "tools/start.ts",
  test: "tools/test.ts",
  bench: "tests/bench/bench.ts",
  conformance: "tools/conformance.ts",
  differential: "tools/differential.ts",
  fuzz: "tools/fuzz.ts",
  screenshots: "tools/screenshots.ts",
};
/** Tasks that need what another one needs. */
const PACKAGES_OF = { bench: "test", conformance: "start", differential: "test", fuzz: "test", screenshots: "start" };
const BUILDS = ["start", "test", "bench"];
if (!Object.hasOwn(TASKS, task))
  stop(`usage: node tools/setup.mjs [--only-install] ${Object.keys(TASKS).join("|")} [arguments]`, 2);

/** Debian packages: what shows that one is there, and what it is for. The virtual reader listens on all interfaces, so only tests get it. */
const DEBIAN = [
  {
    name: "chromium",
    there: ["/usr/bin/chromium", "/usr/bin/google-chrome"],
    tasks: ["start", "test"],
    why: "the browser",
  },
  { name: "openssl", there: ["/usr/bin/openssl"], tasks: ["start", "test"], why: "verifies CMS and timestamps" },
  { name: "xmlsec1", there: ["/usr/bin/xmlsec1"], tasks: ["start", "test"], why: "verifies XML signatures" },
  { name: "poppler-utils", there: ["/usr/bin/pdfsig"], tasks: ["start", "test"], why: "verifies PDF signatures" },
  { name: "qpdf", there: ["/usr/bin/qpdf"], tasks: ["start", "test"], why: "checks signed PDF files" },
  { name: "libxml2-utils", there: ["/usr/bin/xmllint"], tasks: ["test"], why: "a second opinion on canonical XML" },
  {
    name: "postgresql",
    there: [13, 14, 15, 16, 17, 18].map((version) => `/usr/lib/postgresql/${version}/bin/postgres`),
    tasks: ["test"],
    why: "the database that a site keeps accounts in",
  },
  { name: "poppler-data", there: ["/usr/share/poppler/cMap"], tasks: ["test"], why: "Japanese text in PDF files" },
  {
    name: "firefox-esr",
    there: ["/usr/bin/firefox", "/usr/bin/firefox-esr"],
    tasks: ["test"],
    why: "the other browser",
  },
  {
    name: "fonts-noto-cjk",
    there: ["/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"],
    tasks: ["start", "test"],
    why: "Japanese letters",
  },
  { name: "libpcsclite1", there: lib("libpcsclite.so.1"), tasks: ["start", "test"], why: "card readers" },
  { name: "pcscd", there: ["/usr/sbin/pcscd"], tasks: ["test"], why: "the card service" },
  {
    name: "vsmartcard-vpcd",
    there: ["/usr/lib/pcsc/drivers/serial/libifdvpcd.so"],
    tasks: ["test"],
    why: "the virtual reader",
  },
  { name: "opensc", there: ["/usr/bin/pkcs11-tool"], tasks: ["test"], why: "an independent card client" },
  {
    name: "iproute2",
    there: ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"],
    tasks: ["test"],
    why: "a network namespace for the virtual reader",
  },
  {
    name: "util-linux",
    there: ["/usr/bin/unshare"],
    tasks: ["test"],
    why: "a network namespace for the virtual reader",
  },
];

if (Number(process.versions.node.split(".")[0]) < 20)
  stop(`Node 20 or newer is needed; this is ${process.version}.`, 1);
installDebianPackages();
installNpmPackages();
if (onlyInstall) process.exit(0);
if (BUILDS.includes(task)) build();

const bin = join(root, "node_modules", ".bin");
const environment = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ""}` };
const done = run(join(bin, "node"), [TASKS[task], ...rest], environment);
process.exit(done.status ?? 1);

/** Prints and ends. */
function stop(text, code) {
  console.error(text);
  process.exit(code);
}

/** @returns {import("node:child_process").SpawnSyncReturns<Buffer>} */
function run(command, args, env = process.env) {
  return spawnSync(command, args, { cwd: root, stdio: "inherit", env });
}

/** Where Debian puts a library, by architecture. */
function lib(name) {
  return ["x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf"].map(
    (triplet) => `/usr/lib/${triplet}/${name}`,
  );
}

function installDebianPackages() {
  const wanted = PACKAGES_OF[task] ?? task;
  const missing = DEBIAN.filter(
    ({ tasks, there }) => tasks.includes(wanted) && !there.some((path) => existsSync(path)),
  );
  if (missing.length === 0) return;
  const list = missing.map((entry) => `  ${entry.name.padEnd(18)} ${entry.why}`).join("\n");
  if (!existsSync("/usr/bin/apt-get"))
    stop(`Please install these first (Debian's names), then run this again:\n${list}`, 1);
  const sudo = process.getuid?.() === 0 ? [] : ["sudo"];
  console.log(`Installing Debian packages${sudo.length === 0 ? "" : " with sudo"}:\n${list}`);
  const apt = (...args) => {
    const [command = "", ...all] = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y", ...args];
    return spawnSync(command, all, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  };
  const names = missing.map((entry) => entry.name);
  const install = () => apt("install", "--no-install-recommends", ...names);
  // a fresh machine has no package lists yet, an old one has stale ones: refresh only when the first try fails
  if (!install() && !(apt("update") && install())) stop(`apt-get could not install: ${names.join(" ")}`, 1);
}

function installNpmPackages() {
  const marker = join(root, "node_modules", ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (
    existsSync(marker) &&
    statSync(marker).mtimeMs >= statSync(lock).mtimeMs &&
    existsSync(join(root, "node_modules/.bin/node"))
  )
    return;
  console.log("Installing npm packages (about half a minute)");
  const result = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (result.status !== 0) stop("npm ci failed", 1);
}

/** Builds extension (managed build for Chromium) and host when a source is newer than the last build. */
function build() {
  const marker = join(root, "out", ".built");
  const sources = [
    "extension",
    "native-host",
    "shared",
    "wxt.config.ts",
    "package-lock.json",
    "tools/build-host.ts",
    "tools/pdf-frame.ts",
  ];
  if (existsSync(marker) && newest(sources) <= statSync(marker).mtimeMs) return;
  console.log("Building the extension and the host");
  const env = { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH ?? ""}` };
  for (const [command, ...args] of [
    ["wxt", "build", "-b", "chrome", "--mode", "managed", "--level", "error"],
    ["node", "tools/build-host.ts"],
  ]) {
    const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"], env });
    if (result.status !== 0) stop(`${command} ${args.join(" ")} failed`, 1);
  }
  mkdirSync(dirname(marker), { recursive: true });
  writeFileSync(marker, `${relative(root, marker)}\n`);
}

/** The time of the newest file below the given places, in milliseconds. */
function newest(places) {
  return Math.max(
    0,
    ...places.map((place) => {
      const path = join(root, place);
      if (!existsSync(path)) return 0;
      const stat = statSync(path);
      return stat.isDirectory() ? newest(readdirSync(path).map((name) => join(place, name))) : stat.mtimeMs;
    }),
  );
}
