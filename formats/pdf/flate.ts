import type { Bytes } from "../der/der.ts";
import { broken } from "./pdf-fault.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * FlateDecode (ISO 32000-1, 7.4.4). Throws the fault `document-broken` when the data is damaged or cut short, and as soon as `budget`
 * is used up; line ends behind the data are ignored, because many writers count them in.
 */
export async function inflate(data: Bytes, budget: WorkBudget): Promise<Bytes> {
  let end = data.length;
  for (let tries = 0; ; tries++) {
    const found = await inflateExactly(data.subarray(0, end), budget);
    if (found) return found;
    const last = data[end - 1];
    if (tries === 2 || (last !== 0x0a && last !== 0x0d)) throw broken("a compressed stream is damaged");
    end--;
  }
}

async function inflateExactly(data: Bytes, budget: WorkBudget): Promise<Bytes | undefined> {
  const stream = new DecompressionStream("deflate");
  const writer = stream.writable.getWriter();
  // both reject when the data is bad, and so does the reader, which is the one that is waited for
  writer.write(data).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const chunks: Bytes[] = [];
  let length = 0;
  for (;;) {
    const next = await reader.read().catch(() => undefined);
    if (!next) return undefined;
    if (next.done) break;
    length += next.value.length;
    try {
      budget.spend("inflated", next.value.length);
    } catch (fault) {
      // not waited for: Node never settles it when the stream has ended meanwhile
      reader.cancel().catch(() => undefined);
      throw fault;
    }
    chunks.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
