import { playSignedData } from "../cms/played-signed-data.ts";
import type { Case, Family } from "./case.ts";
import { ATTRIBUTE_CASES } from "./cms-attributes.ts";
import { CONTENT, makeCms } from "./cms-makers.ts";
import { byOpensslCms, byPkijs, writeSigningAuthorities, type CmsFile } from "./cms-peers.ts";
import { cmsVariants } from "./cms-variants.ts";
import { changedLeaves } from "./leaves.ts";
import { DUBIOUS, HANAKO, judgeFile } from "./people.ts";
import { openWorkshop } from "./workshop.ts";

/** Refused as they are: changing them says nothing more. */
const UNSOUND = new Set(["PSS with a long salt", "without certificates", "SHA-1", "ECDSA on P-384 with SHA-256"]);

/** CMS and CAdES of every maker, as it is, taken apart and put together otherwise, and with each leaf changed. */
export async function cms(): Promise<Family> {
  const workshop = openWorkshop();
  writeSigningAuthorities(workshop);
  const cases: Case[] = [];
  const add = (group: string, name: string, one: CmsFile, isCades: boolean): void => {
    cases.push({
      group,
      name,
      ours: () =>
        judgeFile(one.file, { ...(one.content && { content: one.content }), ...(isCades && { format: "cades" }) }),
      peers: {
        [isCades ? "openssl cms -cades" : "openssl cms"]: byOpensslCms(workshop, one, isCades),
        pkijs: byPkijs(one),
      },
    });
  };
  for (const { maker, name, file, content, cades } of await makeCms(workshop)) {
    add(maker, name, { file, content }, cades);
    if (content) add(maker, `${name}, over another content`, { file, content: Buffer.from("other") }, cades);
    if (UNSOUND.has(name)) continue;
    for (const [change, changed] of cmsVariants(file))
      add(maker, `${name}, ${change}`, { file: changed, content }, cades);
    if (name !== "cades" && name !== "cades enveloping" && name !== "detached") continue;
    for (const leaf of changedLeaves(file))
      add(`${maker}, each leaf`, leaf.name, { file: leaf.octets, content }, cades);
  }
  const play = (signer: object): CmsFile => ({
    file: playSignedData({ content: CONTENT, signers: [{ by: HANAKO, ...signer }] }),
  });
  for (const [name, signer] of Object.entries(ATTRIBUTE_CASES)) {
    add("attributes", name, play(signer), true);
    add("attributes, as CMS", name, play(signer), false);
  }
  for (const [name, by] of Object.entries(DUBIOUS)) add("signers", name, play({ by }), true);
  return { cases, skips: [], close: workshop.remove };
}
