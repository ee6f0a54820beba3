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
