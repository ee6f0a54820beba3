/**
 * What manifests hold, and what is worked out from it. Digests are kept once and referred to by number. What a repository has is worked
 * out in settling.ts from what is in `pending`: whatever changes tags or facts puts there what it concerns.
 */
export const contentsSchema = `
CREATE TABLE contents (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  -- Bytes; the most that was said of a blob. 0 for a manifest that was not read.
  size INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX contents_size ON contents (size);
CREATE TABLE media_types (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- Facts of a digest, wherever it lies: from the manifest itself, or as a product lists it.
CREATE TABLE manifests (
  id INTEGER PRIMARY KEY REFERENCES contents (id),
  -- Whether the manifest itself was read: then its edges are here.
  read INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  kind TEXT NOT NULL,
  created TEXT,
  platforms TEXT NOT NULL,
  artifact_type TEXT,
  attested INTEGER NOT NULL,
  subject_id INTEGER REFERENCES contents (id),
  unreadable TEXT,
  -- Of it and all below it, as a product counts.
  listed_size INTEGER,
  -- Of it and all below it, each digest once; the product's number as long as not all of it was read.
  bytes REAL NOT NULL DEFAULT 0,
  -- Manifests of it that were not read.
  unread INTEGER NOT NULL DEFAULT 1,
  -- Of it and all below it.
  newest TEXT
) STRICT;
CREATE INDEX manifests_subject ON manifests (subject_id) WHERE subject_id IS NOT NULL;
CREATE TABLE manifest_children (
  manifest_id INTEGER NOT NULL REFERENCES manifests (id),
  position INTEGER NOT NULL,
  child_id INTEGER NOT NULL REFERENCES contents (id),
  size INTEGER NOT NULL,
  media_type INTEGER NOT NULL REFERENCES media_types (id),
  platform TEXT,
  attestation INTEGER NOT NULL,
  PRIMARY KEY (manifest_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX manifest_children_child ON manifest_children (child_id, manifest_id);
CREATE TABLE manifest_blobs (
  manifest_id INTEGER NOT NULL REFERENCES manifests (id),
  position INTEGER NOT NULL,
  blob_id INTEGER NOT NULL REFERENCES contents (id),
  role INTEGER NOT NULL,
  media_type INTEGER NOT NULL REFERENCES media_types (id),
  PRIMARY KEY (manifest_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX manifest_blobs_blob ON manifest_blobs (blob_id, manifest_id);

ALTER TABLE tags ADD COLUMN manifest_id INTEGER REFERENCES contents (id);
INSERT INTO contents (digest) SELECT DISTINCT digest FROM tags WHERE digest IS NOT NULL;
UPDATE tags SET manifest_id = (SELECT id FROM contents WHERE contents.digest = tags.digest) WHERE digest IS NOT NULL;
-- Unix milliseconds when the digest was looked at: listings of names do not.
ALTER TABLE tags ADD COLUMN looked INTEGER;
UPDATE tags SET looked = seen WHERE digest IS NOT NULL;
DROP INDEX tags_digest;
ALTER TABLE tags DROP COLUMN digest;
CREATE INDEX tags_manifest ON tags (manifest_id, repository_id) WHERE manifest_id IS NOT NULL;

-- Manifests of a repository.
CREATE TABLE repository_manifests (
  repository_id INTEGER NOT NULL REFERENCES repositories (id),
  manifest_id INTEGER NOT NULL REFERENCES contents (id),
  -- Unix milliseconds when it was seen there, apart from tags on it.
  held INTEGER,
  -- It was asked for and was not there, as children of an index may be.
  missing INTEGER NOT NULL DEFAULT 0,
  -- 0: nothing there needs it; 1: a tag, an index or what it is attached to needs it, and it was not read; 2: what it holds is counted; 3: needed and missing.
  status INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (repository_id, manifest_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX repository_manifests_manifest ON repository_manifests (manifest_id, repository_id, status);
CREATE TABLE pending (
  repository_id INTEGER NOT NULL, manifest_id INTEGER NOT NULL, PRIMARY KEY (repository_id, manifest_id)
) STRICT, WITHOUT ROWID;
-- Manifests whose bytes are to be summed up again.
CREATE TABLE pending_sums (manifest_id INTEGER PRIMARY KEY) STRICT;
-- Repositories and, their names ending with a slash, namespaces whose totals of the day are to be noted; the registry's name is empty.
CREATE TABLE pending_days (account_id TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (account_id, name)) STRICT, WITHOUT ROWID;

-- What a repository holds: the manifests with status 2 and their blobs, and of how many of these manifests each is.
CREATE TABLE repository_contents (
  repository_id INTEGER NOT NULL REFERENCES repositories (id),
  content_id INTEGER NOT NULL REFERENCES contents (id),
  manifests INTEGER NOT NULL,
  PRIMARY KEY (repository_id, content_id)
) STRICT, WITHOUT ROWID;
-- A registry (its name is empty) and the namespaces in it, each in the one that is named before its last slash.
CREATE TABLE namespaces (
  id INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES namespaces (id),
  contents INTEGER NOT NULL DEFAULT 0,
  unique_bytes REAL NOT NULL DEFAULT 0,
  -- Held by repositories of it only.
  exclusive_bytes REAL NOT NULL DEFAULT 0,
  -- Held by one repository of the registry, which is in it.
  single_bytes REAL NOT NULL DEFAULT 0,
  UNIQUE (account_id, name)
) STRICT;
CREATE INDEX namespaces_parent ON namespaces (parent_id);
-- What the repositories of a namespace hold. 'members' of it, repositories or namespaces, hold the content; 'member' is the sum of
-- their marks (twice the id, and one more for a namespace): where it is one, that one.
CREATE TABLE namespace_contents (
  namespace_id INTEGER NOT NULL REFERENCES namespaces (id),
  content_id INTEGER NOT NULL REFERENCES contents (id),
  repositories INTEGER NOT NULL,
  members INTEGER NOT NULL,
  member INTEGER NOT NULL,
  PRIMARY KEY (namespace_id, content_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX namespace_contents_shared ON namespace_contents (namespace_id, content_id) WHERE repositories > 1;

ALTER TABLE repositories ADD COLUMN namespace_id INTEGER REFERENCES namespaces (id);
-- Unix milliseconds of the last whole scan.
ALTER TABLE repositories ADD COLUMN scanned INTEGER;
ALTER TABLE repositories ADD COLUMN tags INTEGER NOT NULL DEFAULT 0;
-- Tags whose digest is not known.
ALTER TABLE repositories ADD COLUMN undigested INTEGER NOT NULL DEFAULT 0;
-- Manifests with status 1 or 2, and those with status 1.
ALTER TABLE repositories ADD COLUMN manifests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
-- The sum of its tags' bytes, and of how many tags not all was read.
ALTER TABLE repositories ADD COLUMN referenced_bytes REAL NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN contents INTEGER NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN unique_bytes REAL NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN exclusive_bytes REAL NOT NULL DEFAULT 0;
CREATE INDEX repositories_namespace ON repositories (namespace_id);

UPDATE repositories SET tags = (SELECT count(*) FROM tags WHERE repository_id = repositories.id);
UPDATE repositories SET estimated = tags,
  undigested = (SELECT count(*) FROM tags WHERE repository_id = repositories.id AND manifest_id IS NULL);
INSERT INTO pending SELECT DISTINCT repository_id, manifest_id FROM tags WHERE manifest_id IS NOT NULL;

-- ON CONFLICT, for OR IGNORE counts for nothing where the statement that fires them has a conflict of its own.
CREATE TRIGGER tags_added AFTER INSERT ON tags BEGIN
  UPDATE repositories SET tags = tags + 1, undigested = undigested + (new.manifest_id IS NULL),
    referenced_bytes = referenced_bytes + coalesce((SELECT bytes FROM manifests WHERE id = new.manifest_id), 0),
    estimated = estimated + coalesce((SELECT unread > 0 FROM manifests WHERE id = new.manifest_id), 1)
  WHERE id = new.repository_id;
  INSERT INTO pending SELECT new.repository_id, new.manifest_id WHERE new.manifest_id IS NOT NULL ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tags_moved AFTER UPDATE OF manifest_id ON tags WHEN old.manifest_id IS NOT new.manifest_id BEGIN
  UPDATE repositories SET undigested = undigested + (new.manifest_id IS NULL) - (old.manifest_id IS NULL),
    referenced_bytes = referenced_bytes + coalesce((SELECT bytes FROM manifests WHERE id = new.manifest_id), 0)
      - coalesce((SELECT bytes FROM manifests WHERE id = old.manifest_id), 0),
    estimated = estimated + coalesce((SELECT unread > 0 FROM manifests WHERE id = new.manifest_id), 1)
      - coalesce((SELECT unread > 0 FROM manifests WHERE id = old.manifest_id), 1)
  WHERE id = new.repository_id;
  INSERT INTO pending SELECT new.repository_id, new.manifest_id WHERE new.manifest_id IS NOT NULL ON CONFLICT DO NOTHING;
  INSERT INTO pending SELECT old.repository_id, old.manifest_id WHERE old.manifest_id IS NOT NULL ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tags_removed AFTER DELETE ON tags BEGIN
  UPDATE repositories SET tags = tags - 1, undigested = undigested - (old.manifest_id IS NULL),
    referenced_bytes = referenced_bytes - coalesce((SELECT bytes FROM manifests WHERE id = old.manifest_id), 0),
    estimated = estimated - coalesce((SELECT unread > 0 FROM manifests WHERE id = old.manifest_id), 1)
  WHERE id = old.repository_id;
  INSERT INTO pending SELECT old.repository_id, old.manifest_id WHERE old.manifest_id IS NOT NULL ON CONFLICT DO NOTHING;
END;

-- Totals at the end of each day (of UTC, since 1970) on which they changed, of repositories and, their names ending with a slash, of
-- namespaces; the registry's name is empty.
CREATE TABLE days (
  account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  day INTEGER NOT NULL,
  tags INTEGER NOT NULL,
  referenced_bytes REAL NOT NULL,
  unique_bytes REAL NOT NULL,
  PRIMARY KEY (account_id, name, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE scans (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  -- JSON of whoever scans.
  scan TEXT NOT NULL,
  -- Whether it is to be gone on with.
  open INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX scans_account ON scans (account_id);
-- What a scan is still to look at.
CREATE TABLE scan_repositories (
  scan_id TEXT NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
  repository TEXT NOT NULL,
  PRIMARY KEY (scan_id, repository)
) STRICT, WITHOUT ROWID;
`;
