ALTER TABLE call_details ADD COLUMN batch_id TEXT;
ALTER TABLE call_details ADD COLUMN custom_id TEXT;                     -- the request's name within its batch
ALTER TABLE call_details ADD COLUMN limit_scope INTEGER REFERENCES strings (id);  -- whose rate limits: a keyed hash
ALTER TABLE call_details ADD COLUMN is_connection_reused INTEGER;

-- A result that is read twice is one call.
CREATE UNIQUE INDEX batch_results ON call_details (batch_id, custom_id) WHERE batch_id IS NOT NULL AND custom_id IS NOT NULL;

-- One rate limit of one holder: what the responses of one host say of one model.
CREATE TABLE limit_series (
  id       INTEGER PRIMARY KEY,
  provider INTEGER NOT NULL,               -- Records/Provider
  host     INTEGER NOT NULL DEFAULT 0,     -- ids in strings; 0 where not known
  scope    INTEGER NOT NULL DEFAULT 0,
  model    INTEGER NOT NULL DEFAULT 0,
  kind     TEXT    NOT NULL,               -- input-tokens, priority-output-tokens, …
  UNIQUE (provider, host, scope, model, kind)
);

-- What was told of it, a row a minute: reports read these and not every call.
CREATE TABLE limit_points (
  series         INTEGER NOT NULL REFERENCES limit_series (id),
  minute         INTEGER NOT NULL,         -- Unix minutes, UTC
  max_value      INTEGER,                  -- the limit itself
  lowest         INTEGER,                  -- the least that was left within the minute
  remaining      INTEGER,                  -- what the minute's last response said is left
  observed_us    INTEGER NOT NULL,         -- when that response began, Unix microseconds
  resets_us      INTEGER,                  -- when it said that the limit is full again
  PRIMARY KEY (series, minute)
) WITHOUT ROWID;
