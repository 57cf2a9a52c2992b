import type {
  CardAccess,
  CardConnection,
  ReaderSnapshot,
  ReaderState,
} from "../../native-host/smartcard/card-access.ts";
import { scriptedConnection, type ScriptedConnection } from "../../native-host/smartcard/scripted-connection.ts";
import { SmartCardError, type SmartCardFault } from "../../native-host/smartcard/smart-card-connection.ts";

/** Readers and cards as a test tells them, each connection with its script. */
export interface ScriptedAccess extends CardAccess {
  /** Reports readers to the watch. */
  report(snapshot: ReaderSnapshot): void;
  /** What the next connections say: scripts, or the names of faults with which connecting fails. */
  next(...connections: string[]): void;
  /** What was done, in order: `connect <reader>`, `transaction <ending>`, `close <ending>`. */
  readonly log: string[];
  /** Exchanges that were scripted and not asked for. */
  remaining(): number;
}

/** A snapshot with one reader. */
export function oneReader(card: ReaderState["card"], insertion = 1, reader = "reader"): ReaderSnapshot {
  return { service: "running", readers: [{ reader, card, insertion }] };
}

/** A {@link ScriptedAccess} with nothing on it. `refusesPower`: transactions that end with the power reject although all was done. */
export function scriptedAccess({ refusesPower = false } = {}): ScriptedAccess {
  const log: string[] = [];
  const scripts: string[] = [];
  const opened: ScriptedConnection[] = [];
  let listener: ((snapshot: ReaderSnapshot) => void) | undefined;

  const connection = (script: string): CardConnection => {
    const card = scriptedConnection(script);
    opened.push(card);
    let queue: Promise<unknown> = Promise.resolve();
    return {
      transaction(work, ending = "leave") {
        const turn = queue.then(async () => {
          log.push(`transaction ${ending}`);
          const result = await work(card);
          if (ending === "unpower" && refusesPower) throw new SmartCardError("communication");
          return result;
        });
        queue = turn.catch(() => undefined);
        return turn;
      },
      close: (ending) => Promise.resolve(void log.push(`close ${ending}`)),
    };
  };

  return {
    log,
    report: (snapshot) => listener?.(snapshot),
    next: (...connections) => void scripts.push(...connections),
    remaining: () => opened.reduce((sum, card) => sum + card.remaining(), 0),
    watch(receive, signal) {
      listener = receive;
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
    },
    connect(reader) {
      log.push(`connect ${reader}`);
      const script = scripts.shift() ?? "no-card";
      return script === "" || script.includes(">")
        ? Promise.resolve(connection(script))
        : Promise.reject(new SmartCardError(script as SmartCardFault));
    },
    close: () => Promise.resolve(void log.push("close access")),
  };
}
