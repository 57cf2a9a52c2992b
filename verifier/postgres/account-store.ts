import type { AccountStore, Binding, BindingChange } from "../person/account-store.ts";
import { milliseconds, Row, rowsOf, type Query } from "./query.ts";

const COLUMNS = [
  "certificate, account, kind, identity, addressed_identity",
  ...["not_before", "not_after", "bound_at", "replaced_at"].map(milliseconds),
].join(", ");

/**
 * An {@link AccountStore} in PostgreSQL, in the tables of `POSTGRES_SCHEMA`. Every function is one statement, so it holds with a pool as well as inside of
 * a transaction of the caller's.
 */
export function postgresAccountStore(query: Query): AccountStore {
  const select = async (where: string, ...values: string[]): Promise<Binding[]> =>
    (await rowsOf(query(`SELECT ${COLUMNS} FROM jpki_bindings WHERE ${where}`, values))).map(bindingOf);
  return {
    binding: async (certificate) => (await select("certificate = $1", certificate))[0],
    bindings: (account) => select("account = $1 ORDER BY entered", account),
    signersLike: (identity) => select("identity = $1 AND replaced_at IS NULL ORDER BY entered LIMIT 10", identity),
    async change(changes) {
      const values = [JSON.stringify(changes.map(changeRecord))];
      const [row] = await rowsOf(query("SELECT jpki_change_bindings($1::jsonb)::text AS changed", values));
      return row?.text("changed") === "true";
    },
    async remove(account) {
      await query("DELETE FROM jpki_bindings WHERE account = $1", [account]);
    },
  };
}

function bindingOf(row: Row): Binding {
  const identity = row.optionalText("identity");
  const addressedIdentity = row.optionalText("addressed_identity");
  const replacedAt = row.optionalTime("replaced_at");
  return {
    certificate: row.text("certificate"),
    account: row.text("account"),
    kind: row.text("kind") === "signing" ? "signing" : "authentication",
    notBefore: row.time("not_before"),
    notAfter: row.time("not_after"),
    boundAt: row.time("bound_at"),
    ...(identity !== undefined && { identity }),
    ...(addressedIdentity !== undefined && { addressedIdentity }),
    ...(replacedAt && { replacedAt }),
  };
}

const changeRecord = ({ account, kind, expected, next }: BindingChange): Readonly<Record<string, unknown>> => ({
  account,
  kind,
  expected,
  certificate: next?.certificate,
  not_before: next?.notBefore,
  not_after: next?.notAfter,
  identity: next?.identity,
  addressed_identity: next?.addressedIdentity,
  bound_at: next?.boundAt,
});
