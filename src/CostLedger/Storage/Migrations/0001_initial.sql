-- One row an attempt, clustered by a key that begins with the start time: a period is a range of the key.
-- Hot columns only: reports scan this table. Null means that the provider gave no such figure.

CREATE TABLE strings (
  id    INTEGER PRIMARY KEY,
  value TEXT NOT NULL UNIQUE
);

CREATE TABLE tag_sets (
  id   INTEGER PRIMARY KEY,
  json TEXT NOT NULL UNIQUE           -- an object; keys in ordinal order
);

CREATE TABLE price_books (
  id      INTEGER PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,
  content BLOB NOT NULL               -- the price file, brotli
);

CREATE TABLE calls (
  id                    BLOB    NOT NULL PRIMARY KEY,   -- CallId: 48 bits ms, 10 bits us, 70 bits random; big-endian
  attempt               INTEGER NOT NULL,
  provider              INTEGER NOT NULL,               -- Records/Provider
  operation             INTEGER NOT NULL,               -- Records/Operation
  outcome               INTEGER NOT NULL,               -- Records/CallOutcome
  http_status           INTEGER,
  model                 INTEGER REFERENCES strings (id),  -- served, else requested
  session               INTEGER REFERENCES strings (id),
  conversation          INTEGER REFERENCES strings (id),
  tag_set               INTEGER REFERENCES tag_sets (id),
  stop_reason           INTEGER REFERENCES strings (id),
  error_type            INTEGER REFERENCES strings (id),
  input_tokens          INTEGER,
  output_tokens         INTEGER,
  thinking_tokens       INTEGER,
  cache_read_tokens     INTEGER,
  cache_creation_tokens INTEGER,                        -- all lifetimes
  cache_5m_tokens       INTEGER,
  cache_1h_tokens       INTEGER,
  web_searches          INTEGER,
  estimated_output      INTEGER,                        -- output tokens where the provider told none
  cost_basis            INTEGER NOT NULL,               -- Records/CostBasis
  cost_input            INTEGER,                        -- nano-dollars; all six null when unpriced
  cost_output           INTEGER,
  cost_cache_read       INTEGER,
  cost_cache_5m         INTEGER,
  cost_cache_1h         INTEGER,
  cost_server_tools     INTEGER,
  saved_by_cache        INTEGER,
  price_book            INTEGER REFERENCES price_books (id),
  first_content_us      INTEGER,
  duration_us           INTEGER NOT NULL
) WITHOUT ROWID;

-- What only one call's page needs.
CREATE TABLE call_details (
  id              BLOB NOT NULL PRIMARY KEY REFERENCES calls (id),
  first_attempt   BLOB,
  message_id      TEXT,
  request_id      TEXT,
  model_requested INTEGER REFERENCES strings (id),
  model_served    INTEGER REFERENCES strings (id),
  host            INTEGER REFERENCES strings (id),
  location        INTEGER REFERENCES strings (id),
  is_stream       INTEGER NOT NULL,
  stream_end      INTEGER,                              -- Records/StreamEnd
  turn            INTEGER,
  cost_low        INTEGER,
  cost_high       INTEGER,
  headers_us      INTEGER,
  first_event_us  INTEGER,
  longest_gap_us  INTEGER,
  request_bytes   INTEGER,
  response_bytes  INTEGER NOT NULL,
  events          INTEGER NOT NULL,
  service_tier    INTEGER REFERENCES strings (id),
  speed           INTEGER REFERENCES strings (id),
  inference_geo   INTEGER REFERENCES strings (id),
  refusal         INTEGER REFERENCES strings (id),
  extra           TEXT                                  -- JSON of everything rare: iterations, estimate, limits, marks, faults, …
) WITHOUT ROWID;
