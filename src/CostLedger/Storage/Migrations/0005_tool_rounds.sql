-- Tools' calls with their results, each once, at the call whose request brought the result.
CREATE TABLE tool_rounds (
  id            BLOB    NOT NULL REFERENCES calls (id),
  place         INTEGER NOT NULL,                       -- among the rounds of this call, from 0
  key           BLOB    NOT NULL,                       -- keyed hash of where it stands and of its id, 16 bytes, big-endian
  tool          INTEGER REFERENCES strings (id),        -- the name; null where it is none that the API would take
  is_server     INTEGER NOT NULL,                       -- 1: the provider ran it
  is_error      INTEGER NOT NULL,
  arguments     BLOB    NOT NULL,                       -- keyed hash of the arguments, whatever the order of their members
  result        BLOB    NOT NULL,                       -- keyed hash of the result
  use_tokens    INTEGER NOT NULL,                       -- of the text, as first counted
  result_tokens INTEGER NOT NULL,
  PRIMARY KEY (id, place)
) WITHOUT ROWID;

CREATE UNIQUE INDEX round_keys ON tool_rounds (key);

-- Calls in whose prompt tools are called without getting anywhere.
CREATE TABLE tool_loops (
  id       BLOB    NOT NULL PRIMARY KEY REFERENCES calls (id),
  kind     INTEGER NOT NULL,                            -- Records/Tools/ToolLoopKind
  tool     INTEGER REFERENCES strings (id),             -- the name, where one tool takes part
  rounds   INTEGER NOT NULL,
  since    INTEGER NOT NULL,                            -- the message of the prompt that brought its first result, from 0
  is_first INTEGER NOT NULL                             -- 1: no earlier request of the conversation shows it
) WITHOUT ROWID;

-- From a prompt's end to its calls: which call another one continues.
CREATE INDEX leaf_calls ON call_prompts (leaf);
