/** The first schema. Never edited once released: later changes are later migrations. */
export const initial = `
-- Manifests and configs by digest: immutable, so never stale. 'used' (Unix seconds, by the day) orders eviction.
-- 'kind' keeps a blob from being taken for a manifest (CVE-2021-41190).
CREATE TABLE content (
  kind TEXT NOT NULL CHECK (kind IN ('manifest', 'blob')),
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  size INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (kind, digest)
) STRICT;
CREATE INDEX content_used ON content (used);

-- Places seen so far, for the command palette. 'seen' is the Unix time in milliseconds of the listing they stood in.
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  seen INTEGER NOT NULL,
  UNIQUE (account_id, name)
) STRICT;
CREATE TABLE tags (
  repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  digest TEXT,
  seen INTEGER NOT NULL,
  PRIMARY KEY (repository_id, name)
) STRICT, WITHOUT ROWID;

-- Everything that changes a registry. 'started' is unique: it is the cursor of the history.
CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  subject TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled', 'interrupted')),
  started TEXT NOT NULL UNIQUE,
  ended TEXT,
  progress TEXT NOT NULL,
  failure TEXT,
  dismissed INTEGER NOT NULL DEFAULT 0,
  -- The operation this one takes back.
  undoes TEXT REFERENCES operations (id),
  -- The process that runs it, so that another one can tell whether it still lives.
  owner TEXT NOT NULL
) STRICT;
CREATE INDEX operations_unfinished ON operations (status) WHERE status IN ('queued', 'running');
CREATE INDEX operations_undoes ON operations (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE steps (
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  step TEXT NOT NULL,
  begun TEXT,
  done TEXT,
  result TEXT,
  PRIMARY KEY (operation_id, number)
) STRICT, WITHOUT ROWID;

-- Manifests as they were before a deletion, children before parents.
CREATE TABLE trash (
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  tags TEXT NOT NULL,
  PRIMARY KEY (operation_id, digest)
) STRICT;

-- Who did what when, with what result. Rows are only ever added.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  host TEXT NOT NULL,
  operation_id TEXT NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit record is not deleted'); END;
CREATE TRIGGER audit_keeps_words BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit record is not changed'); END;
`;
