/** Families are worked out from time to time, and shown until they are again. */
export const familiesSchema = `
-- Images that begin with the same layers, by scope: names are those of the days.
CREATE TABLE families (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- In the order in which they are shown.
  position INTEGER NOT NULL,
  -- One of the images, and how many of its layers the others have, too.
  manifest_id INTEGER NOT NULL,
  layers INTEGER NOT NULL,
  images INTEGER NOT NULL,
  repositories INTEGER NOT NULL,
  tags INTEGER NOT NULL,
  PRIMARY KEY (account_id, name, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE families_made (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Unix milliseconds, and the mark 'settled' then.
  made INTEGER NOT NULL,
  settled INTEGER NOT NULL,
  -- How many there are: the first of them are kept.
  total INTEGER NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;
`;
