import type { CeremonyState } from "../ceremony-state.ts";
import { isChosen, signable } from "../document-steps.ts";

/** Indexes of the documents that will be signed as it stands. */
export const chosenDocuments = (state: Pick<CeremonyState, "documents">): number[] =>
  signable(state).filter((index) => isChosen(state, index));

/** The next document that is not ticked, behind the shown one and then from the beginning. */
export function nextUnticked({ documents, shown }: Pick<CeremonyState, "documents" | "shown">): number | undefined {
  const open = documents.flatMap(({ ticked }, index) => (ticked || index === shown ? [] : [index]));
  return open.find((index) => index > shown) ?? open[0];
}
