import { openPcscCardAccess } from "../pcsc/pcsc-card-access.ts";
import type { CardAccess } from "../smartcard/card-access.ts";
import { openEmbeddedCardAccess } from "../virtual-card/embedded-card-access.ts";
import { examineCards } from "./examine-cards.ts";
import { examineInstallation } from "./examine-installation.ts";
import type { InstallationParts } from "./examine-installation.ts";
import { finding } from "./finding.ts";
import type { Finding } from "./finding.ts";

/**
 * Looks at everything between browser and card, in the order of the road. Changes nothing, asks for no PIN, spends no try. The card
 * side is the one that the installed host would use.
 */
export async function examineRoad(parts: InstallationParts): Promise<Finding[]> {
  const { findings, plan } = examineInstallation(parts);
  const folder = plan === undefined ? undefined : virtualCardOf(plan.arguments);
  if (folder !== undefined) findings.push(finding("virtual-card", folder));
  const access: CardAccess = await (folder === undefined ? openPcscCardAccess() : openEmbeddedCardAccess(folder));
  try {
    return [...findings, ...(await examineCards(access))];
  } finally {
    await access.close();
  }
}

function virtualCardOf(hostArguments: readonly string[]): string | undefined {
  const at = hostArguments.indexOf("--virtual-card");
  return at < 0 ? undefined : hostArguments[at + 1];
}
