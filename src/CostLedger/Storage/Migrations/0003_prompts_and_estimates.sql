-- All prompts as one tree: prompts that begin alike share their first nodes. A node is one block: lengths and keyed hashes only.
CREATE TABLE prompt_nodes (
  id         INTEGER PRIMARY KEY,
  chain      BLOB    NOT NULL UNIQUE,                   -- keyed hash of the prompt up to the end of this block, 16 bytes, big-endian
  parent     INTEGER REFERENCES prompt_nodes (id),      -- the block before; null for a prompt's first block, and for a hole
  refs       INTEGER NOT NULL,                          -- children, and calls whose prompt ends here
  segment    BLOB,                                      -- keyed hash of the block alone; null: a hole, of which only the chain is known
  level      INTEGER,                                   -- Records/Prompts/PromptLevel
  kind       INTEGER,                                   -- Records/Prompts/PromptKind
  role       INTEGER,                                   -- Records/Prompts/PromptRole
  message    INTEGER,
  block      INTEGER,
  bytes      INTEGER,
  text_bytes INTEGER,
  tokens     INTEGER,                                   -- of the text, as first counted, without what the provider adds
  tool       INTEGER REFERENCES strings (id)            -- the name, where it is a tool's definition
);

-- Prompts whose first message is the same.
CREATE TABLE prompt_threads (
  id  INTEGER PRIMARY KEY,
  key BLOB    NOT NULL UNIQUE                           -- keyed hash of the first message, 16 bytes, big-endian
);

CREATE TABLE call_prompts (
  id          BLOB    NOT NULL PRIMARY KEY REFERENCES calls (id),
  leaf        INTEGER NOT NULL REFERENCES prompt_nodes (id),
  depth       INTEGER NOT NULL,                         -- nodes from the root to the leaf
  thread      INTEGER REFERENCES prompt_threads (id),
  automatic   INTEGER,                                  -- Records/Prompts/PromptLifetime, where the provider places a breakpoint
  breakpoints TEXT,                                     -- 12:5m 40:1h, depth and lifetime of each
  scope       INTEGER REFERENCES strings (id),          -- whose cache: a keyed hash
  settings    INTEGER REFERENCES strings (id)           -- what decides beside the blocks which prefix can be read
) WITHOUT ROWID;

CREATE INDEX thread_calls ON call_prompts (thread) WHERE thread IS NOT NULL;

-- What was expected of calls, clustered by model: calibration reads the last rows of one, accuracy all, and nobody parses JSON.
CREATE TABLE call_estimates (
  model                INTEGER NOT NULL,                -- calls.model; 0 where not known
  id                   BLOB    NOT NULL REFERENCES calls (id),
  actual               INTEGER,                         -- the whole prompt as the provider counted it; null where it told none, or added to it
  tokenizer            INTEGER REFERENCES strings (id),
  cold                 INTEGER,                         -- input tokens by the shipped constants
  input                INTEGER,                         -- input tokens estimated, with what earlier calls taught
  input_low            INTEGER,
  input_high           INTEGER,
  tools                INTEGER,                         -- cold by source; all null where not told apart
  system               INTEGER,
  messages             INTEGER,
  tool_uses            INTEGER,
  tool_results         INTEGER,
  thinking             INTEGER,
  images               INTEGER,
  documents            INTEGER,
  overhead             INTEGER,
  expected_output      INTEGER,
  expected_output_low  INTEGER,
  expected_output_high INTEGER,
  expected_cost        INTEGER,                         -- nano-dollars
  expected_cost_low    INTEGER,
  expected_cost_high   INTEGER,
  PRIMARY KEY (model, id)
) WITHOUT ROWID;

-- Calls that read less of the prompt cache than was expected.
CREATE TABLE cache_breaks (
  id              BLOB    NOT NULL PRIMARY KEY REFERENCES calls (id),
  compared        BLOB    REFERENCES calls (id),        -- the earlier call that it was compared with
  reason          INTEGER NOT NULL REFERENCES strings (id),
  level           INTEGER,                              -- Records/Prompts/PromptLevel
  depth           INTEGER,                              -- the first node that differs, from 1
  segment         INTEGER REFERENCES strings (id),      -- its place: tools[3] "get_weather"
  byte_at         INTEGER,                              -- the first byte of it that differs, where known
  byte_count      INTEGER,
  expected_read   INTEGER,                              -- tokens
  tokens_lost     INTEGER NOT NULL,
  cost_lost       INTEGER,                              -- nano-dollars; null when unpriced
  is_provider     INTEGER NOT NULL,                     -- 1: the same bytes, in time, and yet not read
  provider_reason INTEGER REFERENCES strings (id)       -- what the provider's own diagnosis says
) WITHOUT ROWID;
