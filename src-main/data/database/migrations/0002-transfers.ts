/** Transfers of many tags that can be paused and outlive a crash. */
export const transfers = `
-- Set where a user stopped an operation to go on with it later; its status is 'interrupted'.
ALTER TABLE operations ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
-- Why a step failed, as JSON; the operation may have gone on with others.
ALTER TABLE steps ADD COLUMN failure TEXT;

-- What a transfer has brought into which repository: not looked for again when it goes on.
CREATE TABLE parts (
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  repository TEXT NOT NULL,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'mounted')),
  PRIMARY KEY (operation_id, repository, digest)
) STRICT, WITHOUT ROWID;

-- Uploads under way, by what is uploaded where: whoever sends the same blob later goes on with them. The location is on the
-- registry's own origin and of use to nobody without its credentials. 'started' is the Unix time in seconds.
CREATE TABLE uploads (
  origin TEXT NOT NULL,
  repository TEXT NOT NULL,
  digest TEXT NOT NULL,
  location TEXT NOT NULL,
  owner TEXT NOT NULL,
  started INTEGER NOT NULL,
  PRIMARY KEY (origin, repository, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_transfers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  created TEXT NOT NULL,
  last_operation_id TEXT REFERENCES operations (id) ON DELETE SET NULL
) STRICT;
`;
