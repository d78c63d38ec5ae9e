-- Calls that read less of the prompt cache than could have been read. Nobody has written this table before.
DROP TABLE cache_breaks;

CREATE TABLE cache_breaks (
  id          BLOB    NOT NULL PRIMARY KEY REFERENCES calls (id),
  compared    BLOB    REFERENCES calls (id),            -- the earlier call that it was compared with
  reason      INTEGER NOT NULL REFERENCES strings (id), -- ttl_expired_5m, tools_changed, ...
  is_missed   INTEGER NOT NULL,                         -- 1: nothing that the conversation had was lost; more could have been read
  level       INTEGER NOT NULL,                         -- Records/Prompts/PromptLevel
  item        INTEGER NOT NULL,                         -- the number of the tool, of the system's block or of the message
  segment     INTEGER NOT NULL REFERENCES strings (id), -- its place: tools[3] "get_weather"
  byte_at     INTEGER,                                  -- the first byte of its text that differs, where known
  byte_count  INTEGER,                                  -- the bytes of its text, where known
  available   INTEGER NOT NULL,                         -- tokens that could have been read
  tokens_lost INTEGER NOT NULL,
  cost_lost   INTEGER,                                  -- nano-dollars; null when unpriced
  idle_us     INTEGER                                   -- since what was lost was last used, where known
) WITHOUT ROWID;

-- What the provider's own diagnosis said.
CREATE TABLE cache_verdicts (
  id            BLOB    NOT NULL PRIMARY KEY REFERENCES calls (id),
  reason        INTEGER NOT NULL REFERENCES strings (id), -- as the provider names it; none: nothing differs
  tokens_missed INTEGER
) WITHOUT ROWID;

ALTER TABLE call_estimates ADD COLUMN expected_cache_read INTEGER; -- tokens
