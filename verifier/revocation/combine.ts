import { unknown, type RevocationSource, type RevocationStatus } from "./revocation-source.ts";

/**
 * One source of several, asked in their order: the first that knows (`good` or `revoked`) decides, and the others are not asked. Put the one first whose word
 * weighs more: OCSP before lists is newer, lists before OCSP is quicker and tells nobody who signed. When none knows, it is `unknown` for the first one's
 * reason. A source that throws does not know. Throws `TypeError` for no source.
 */
export function combine(sources: readonly RevocationSource[]): RevocationSource {
  if (sources.length === 0) throw new TypeError("sources: give at least one");
  return {
    async status(certificate, times) {
      const reasons: Extract<RevocationStatus, { status: "unknown" }>[] = [];
      for (const source of sources) {
        const answer = await ask(source, certificate, times);
        if (answer.status !== "unknown") return answer;
        reasons.push(answer);
      }
      return unknown(reasons[0]?.why ?? "no-answer", reasons.map(({ why, detail }) => `${why}: ${detail}`).join("; "));
    },
  };
}

async function ask(
  source: RevocationSource,
  ...[certificate, times]: Parameters<RevocationSource["status"]>
): Promise<RevocationStatus> {
  try {
    return await source.status(certificate, times);
  } catch (thrown) {
    return unknown("no-answer", thrown instanceof Error ? thrown.name : "the source failed");
  }
}
