import { contentsSchema } from './schema-contents.ts';
import { familiesSchema } from './schema-families.ts';
import { askedSchema, matrixSchema } from './schema-matrix.ts';
import { outlinesSchema, pushesSchema } from './schema-outlines.ts';
import { packagesSchema } from './schema-packages.ts';

/** Of `inventory.db`, which can be thrown away: a migration more for each change, as for the other database. */
export const schema: readonly string[] = [
  `
-- Places seen so far. 'seen' is the Unix time in milliseconds of the listing they were in. Ids are never used again: those above a mark
-- are not in the index yet.
CREATE TABLE repositories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  seen INTEGER NOT NULL,
  -- Id in the database of earlier versions, as long as its tags were not taken over from there.
  former_id INTEGER,
  UNIQUE (account_id, name)
) STRICT;
CREATE INDEX repositories_former ON repositories (former_id) WHERE former_id IS NOT NULL;
CREATE TABLE tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  digest TEXT,
  seen INTEGER NOT NULL,
  UNIQUE (repository_id, name)
) STRICT;
CREATE INDEX tags_digest ON tags (digest) WHERE digest IS NOT NULL;

-- Three characters each of what search-text.ts makes of a place. Their text is not kept: it can be made again.
CREATE VIRTUAL TABLE repository_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE VIRTUAL TABLE tag_text USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');
CREATE TRIGGER repositories_text AFTER DELETE ON repositories
BEGIN DELETE FROM repository_text WHERE rowid = old.id; END;
CREATE TRIGGER tags_text AFTER DELETE ON tags
BEGIN DELETE FROM tag_text WHERE rowid = old.id; END;

-- How far work is that is done a little at a time.
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
`,
  contentsSchema,
  `
-- Mark of the process that works on the scan; null: none does. And what is asked of that process: to pause or to cancel it.
ALTER TABLE scans ADD COLUMN owner TEXT;
ALTER TABLE scans ADD COLUMN stop TEXT;
`,
  familiesSchema,
  outlinesSchema,
  `
-- Unix milliseconds when it was seen to have moved from another digest.
ALTER TABLE tags ADD COLUMN moved INTEGER;
`,
  `
-- When a product says that it was pushed there, and pulled last ('' where it never was); RFC 3339.
ALTER TABLE repository_manifests ADD COLUMN pushed TEXT;
ALTER TABLE repository_manifests ADD COLUMN pulled TEXT;
`,
  matrixSchema,
  `
-- Configs that need not be asked for: what went wrong as JSON, and when (Unix milliseconds); null where one was read and does not say what its images are for.
CREATE TABLE asked_configs (
  content_id INTEGER PRIMARY KEY REFERENCES contents (id),
  asked INTEGER NOT NULL,
  failure TEXT
) STRICT;
`,
  packagesSchema,
  pushesSchema,
  `
-- Whether a tag of a whole name is there: to find none takes the search's index longest.
CREATE INDEX tags_name ON tags (name COLLATE NOCASE);
`,
  `
-- What happened on a day.
CREATE INDEX tags_moved_at ON tags (moved) WHERE moved IS NOT NULL;
CREATE INDEX manifests_newest ON manifests (newest) WHERE newest IS NOT NULL;
CREATE INDEX repository_manifests_pushed ON repository_manifests (pushed) WHERE pushed IS NOT NULL;
`,
  askedSchema,
];
