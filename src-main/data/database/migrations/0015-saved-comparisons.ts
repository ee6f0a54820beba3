/** Comparisons of registries that are kept by name; JSON but for their names. */
export const savedComparisons = `
CREATE TABLE saved_comparisons (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  definition TEXT NOT NULL,
  created TEXT NOT NULL,
  -- When it is looked at by itself, and how the last look ended.
  schedule TEXT,
  last_run TEXT
) STRICT;
`;
