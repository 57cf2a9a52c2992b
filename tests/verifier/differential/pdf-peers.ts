import { readElement } from "../../../formats/der/der.ts";
import { answer, type Answer } from "./case.ts";
import { byOpensslCms } from "./cms-peers.ts";
import type { Workshop } from "./workshop.ts";

/**
 * `pdfsig -nocert`, without a chain: NSS wants a database and knows no critical policies as JPKI's certificates have them. Every signature is valid, and the last
 * one covers the whole file.
 */
export async function byPdfsig(workshop: Workshop, file: Uint8Array): Promise<Answer> {
  const { output } = await workshop.run("pdfsig", "-nocert", workshop.put(file, "pdf"));
  const all = output.split(/^Signature #/m).filter((one) => /^\d/.test(one) && !one.includes("is not signed"));
  const areValid = all.length > 0 && all.every((one) => one.includes("Signature is Valid"));
  return answer(
    areValid && all.some((one) => one.includes("Total document signed")),
    output.split("\n").slice(1).join(" "),
  );
}

/**
 * What a site does that cuts signatures out by /ByteRange and asks `openssl cms -verify`, with the chain: every signature holds, and the last ends where the file
 * does.
 */
export async function byCutSignatures(workshop: Workshop, file: Uint8Array): Promise<Answer> {
  const text = Buffer.from(file).toString("latin1");
  let end = 0;
  for (const match of text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)) {
    const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
    const hole = /^<([0-9A-Fa-f]*)>$/.exec(text.slice(a + b, c))?.[1];
    if (hole === undefined) return answer(false, "no value in the hole");
    try {
      const cms = Uint8Array.from(readElement(Buffer.from(hole, "hex")).encoding);
      const content = Buffer.concat([file.subarray(a, a + b), file.subarray(c, c + d)]);
      const said = await byOpensslCms(workshop, { file: cms, content }, false)();
      if (said.opinion === "refused") return said;
    } catch (thrown) {
      return answer(false, String(thrown));
    }
    end = Math.max(end, c + d);
  }
  return answer(end === file.length, end === 0 ? "no signature" : `signed up to ${end} of ${file.length}`);
}
