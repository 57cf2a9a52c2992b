/** Certificates and the accounts that they belong to. */
const BINDINGS = `
CREATE TABLE IF NOT EXISTS jpki_bindings (
  certificate text PRIMARY KEY CHECK (certificate ~ '^[A-Za-z0-9_-]{43}$'),
  account text NOT NULL CHECK (length(account) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('authentication', 'signing')),
  not_before timestamptz NOT NULL,
  not_after timestamptz NOT NULL CHECK (not_after >= not_before),
  identity text,
  addressed_identity text,
  bound_at timestamptz NOT NULL,
  replaced_at timestamptz,
  entered bigint GENERATED ALWAYS AS IDENTITY,
  CHECK (kind = 'signing' OR (identity IS NULL AND addressed_identity IS NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS jpki_bindings_current ON jpki_bindings (account, kind) WHERE replaced_at IS NULL;
CREATE INDEX IF NOT EXISTS jpki_bindings_account ON jpki_bindings (account);
CREATE INDEX IF NOT EXISTS jpki_bindings_identity ON jpki_bindings (identity) WHERE replaced_at IS NULL AND identity IS NOT NULL;

CREATE OR REPLACE FUNCTION jpki_change_bindings(changes jsonb) RETURNS boolean LANGUAGE plpgsql AS $function$
DECLARE
  change record;
BEGIN
  -- always in the same order, so that no two calls wait for each other
  FOR change IN
    SELECT * FROM jsonb_to_recordset(changes) AS c (
      account text, kind text, expected text, certificate text, not_before timestamptz, not_after timestamptz,
      identity text, addressed_identity text, bound_at timestamptz
    ) ORDER BY c.kind
  LOOP
    -- waits for whoever is changing the row, and looks again
    PERFORM FROM jpki_bindings b
      WHERE b.account = change.account AND b.kind = change.kind AND b.replaced_at IS NULL
        AND (change.expected IS NULL OR b.certificate = change.expected)
      FOR UPDATE;
    IF FOUND = (change.expected IS NULL) THEN RAISE unique_violation; END IF;
    IF change.certificate = change.expected THEN RAISE unique_violation; END IF;
    CONTINUE WHEN change.certificate IS NULL;
    UPDATE jpki_bindings b SET replaced_at = change.bound_at WHERE b.certificate = change.expected;
    INSERT INTO jpki_bindings AS b
      (certificate, account, kind, not_before, not_after, identity, addressed_identity, bound_at)
      VALUES (change.certificate, change.account, change.kind, change.not_before, change.not_after,
        change.identity, change.addressed_identity, change.bound_at)
      ON CONFLICT (certificate) DO UPDATE
        SET identity = EXCLUDED.identity, addressed_identity = EXCLUDED.addressed_identity,
          bound_at = EXCLUDED.bound_at, replaced_at = NULL, entered = DEFAULT
        WHERE b.account = EXCLUDED.account AND b.kind = EXCLUDED.kind AND b.replaced_at IS NOT NULL;
    IF NOT FOUND THEN RAISE unique_violation; END IF;
  END LOOP;
  RETURN true;
EXCEPTION WHEN unique_violation THEN
  RETURN false;
END
$function$;
`;

/** Who claimed a grant. `leads`: was granted at once, and no other entry of the person can be. */
const GRANTS = `
CREATE TABLE IF NOT EXISTS jpki_grants (
  campaign text NOT NULL CHECK (length(campaign) BETWEEN 1 AND 200),
  application text NOT NULL CHECK (length(application) BETWEEN 1 AND 200),
  certificate text NOT NULL CHECK (certificate ~ '^[A-Za-z0-9_-]{43}$'),
  person text,
  leads boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('granted', 'waiting', 'refused')),
  claimed_at timestamptz NOT NULL,
  decided_at timestamptz,
  entered bigint GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (campaign, application),
  CONSTRAINT jpki_grants_certificate UNIQUE (campaign, certificate),
  CHECK (NOT leads OR (state = 'granted' AND decided_at IS NULL)),
  CHECK (leads OR (state = 'waiting') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS jpki_grants_leading ON jpki_grants (campaign, person) WHERE leads;
CREATE INDEX IF NOT EXISTS jpki_grants_person ON jpki_grants (campaign, person, entered) WHERE person IS NOT NULL;
CREATE INDEX IF NOT EXISTS jpki_grants_waiting ON jpki_grants (campaign, entered) WHERE state = 'waiting';
`;

/** Challenges that were given out. */
const CHALLENGES = `
CREATE TABLE IF NOT EXISTS jpki_challenges (
  session text PRIMARY KEY CHECK (session ~ '^[A-Za-z0-9_-]{43}$'),
  challenge text NOT NULL CHECK (length(challenge) BETWEEN 1 AND 1000),
  expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS jpki_challenges_expires ON jpki_challenges (expires);
`;

/**
 * Tables, indexes and one function (PL/pgSQL) of the stores, all named `jpki_…`, in the schema that is first in the `search_path`. PostgreSQL 12 or newer. Run
 * it once, as one text without values, by whoever owns the database; it changes nothing that is there already. What the stores promise is held
 * by its unique keys: a certificate belongs to one account and has one entry in a campaign, and a person is granted once without a clerk. The
 * site's role needs SELECT, INSERT, UPDATE and DELETE on the tables.
 */
export const POSTGRES_SCHEMA = `${BINDINGS}${GRANTS}${CHALLENGES}`;
