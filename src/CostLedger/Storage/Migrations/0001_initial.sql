-- Tells this ledger from one that took its name after it was moved away or deleted.
CREATE TABLE ledger (
  id BLOB NOT NULL
);
INSERT INTO ledger (id) VALUES (randomblob(16));

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
  content BLOB NOT NULL               -- the price file, brotli; empty while only its version is known
);

-- One row an attempt, clustered by a key that begins with the start time: a period is a range of the key.
-- Hot columns only: reports scan this table. Null means that the provider gave no such figure.
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
  chunks          INTEGER NOT NULL DEFAULT 0,           -- reads that returned bytes
  pings           INTEGER NOT NULL DEFAULT 0,
  content_blocks  INTEGER NOT NULL DEFAULT 0,
  estimated_input INTEGER,                              -- input tokens estimated before sending
  service_tier    INTEGER REFERENCES strings (id),
  speed           INTEGER REFERENCES strings (id),
  inference_geo   INTEGER REFERENCES strings (id),
  refusal         INTEGER REFERENCES strings (id),
  written_us      INTEGER NOT NULL DEFAULT 0,           -- when the record was handed in; a replay never replaces a newer one
  extra           TEXT                                  -- JSON of everything rare: iterations, estimate, limits, marks, faults, …
) WITHOUT ROWID;

-- For people: names instead of numbers, dollars instead of nano-dollars. Programs read the tables.
CREATE VIEW calls_readable AS
SELECT
  -- The key's first 12 hexadecimal digits are Unix milliseconds.
  strftime('%Y-%m-%dT%H:%M:%fZ', (
    (instr('123456789ABCDEF', substr(hex(c.id), 1, 1)) << 44)
    + (instr('123456789ABCDEF', substr(hex(c.id), 2, 1)) << 40)
    + (instr('123456789ABCDEF', substr(hex(c.id), 3, 1)) << 36)
    + (instr('123456789ABCDEF', substr(hex(c.id), 4, 1)) << 32)
    + (instr('123456789ABCDEF', substr(hex(c.id), 5, 1)) << 28)
    + (instr('123456789ABCDEF', substr(hex(c.id), 6, 1)) << 24)
    + (instr('123456789ABCDEF', substr(hex(c.id), 7, 1)) << 20)
    + (instr('123456789ABCDEF', substr(hex(c.id), 8, 1)) << 16)
    + (instr('123456789ABCDEF', substr(hex(c.id), 9, 1)) << 12)
    + (instr('123456789ABCDEF', substr(hex(c.id), 10, 1)) << 8)
    + (instr('123456789ABCDEF', substr(hex(c.id), 11, 1)) << 4)
    + (instr('123456789ABCDEF', substr(hex(c.id), 12, 1)) << 0)) / 1000.0, 'unixepoch') AS started_at,
  CASE c.provider WHEN 1 THEN 'anthropic' WHEN 2 THEN 'bedrock' WHEN 3 THEN 'bedrock_mantle' WHEN 4 THEN 'vertex' WHEN 5 THEN 'foundry' WHEN 6 THEN 'aws_gateway' WHEN 7 THEN 'google_cloud' ELSE 'unknown' END AS provider,
  CASE c.operation WHEN 1 THEN 'messages' WHEN 2 THEN 'count_tokens' WHEN 3 THEN 'batch_create' WHEN 4 THEN 'batch_results' WHEN 5 THEN 'batch_result' WHEN 6 THEN 'converse' WHEN 7 THEN 'models' WHEN 8 THEN 'batch_other' ELSE 'unknown' END AS operation,
  model.value AS model,
  CASE c.outcome WHEN 1 THEN 'success' WHEN 2 THEN 'error' WHEN 3 THEN 'canceled' WHEN 4 THEN 'timeout' WHEN 5 THEN 'truncated' WHEN 6 THEN 'refused' WHEN 7 THEN 'interrupted' ELSE 'unknown' END AS outcome,
  c.http_status,
  error_type.value AS error_type,
  stop_reason.value AS stop_reason,
  c.attempt,
  session.value AS session,
  conversation.value AS conversation,
  tag_sets.json AS tags,
  c.input_tokens, c.cache_read_tokens, c.cache_5m_tokens, c.cache_1h_tokens, c.output_tokens, c.thinking_tokens, c.web_searches,
  CASE c.cost_basis WHEN 1 THEN 'measured' WHEN 2 THEN 'estimated' WHEN 3 THEN 'unbilled' WHEN 4 THEN 'unpriced' ELSE 'unknown' END AS cost_basis,
  (c.cost_input + c.cost_output + c.cost_cache_read + c.cost_cache_5m + c.cost_cache_1h + c.cost_server_tools) / 1e9 AS cost_usd,
  c.saved_by_cache / 1e9 AS saved_by_cache_usd,
  price_books.version AS price_version,
  c.first_content_us / 1e6 AS first_content_s,
  c.duration_us / 1e6 AS duration_s,
  d.message_id, d.request_id,
  hex(c.id) AS id
FROM calls AS c
LEFT JOIN call_details AS d ON d.id = c.id
LEFT JOIN strings AS model ON model.id = c.model
LEFT JOIN strings AS error_type ON error_type.id = c.error_type
LEFT JOIN strings AS stop_reason ON stop_reason.id = c.stop_reason
LEFT JOIN strings AS session ON session.id = c.session
LEFT JOIN strings AS conversation ON conversation.id = c.conversation
LEFT JOIN tag_sets ON tag_sets.id = c.tag_set
LEFT JOIN price_books ON price_books.id = c.price_book;
