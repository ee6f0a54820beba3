/** Rules that clean up registries, each version of what they said, and when they run by themselves. */
export const cleanupRules = `
CREATE TABLE cleanup_rules (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  created TEXT NOT NULL,
  -- When they run by themselves, and how the last such run ended; JSON.
  schedule TEXT,
  last_run TEXT,
  UNIQUE (account_id, name)
) STRICT;
CREATE TABLE cleanup_versions (
  rules_id TEXT NOT NULL REFERENCES cleanup_rules (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  digest TEXT NOT NULL,
  saved TEXT NOT NULL,
  PRIMARY KEY (rules_id, version)
) STRICT, WITHOUT ROWID;
`;
