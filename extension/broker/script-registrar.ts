import type { Approvals } from "./approvals.ts";
import { createExclusive } from "./exclusive.ts";

/** One script registered at run time. */
export interface RegisteredScript {
  readonly id: string;
  readonly matches: string[];
  readonly js: string[];
  readonly world: "MAIN" | "ISOLATED";
  readonly runAt: "document_start";
  readonly allFrames: boolean;
  readonly persistAcrossSessions: boolean;
}

/** The part of `browser.scripting` that is used. */
export interface ScriptRegistry {
  readonly registered: () => Promise<readonly { readonly id: string; readonly matches?: string[] | undefined }[]>;
  readonly register: (scripts: RegisteredScript[]) => Promise<void>;
  readonly update: (scripts: RegisteredScript[]) => Promise<void>;
  readonly unregister: () => Promise<void>;
}

const SCRIPTS = [
  { id: "page-api", js: ["page-api.js"], world: "MAIN" },
  { id: "bridge", js: ["bridge.js"], world: "ISOLATED" },
] as const;

/**
 * Keeps the registered scripts equal to the approvals that the browser's permissions cover: page API and bridge at exactly those
 * origins, in top frames, nowhere else. Where the browser refuses, nothing stays registered. Resolves when all is in step.
 */
export function createScriptRegistrar(
  approvals: Pick<Approvals, "all">,
  hasPermission: (match: string) => Promise<boolean>,
  registry: ScriptRegistry,
): () => Promise<void> {
  const exclusive = createExclusive();

  async function permittedMatches(): Promise<string[]> {
    const matches: string[] = [];
    for (const { origin } of await approvals.all()) {
      const match = `${origin}/*`;
      if (await hasPermission(match)) matches.push(match);
    }
    return [...new Set(matches)].sort();
  }

  async function sync(): Promise<void> {
    const matches = await permittedMatches();
    const registered = await registry.registered();
    if (matches.length === 0) {
      if (registered.length > 0) await registry.unregister();
      return;
    }
    const scripts = SCRIPTS.map(({ id, js, world }) => ({
      id,
      js: [...js],
      world,
      matches,
      runAt: "document_start" as const,
      allFrames: false,
      persistAcrossSessions: true,
    }));
    const known = (id: string) => registered.find((script) => script.id === id);
    if (!scripts.every(({ id }) => known(id))) {
      if (registered.length > 0) await registry.unregister();
      await registry.register(scripts);
    } else if (!scripts.every(({ id }) => same(known(id)?.matches ?? [], matches))) {
      await registry.update(scripts);
    }
  }

  return () => exclusive(() => sync().catch(() => registry.unregister().catch(() => undefined)));
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().every((match, index) => match === b[index]);
