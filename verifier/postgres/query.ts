/** A value that goes beside a query, never into its text. */
export type QueryValue = string | number | boolean | null;

/**
 * How the stores ask PostgreSQL (12 or newer): `(text, values) => pool.query(text, values)` with `pg`, or the same with one client of it: then all that a store
 * does is part of that client's transaction, with READ COMMITTED or stricter (a stricter one may end in a serialization failure, to be repeated as a whole).
 * Placeholders are `$1`, `$2`….
 */
export type Query = (text: string, values: QueryValue[]) => Promise<{ readonly rows: readonly unknown[] }>;

/** One row, by the names of its columns. Every store selects texts only, times by {@link milliseconds}: no driver's own types are met. */
export class Row {
  readonly #columns: Readonly<Record<string, unknown>>;

  constructor(row: unknown) {
    if (typeof row !== "object" || row === null) throw new Error("a row is no object");
    this.#columns = row as Readonly<Record<string, unknown>>;
  }

  /** A text; throws where there is none. */
  text(column: string): string {
    const value = this.optionalText(column);
    if (value === undefined) throw new Error(`column ${column} is empty`);
    return value;
  }

  /** A text, or `undefined` for NULL. */
  optionalText(column: string): string | undefined {
    const value = this.#columns[column];
    if (value === null) return undefined;
    if (typeof value !== "string") throw new Error(`column ${column} is no text`);
    return value;
  }

  /** A time that was selected by {@link milliseconds}. */
  time(column: string): Date {
    return new Date(Number(this.text(column)));
  }

  /** As {@link Row.time}, or `undefined` for NULL. */
  optionalTime(column: string): Date | undefined {
    const value = this.optionalText(column);
    return value === undefined ? undefined : new Date(Number(value));
  }
}

/** The rows of a query. */
export const rowsOf = async (answer: ReturnType<Query>): Promise<Row[]> =>
  (await answer).rows.map((row) => new Row(row));

/** SQL that selects a `timestamptz` column as milliseconds since 1970, in text. */
export const milliseconds = (column: string): string =>
  `round(extract(epoch from ${column}) * 1000)::text AS ${column}`;
