import { expect, it, vi } from "vitest";
import type { BridgeToCeremony } from "../../shared/protocol/ceremony-messages.ts";
import { sendDocuments } from "./document-pieces.ts";

it.each([
  ["nothing", 0],
  ["less", 3],
])("a file that gives %s where its size says more is unreadable, and nothing follows it", async (_, octets) => {
  const posted: BridgeToCeremony[] = [];
  const slice = { size: 18, arrayBuffer: () => Promise.resolve(new ArrayBuffer(octets)) } as Blob;
  const changed = Object.assign(new Blob(["x".repeat(18)]), { slice: () => slice });
  sendDocuments([new Blob(["ab"]), changed, new Blob(["cd"])], (message) => posted.push(message));
  await vi.waitFor(() => expect(posted.at(-1)).toEqual({ type: "unreadable", document: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(posted.map(({ type }) => type)).toEqual(["piece", "unreadable"]);
});
