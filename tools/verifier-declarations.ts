import { dirname, join, posix, relative, sep } from "node:path";
import ts from "typescript";

/** A relative module in a declaration: `from "./x.ts"`, `import("./x.ts")`. */
const RELATIVE_IMPORT = /(from\s+|import\()"(\.{1,2}\/[^"]+)\.ts"/g;
/** Any module in a declaration. */
const IMPORT = /(?:from\s+|import\(|^import\s+)"([^"]+)"/gm;

/**
 * The declarations that a program which imports `kodo-verifier` needs: `verifier/index.d.ts` and what can be reached from there, by path from the root. Imports end in
 * `.js`, as `moduleResolution: nodenext` wants it. Throws where a source does not compile, and where a declaration needs a package: the verifier's
 * users install none.
 */
export function verifierDeclarations(root: string): ReadonlyMap<string, string> {
  const configuration = join(root, "verifier/tsconfig.json");
  const parsed = ts.getParsedCommandLineOfConfigFile(
    configuration,
    { noEmit: false, emitDeclarationOnly: true, declaration: true, rootDir: root, outDir: root, removeComments: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => fail([diagnostic]) },
  );
  if (!parsed) throw new Error(`${configuration} can't be read`);
  const program = ts.createProgram([join(root, "verifier/index.ts")], parsed.options);
  const made = new Map<string, string>();
  const emitted = program.emit(undefined, (file, text) => {
    const name = relative(root, file).split(sep).join("/");
    made.set(name, text.replaceAll(RELATIVE_IMPORT, '$1"$2.js"'));
  });
  fail([...emitted.diagnostics, ...program.getSemanticDiagnostics()]);
  return reachable(made, "verifier/index.d.ts");
}

/** Of all declarations those that `start` imports, directly or not. */
function reachable(made: ReadonlyMap<string, string>, start: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = made.get(name);
    if (text === undefined) throw new Error(`there is no declaration ${name}`);
    if (found.has(name)) continue;
    found.set(name, text);
    for (const [, target = ""] of text.matchAll(IMPORT))
      if (target.startsWith(".")) open.push(posix.join(dirname(name), target.replace(/\.js$/, ".d.ts")));
      else if (!target.startsWith("node:")) throw new Error(`${name} needs the package ${target}`);
  }
  return found;
}

function fail(diagnostics: readonly ts.Diagnostic[]): void {
  if (diagnostics.length === 0) return;
  const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => "", getNewLine: () => "\n" };
  throw new Error(ts.formatDiagnostics(diagnostics, host));
}
