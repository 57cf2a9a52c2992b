import { createHash } from "node:crypto";
import type { Coverage } from "../../../verifier/signature/found-signature.ts";
import { verifySignature, type SignatureOptions } from "../../../verifier/signature/verify-signature.ts";
import { JUDGING, STAMPED_AT } from "./fuzz-people.ts";
import type { Bytes } from "./signed-seed.ts";

/**
 * Verifies a file with these options: `undefined` when it is refused, else what it says and who says it. A timestamp may be missing or not count, because nobody
 * signs that it is there; one that counts says the one time. A line for each signature.
 */
export const accepted =
  (options: Partial<SignatureOptions>) =>
  async (octets: Bytes): Promise<string | undefined> => {
    const { signatures, verdict } = await verifySignature(octets, { ...JUDGING, ...options });
    if (verdict === "refused") return undefined;
    return signatures
      .map((one) => {
        if (one.verdict === "refused") return "refused";
        const time = one.timestamp && one.timestamp.time.getTime() !== STAMPED_AT ? " at another time" : "";
        return print(octets, one.coverage, { ...one.signer, is: one.certificate.sha256 }) + time;
      })
      .toSorted()
      .join("\n");
  };

function print(file: Bytes, coverage: Coverage, holder: object): string {
  const hash = createHash("sha256").update(JSON.stringify(holder));
  switch (coverage.kind) {
    case "content":
      hash.update(coverage.octets ?? "");
      break;
    case "parts":
      for (const { uri, octets } of coverage.parts) hash.update(`${uri} ${octets.length} `).update(octets);
      break;
    case "revision":
      // the value itself is in the gap, and what nobody signs in it may change
      hash.update(
        Buffer.from(file.subarray(0, coverage.octets))
          .toString("latin1")
          .replaceAll(/<[0-9A-Fa-f]{2000,}>/g, "<>"),
      );
  }
  return hash.digest("hex");
}
