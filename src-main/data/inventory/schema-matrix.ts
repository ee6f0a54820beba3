/** How tags were at the last two looks at a saved comparison: those that were not the same everywhere. */
export const matrixSchema = `
CREATE TABLE matrix_looks (
  comparison_id TEXT PRIMARY KEY,
  -- What was compared, as JSON: looks at something else say nothing of how it has changed.
  sides TEXT NOT NULL,
  -- Unix milliseconds of the last look and the one before it.
  current INTEGER NOT NULL,
  before INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE matrix_states (
  comparison_id TEXT NOT NULL,
  look INTEGER NOT NULL,
  repository TEXT NOT NULL,
  tag TEXT NOT NULL,
  -- A letter for each side after the first.
  states TEXT NOT NULL,
  PRIMARY KEY (comparison_id, look, repository, tag)
) STRICT, WITHOUT ROWID;
`;

/** What a registry that gives no list was asked for by name, and showed no tags of. */
export const askedSchema = `
CREATE TABLE asked_repositories (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Unix milliseconds.
  asked INTEGER NOT NULL,
  -- 1: it is not there; 0: that is not known, for it was refused.
  absent INTEGER NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;
`;
