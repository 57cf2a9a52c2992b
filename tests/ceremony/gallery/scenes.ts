import { FAULT_CODES, FAULT_GROUPS, type DocumentFaultCode, type FaultCode } from "../../../shared/errors.ts";
import type { CeremonyEvent, CeremonyState } from "../../../extension/ceremony/ceremony-state.ts";
import { DAY, LOGIN, NOW, ready, RECORD, SIGN, SIGNED, signing, TOKEN, VALIDITY } from "../ceremony-events.ts";
import { walk } from "../walk.ts";
import { DOCUMENT_SCENES } from "./document-scenes.ts";

/** A prepared window: the state that its screen follows from, and whether the resident has a seal. */
export interface Scene {
  readonly state: CeremonyState;
  readonly preferences: "seal" | "later" | "none";
}

const scene = (events: readonly CeremonyEvent[], preferences: Scene["preferences"] = "seal"): Scene => ({
  state: walk(...events).state,
  preferences,
});
const card = (status: "card-none" | "reading" | "reader-none"): CeremonyEvent => ({
  type: "card",
  state: { status },
  validity: undefined,
  at: NOW,
});
const no = (code: FaultCode, attemptsRemaining?: number): CeremonyEvent => ({
  type: "refused",
  attempt: 1,
  code,
  attemptsRemaining,
});
const submit: CeremonyEvent[] = [{ type: "next" }, { type: "pin-submitted" }];
const loginDone: CeremonyEvent[] = [
  ...LOGIN,
  ready(1, 3),
  ...submit,
  { type: "challenge", attempt: 1, challenge: "" },
  { type: "authenticated", attempt: 1, token: TOKEN, validity: { ...VALIDITY, notAfter: NOW + 40 * DAY }, at: NOW },
];
const test: CeremonyEvent = { type: "host-open", test: true };
const idn: CeremonyEvent = {
  type: "record",
  record: { ...RECORD, approval: { ...RECORD.approval, origin: "https://shinsei.xn--rht148dpea.jp" } },
};
const hostile = signing(
  "請求書\u202Efdp.txt",
  "text/plain",
  new TextEncoder().encode("\uFEFF支払額 1,000円\u202E000,000,1 額払支\u202C\n口座\u200B番号 0000000\n"),
  `${"とても長い目的".repeat(40)}\nabc\u202Edef`,
);

const STEPS: Readonly<Record<string, Scene>> = {
  "first-run": scene(LOGIN, "none"),
  opening: scene([]),
  review: scene([...LOGIN, card("card-none")]),
  "review-idn": scene([idn, ...LOGIN.slice(1), ready(1, 3)]),
  pin: scene([...LOGIN, ready(1, 3), { type: "next" }]),
  "pin-no-seal": scene([...LOGIN, ready(1, 3), { type: "next" }], "later"),
  "pin-test": scene([...LOGIN, test, ready(1, 3), { type: "next" }]),
  "pin-wrong": scene([...LOGIN, ready(1, 3), ...submit, no("pin-incorrect", 2)]),
  "last-try": scene([...LOGIN, ready(1, 1), { type: "next" }]),
  working: scene([...LOGIN, ready(1, 3), ...submit]),
  "working-long": scene([...LOGIN, ready(1, 3), ...submit, { type: "working-for", attempt: 1, seconds: 15 }]),
  done: scene(loginDone),
  "sign-review": scene([...SIGN, ready(1, 5)]),
  "sign-review-test": scene([...SIGN, test, ready(1, 5)]),
  "sign-review-hostile": scene([...hostile, ready(1, 5)]),
  "sign-pin": scene([...SIGN, ready(1, 5), { type: "next" }]),
  "sign-pin-wrong": scene([...SIGN, ready(1, 5), ...submit, no("pin-incorrect", 4)]),
  "sign-last-try": scene([...SIGN, ready(1, 1), { type: "next" }]),
  "sign-working": scene([...SIGN, ready(1, 5), ...submit]),
  "sign-done": scene([...SIGN, ready(1, 5), ...submit, SIGNED]),
  "sign-blocked": scene([...SIGN, ready(1, 0)]),
};

const isDocumentFault = (code: FaultCode): code is DocumentFaultCode => code.startsWith("document-");

/** A fault as it comes: from the card's state, from an operation, or from the host. */
function faultScene(code: FaultCode): Scene {
  const before = [...LOGIN, ready(1, 3)];
  if (isDocumentFault(code)) {
    const detail = "not well-formed XML: a tag that never ends at 1:120";
    return scene([...SIGN, ready(1, 5), { type: "document-refused", index: 0, code, detail }]);
  }
  if (code === "card-none") return scene([...LOGIN, card("card-none"), { type: "next" }]);
  if (code === "card-removed") return scene([...before, { type: "next" }, card("card-none")]);
  if (code === "pin-blocked") return scene([...LOGIN, ready(1, 0)]);
  if (code === "certificate-expired") return scene([...LOGIN, ready(1, 3, { ...VALIDITY, notAfter: NOW - DAY })]);
  if (code === "certificate-not-yet-valid") {
    return scene([...LOGIN, ready(1, 3, { ...VALIDITY, notBefore: NOW + DAY })]);
  }
  if (code === "page-gone") return scene([{ type: "record", record: undefined }]);
  if (code === "reader-none") return scene([...LOGIN, card("reader-none")]);
  if (FAULT_GROUPS[code] === "setup" && code !== "pcsc-unavailable") {
    return scene([...LOGIN, { type: "host-fault", code }]);
  }
  return scene([...before, ...submit, no(code)]);
}

/** These never stop the window: the PIN field itself says them. */
const AT_THE_FIELD: readonly FaultCode[] = ["pin-incorrect", "pin-malformed"];

/** Every screen by a name of its own; stopping screens by their fault. */
export const SCENES: Readonly<Record<string, Scene>> = {
  ...STEPS,
  ...Object.fromEntries(Object.entries(DOCUMENT_SCENES).map(([name, events]) => [name, scene(events)])),
  ...Object.fromEntries(
    FAULT_CODES.filter((code) => !AT_THE_FIELD.includes(code)).map((code) => [code, faultScene(code)]),
  ),
};
