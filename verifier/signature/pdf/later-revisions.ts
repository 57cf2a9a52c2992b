import { Refusal, refuseUnless } from "../../verdict/failure.ts";
import type { LaterChange } from "../found-signature.ts";
import { revisionEnds } from "./file-revisions.ts";
import { readLaterChanges } from "./later-changes.ts";
import { otherGeneration, readDifferences } from "./object-differences.ts";
import { readGraph, type ObjectGraph } from "./object-graph.ts";
import { readPermissions } from "./permissions.ts";
import { isAccountedFor } from "./revision-octets.ts";
import type { NewestRevision, SignedRevision } from "./signed-revision.ts";

/** What stands behind the signed revisions of a file. The newest revision is read once for all of them. */
export class LaterRevisions {
  readonly #newest: NewestRevision;
  readonly #watched: ReadonlySet<number>;
  readonly #accounted = new Map<number, Promise<boolean>>();
  #graph: Promise<ObjectGraph> | undefined;

  constructor(newest: NewestRevision, signed: readonly SignedRevision[]) {
    this.#newest = newest;
    this.#watched = new Set(signed.flatMap(({ moved }) => [...moved]));
  }

  /**
   * What revisions behind this one changed. Refused: `changed-after-signing` for anything that its signers did not allow, `not-wholly-signed` for octets
   * behind the last revision.
   */
  async changesSince({ index, shape, moved }: SignedRevision): Promise<readonly LaterChange[]> {
    const { shape: after, revisions, budget } = this.#newest;
    const { file } = after.document;
    const last = revisions.at(-1);
    const ends = last ? revisionEnds(file, last) : [];
    refuseUnless(ends.includes(file.length), "not-wholly-signed", "octets stand behind the last revision");
    if (index === revisions.length - 1) return [];
    for (let later = index + 1; later < revisions.length; later++)
      refuseUnless(
        await this.#isAccountedFor(later),
        "changed-after-signing",
        `revision ${later + 1} has unnamed octets`,
      );
    this.#graph ??= readGraph(after.document, this.#watched);
    const graph = await this.#graph;
    const reached = [...moved].filter((number) => graph.reached.has(number));
    const other = otherGeneration(shape.document, after.document, reached);
    refuseUnless(other === undefined, "changed-after-signing", `object ${other ?? ""} has another generation`);
    const objects = await readDifferences(shape.document, after.document, reached, budget);
    const permissions = await readPermissions(shape);
    const changes = await readLaterChanges({ before: shape, after, objects, graph, permissions, budget });
    const first = changes.find(({ allowed }) => !allowed);
    if (first) throw new Refusal("changed-after-signing", `${first.kind}: ${first.what}`);
    return changes;
  }

  #isAccountedFor(index: number): Promise<boolean> {
    const { shape, revisions, budget } = this.#newest;
    const known = this.#accounted.get(index);
    if (known) return known;
    const [before, revision] = revisions.slice(index - 1, index + 1);
    const found =
      before && revision ? isAccountedFor(shape.document, revision, before.end, budget) : Promise.resolve(false);
    this.#accounted.set(index, found);
    return found;
  }
}
