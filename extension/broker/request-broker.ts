import * as v from "valibot";
import {
  brokerRequestSchema,
  type BrokerAnswer,
  type BrokerReason,
  type BrokerRequest,
} from "../../shared/protocol/broker-messages.ts";
import type { Availability } from "../../shared/protocol/page-messages.ts";
import type { Approvals } from "./approvals.ts";
import { identifyCaller, isActive, isCeremonyWindow, type Sender } from "./caller.ts";
import type { CeremonyQueue } from "./ceremony-queue.ts";
import { createExclusive } from "./exclusive.ts";
import { isSupportedCeremony, isSupportedQuestion } from "./supported-requests.ts";

const refused = (reason: BrokerReason): BrokerAnswer => ({ type: "refused", reason });

/**
 * The only judge of who asks. Its checks stand in the order of docs/api.webidl: active document, supported request, approval, busy,
 * activation. A message that is none of ours gets no answer (`undefined`).
 */
export function createRequestBroker(
  extensionId: string,
  approvals: Approvals,
  queue: Pick<CeremonyQueue, "open" | "withdraw" | "finished">,
  probeHost: () => Promise<Availability>,
) {
  async function availability(request: Extract<BrokerRequest, { type: "availability" }>, sender: Sender) {
    const caller = identifyCaller(sender, extensionId);
    if (!isSupportedQuestion(request.options)) return "unsupported";
    if (!caller || !(await approvals.find(caller.origin))) return "not-allowed";
    return probeHost();
  }

  async function open(request: Extract<BrokerRequest, { type: "open" }>, sender: Sender): Promise<BrokerAnswer> {
    if (!isSupportedCeremony(request)) return refused("unsupported");
    const caller = identifyCaller(sender, extensionId);
    const approval = caller && (await approvals.find(caller.origin));
    if (!approval || (request.blind && !approval.blindSigning)) return refused("not-allowed");
    const { tabId, documentId } = caller;
    const { id, operation, activated } = request;
    const refusal = await queue.open({ id, operation, approval, tabId, documentId }, activated);
    return refusal ? refused(refusal) : { type: "accepted" };
  }

  /** A call and its withdrawal are taken in the order in which they were sent. */
  const inOrder = createExclusive();

  async function answer(request: BrokerRequest, sender: Sender): Promise<BrokerAnswer> {
    if (request.type === "withdraw") {
      // Whoever leaves may say so, whatever its document has become; the queue compares the document's id.
      if (sender.id === extensionId && sender.documentId) {
        const { documentId } = sender;
        await inOrder(() => queue.withdraw(request.id, documentId));
      }
      return { type: "withdrawn" };
    }
    if (request.type === "finished") {
      if (isCeremonyWindow(sender, extensionId)) await queue.finished(request.id);
      return { type: "noted" };
    }
    if (!isActive(sender)) return refused("not-active");
    if (request.type === "open") return inOrder(() => open(request, sender));
    return { type: "availability", availability: await availability(request, sender) };
  }

  return (message: unknown, sender: Sender): Promise<BrokerAnswer> | undefined => {
    const request = v.safeParse(brokerRequestSchema, message);
    if (!request.success) return undefined;
    return answer(request.output, sender).catch(() => refused("failed"));
  };
}
