import { mutate as mutateDer, type RandomNumbers } from "../der/mutations.ts";
import { mutate as mutatePdf } from "../pdf/mutations.ts";
import { Random } from "../pdf/random.ts";
import { mutateText } from "./mutate-text.ts";
import type { SignedSeed } from "./signed-seed.ts";
import { signedSeeds } from "./signed-seeds.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What came of a run. */
export interface FuzzReport {
  /** Taken, though changed: in what is not signed, like a second certificate. */
  readonly accepted: number;
  /** How often each kind of file was tried. */
  readonly tried: Readonly<Record<string, number>>;
}

let seeds: Promise<readonly { readonly seed: SignedSeed; readonly good: string }[]> | undefined;

async function goodSeeds(): Promise<readonly { readonly seed: SignedSeed; readonly good: string }[]> {
  return Promise.all(
    (await signedSeeds()).map(async (seed) => {
      const good = await seed.verify(seed.octets);
      if (good === undefined) throw new Error(`${seed.name} is not accepted as it is`);
      return { seed, good };
    }),
  );
}

/**
 * Verifies `count` damaged and forged files. Throws, with seed and round, when anything but a verdict comes of one, and when one is
 * accepted that says something else, or of somebody else, than the file from which it was made. One in fifty is left as it is.
 */
export async function fuzzVerifier(seed: number, count: number): Promise<FuzzReport> {
  seeds ??= goodSeeds();
  const all = await seeds;
  const tried: Record<string, number> = {};
  let accepted = 0;
  for (let round = 0; round < count; round++) {
    const random = new Random(seed * 1_000_003 + round);
    const one = all[random.below(all.length)];
    const other = all[random.below(all.length)];
    if (!one || !other) continue;
    const { name, verify, octets } = one.seed;
    tried[name] = (tried[name] ?? 0) + 1;
    const changed = random.below(50) === 0 ? octets : mutated(one.seed, other.seed.octets, random);
    try {
      const found = await verify(changed);
      if (found !== undefined && !isSaid(found, one.good))
        throw new Error(`${name}: accepted, and says something else`);
      if (found !== undefined) accepted++;
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}, ${name}: ${String(error)}`, { cause: error });
    }
  }
  return { accepted, tried };
}

/** Nobody signs how many sign a file: a signature may be missing, and each that is there says what it said. */
function isSaid(found: string, good: string): boolean {
  const [lines, said] = [found.split("\n"), good.split("\n")];
  return new Set(lines).size === lines.length && lines.every((line) => said.includes(line));
}

function mutated({ kind, octets }: SignedSeed, other: Bytes, random: Random): Bytes {
  const numbers: RandomNumbers = (below) => random.below(below);
  if (kind === "der") return mutateDer(octets, other, numbers);
  return kind === "pdf" ? mutatePdf(octets, random, other) : mutateText(octets, random);
}
