import { join } from "node:path";
import * as v from "valibot";
import { parseFolderFile } from "./card-file.ts";
import { PERSON_IDS, type PersonId } from "./people.ts";
import { readTextFile, writeTextFile } from "./private-files.ts";
import type { PinMemory } from "./reference-data.ts";

const hexadecimal = (digits: number) => v.pipe(v.string(), v.length(digits), v.hexadecimal());
const pinRecordSchema = v.strictObject({
  salt: hexadecimal(32),
  issued: hexadecimal(64),
  current: hexadecimal(64),
  attemptsRemaining: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)),
});
/** `state.json`: for each person's card its PIN counters, and salted digests in place of PINs. */
const stateFileSchema = v.record(
  v.picklist(PERSON_IDS),
  v.strictObject({ authentication: v.optional(pinRecordSchema), signing: v.optional(pinRecordSchema) }),
);

/**
 * The part of the chip's memory that outlives its power, in `state.json`: read before every use and replaced as a whole, so that the
 * counters hold over processes. Deleting the file resets every PIN as the municipal office would.
 */
export function openPinMemory(folder: string, person: PersonId): PinMemory {
  const path = join(folder, "state.json");
  const read = (): v.InferOutput<typeof stateFileSchema> =>
    parseFolderFile(path, readTextFile(path) ?? "{}", stateFileSchema);
  return {
    read: (key) => read()[person]?.[key],
    write(key, record) {
      const state = read();
      writeTextFile(
        path,
        `${JSON.stringify({ ...state, [person]: { ...state[person], [key]: record } }, undefined, 2)}\n`,
      );
    },
  };
}
